package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.AppliesTo;
import dev.bylaw.cedar.schema.SchemaDeclarations.AttributeDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.CommonType;
import dev.bylaw.cedar.schema.SchemaDeclarations.EntityDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameKind;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.Namespace;
import dev.bylaw.cedar.schema.SchemaDeclarations.TypeExpr;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the JSON form of schemas. */
public final class SchemaJsonReader {
  private static final Set<String> NAMESPACE =
      Set.of("commonTypes", "entityTypes", "actions", "annotations");
  private static final Set<String> ENTITY =
      Set.of("memberOfTypes", "shape", "tags", "enum", "external", "annotations");
  private static final Set<String> ACTION =
      Set.of("memberOf", "appliesTo", "attributes", "external", "annotations");
  private static final Set<String> APPLIES_TO =
      Set.of("principalTypes", "resourceTypes", "context");

  private final Source source;
  private final Diagnostics diagnostics;

  private SchemaJsonReader(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  /** The declarations of a text; those with mistakes are left out. */
  public static SchemaDeclarations read(Source source, Diagnostics diagnostics) {
    Json json = JsonReader.read(source, diagnostics);
    return json == null
        ? new SchemaDeclarations(List.of())
        : new SchemaJsonReader(source, diagnostics).schema(json);
  }

  private void error(Json json, String message, String hint) {
    diagnostics.error("C0240", json.place().spanOr(source.span(0, 0)), message, hint);
  }

  private Map<String, Json> members(@Nullable Json json, String what) {
    if (json instanceof Json.Obj(var members, _)) {
      return members;
    }
    if (json != null) {
      error(json, "expected " + what + " as an object, found " + json.kindName(), "");
    }
    return Map.of();
  }

  private Map<String, Json> members(@Nullable Json json, String what, Set<String> known) {
    Map<String, Json> members = members(json, what);
    members.forEach((name, value) -> {
      if (!known.contains(name)) {
        String hint = DidYouMean.hint(name, new TreeSet<>(known));
        error(value, "unknown member `" + name + "` of " + what, hint);
      }
    });
    return members;
  }

  private List<Json> elements(@Nullable Json json, String what) {
    if (json instanceof Json.Arr(var elements, _)) {
      return elements;
    }
    if (json != null) {
      error(json, "expected " + what + " as an array, found " + json.kindName(), "");
    }
    return List.of();
  }

  private String string(Json json, String what) {
    if (json instanceof Json.Str(var text, _)) {
      return text;
    }
    error(json, "expected " + what + " as a string, found " + json.kindName(), "");
    return "";
  }

  private SchemaDeclarations schema(Json json) {
    var all = new ArrayList<Namespace>();
    members(json, "a schema").forEach((name, body) -> all.add(namespace(name, body)));
    return new SchemaDeclarations(all);
  }

  private Namespace namespace(String name, Json json) {
    var members = members(json, "a namespace", NAMESPACE);
    for (String needed : List.of("entityTypes", "actions")) {
      if (!members.containsKey(needed) && json instanceof Json.Obj) {
        error(json, "a namespace without `" + needed + "`", "");
      }
    }
    var types = new ArrayList<CommonType>();
    members(members.get("commonTypes"), "the common types")
        .forEach((type, body) ->
            types.add(new CommonType(type, annotations(body), type(body, false), body.place())));
    var entities = new ArrayList<EntityDeclaration>();
    members(members.get("entityTypes"), "the entity types")
        .forEach((type, body) -> entities.add(entity(type, body)));
    var actions = new ArrayList<ActionDeclaration>();
    members(members.get("actions"), "the actions")
        .forEach((action, body) -> actions.add(action(action, body)));
    return new Namespace(name, annotations(json), types, entities, actions, json.place());
  }

  private SequencedMap<String, String> annotations(Json json) {
    var annotations = new LinkedHashMap<String, String>();
    if (json instanceof Json.Obj object) {
      members(object.member("annotations"), "the annotations")
          .forEach((key, value) -> {
            if (!CedarText.isIdentifier(key)) {
              error(value, "`" + key + "` is not the name of an annotation", "");
            }
            annotations.put(key, value instanceof Json.Null ? "" : string(value, "an annotation"));
          });
    }
    return annotations;
  }

  private EntityDeclaration entity(String name, Json json) {
    var members = members(json, "an entity type", ENTITY);
    boolean external = external(members, "an entity type", List.of("shape", "tags", "enum"));
    List<String> choices = null;
    Json enumeration = members.get("enum");
    if (enumeration != null && !external) {
      choices = elements(enumeration, "the ids").stream().map(id -> string(id, "an id")).toList();
      if (choices.isEmpty()) {
        error(enumeration, "an enumerated type without ids", "");
      }
      if (members.containsKey("shape")
          || members.containsKey("tags")
          || members.containsKey("memberOfTypes")) {
        error(json, "an enumerated type has neither parents nor attributes nor tags", "");
      }
    }
    Json shape = members.get("shape");
    Json tags = members.get("tags");
    return new EntityDeclaration(
        name,
        annotations(json),
        names(members.get("memberOfTypes"), "the parent types"),
        shape == null ? new TypeExpr.RecordOf(List.of(), Place.NONE) : type(shape, false),
        tags == null ? null : type(tags, false),
        choices,
        external,
        json.place());
  }

  /** Whether only the name and the parents are declared; then nothing else may be there. */
  private boolean external(Map<String, Json> members, String what, List<String> others) {
    Json flag = members.get("external");
    boolean mayBeNull = others.contains("appliesTo");
    if (flag == null || (mayBeNull && flag instanceof Json.Null)) {
      return false;
    }
    if (flag instanceof Json.Bool(var value, _) && !value) {
      return false;
    }
    if (!(flag instanceof Json.Bool)) {
      error(flag, "expected `external` as true or false, found " + flag.kindName(), "");
      return false;
    }
    for (String other : others) {
      Json member = members.get(other);
      if (member != null && !(member instanceof Json.Null && !other.equals("enum"))) {
        error(member, "`" + other + "` of " + what + " that is external", "");
      }
    }
    return true;
  }

  private List<NameRef> names(@Nullable Json json, String what) {
    return elements(json, what).stream()
        .map(name -> new NameRef(string(name, "the name of an entity type"), name.place()))
        .toList();
  }

  private ActionDeclaration action(String name, Json json) {
    var members = members(json, "an action", ACTION);
    boolean external = external(members, "an action", List.of("appliesTo", "attributes"));
    Json attributes = members.get("attributes");
    if (attributes != null && !(attributes instanceof Json.Null)) {
      error(attributes, "actions have no attributes", "");
    }
    var parents = new ArrayList<ActionRef>();
    Json memberOf = members.get("memberOf");
    for (Json parent : elements(memberOf instanceof Json.Null ? null : memberOf, "the groups")) {
      var ref = members(parent, "a group", Set.of("id", "type"));
      Json id = ref.get("id");
      Json type = ref.get("type");
      if (id == null) {
        error(parent, "a group without `id`", "");
      } else {
        String typeName = type == null || type instanceof Json.Null ? null : string(type, "a type");
        parents.add(new ActionRef(typeName, string(id, "an id"), parent.place()));
      }
    }
    Json appliesTo = members.get("appliesTo");
    return new ActionDeclaration(
        name,
        annotations(json),
        parents,
        appliesTo == null || appliesTo instanceof Json.Null ? null : appliesTo(appliesTo),
        external,
        json.place());
  }

  private AppliesTo appliesTo(Json json) {
    var members = members(json, "`appliesTo`", APPLIES_TO);
    for (String needed : List.of("principalTypes", "resourceTypes")) {
      if (!members.containsKey(needed)) {
        error(json, "`appliesTo` without `" + needed + "`", "");
      }
    }
    Json context = members.get("context");
    return new AppliesTo(
        names(members.get("principalTypes"), "the types of principals"),
        names(members.get("resourceTypes"), "the types of resources"),
        context == null ? new TypeExpr.RecordOf(List.of(), Place.NONE) : type(context, false));
  }

  private TypeExpr type(Json json, boolean attribute) {
    var members = members(json, "a type");
    Json word = members.get("type");
    Place place = json.place();
    if (word == null) {
      error(json, "a type without `type`", "");
      return new TypeExpr.Named("Long", NameKind.PRIMITIVE, place);
    }
    String type = string(word, "a type");
    TypeExpr result =
        switch (type) {
          case "Long", "String", "Boolean" -> new TypeExpr.Named(type, NameKind.PRIMITIVE, place);
          case "Set" -> {
            Json element = members.get("element");
            if (element == null) {
              error(json, "a set without `element`", "");
            }
            yield new TypeExpr.SetOf(
                element == null ? nothing(place) : type(element, false), place);
          }
          case "Record" -> record(json, members);
          case "Entity" -> named(json, members, NameKind.ENTITY);
          case "EntityOrCommon" -> named(json, members, NameKind.ANY);
          case "Extension" -> named(json, members, NameKind.EXTENSION);
          default -> new TypeExpr.Named(type, NameKind.COMMON, place);
        };
    var known = new TreeSet<>(Set.of("type", "annotations"));
    if (attribute) {
      known.add("required");
    }
    switch (type) {
      case "Set" -> known.add("element");
      case "Record" -> known.addAll(List.of("attributes", "additionalAttributes"));
      case "Entity", "EntityOrCommon", "Extension" -> known.add("name");
      default -> {}
    }
    members(json, "the type `" + type + "`", known);
    return result;
  }

  private static TypeExpr nothing(Place place) {
    return new TypeExpr.RecordOf(List.of(), place);
  }

  private TypeExpr named(Json json, Map<String, Json> members, NameKind kind) {
    Json name = members.get("name");
    if (name == null) {
      error(json, "a type without `name`", "");
      return nothing(json.place());
    }
    return new TypeExpr.Named(string(name, "a name"), kind, name.place());
  }

  private TypeExpr record(Json json, Map<String, Json> members) {
    if (members.get("additionalAttributes") instanceof Json.Bool(var open, _) && open) {
      error(json, "records with attributes beyond the declared ones are not supported", "");
    }
    if (!members.containsKey("attributes")) {
      error(json, "a record without `attributes`", "");
    }
    var attributes = new ArrayList<AttributeDeclaration>();
    members(members.get("attributes"), "the attributes")
        .forEach((name, body) -> {
          boolean required =
              !(body instanceof Json.Obj object
                  && object.member("required") instanceof Json.Bool(var value, _)
                  && !value);
          attributes.add(
              new AttributeDeclaration(
                  name, annotations(body), type(body, true), required, body.place()));
        });
    return new TypeExpr.RecordOf(attributes, json.place());
  }
}
