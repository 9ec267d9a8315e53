package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.ActionRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.AppliesTo;
import dev.bylaw.cedar.schema.SchemaDeclarations.EntityDeclaration;
import dev.bylaw.cedar.schema.SchemaDeclarations.NameRef;
import dev.bylaw.cedar.schema.SchemaDeclarations.Namespace;
import dev.bylaw.cedar.schema.SchemaDeclarations.TypeExpr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes declarations as JSON. */
public final class SchemaJsonWriter {
  private SchemaJsonWriter() {}

  /** The JSON of a schema. */
  public static Json json(SchemaDeclarations schema) {
    var members = new LinkedHashMap<String, Json>();
    for (Namespace namespace : schema.byName().namespaces()) {
      members.put(namespace.name(), namespace(namespace));
    }
    return Json.object(members);
  }

  private static Json namespace(Namespace namespace) {
    var members = new LinkedHashMap<String, Json>();
    if (!namespace.commonTypes().isEmpty()) {
      var types = new LinkedHashMap<String, Json>();
      namespace
          .commonTypes()
          .forEach(
              type -> types.put(type.name(), annotated(type(type.type()), type.annotations())));
      members.put("commonTypes", Json.object(types));
    }
    var entities = new LinkedHashMap<String, Json>();
    namespace.entities().forEach(entity -> entities.put(entity.name(), entity(entity)));
    members.put("entityTypes", Json.object(entities));
    var actions = new LinkedHashMap<String, Json>();
    namespace.actions().forEach(action -> actions.put(action.name(), action(action)));
    members.put("actions", Json.object(actions));
    return annotated(members, namespace.annotations());
  }

  private static Json annotated(Map<String, Json> members, Map<String, String> annotations) {
    if (!annotations.isEmpty()) {
      var all = new LinkedHashMap<String, Json>();
      annotations.forEach((key, value) -> all.put(key, Json.string(value)));
      members.put("annotations", Json.object(all));
    }
    return Json.object(members);
  }

  private static Json entity(EntityDeclaration entity) {
    var members = new LinkedHashMap<String, Json>();
    if (entity.choices() != null) {
      members.put("enum", Json.array(entity.choices().stream().map(Json::string).toList()));
    }
    if (!entity.parents().isEmpty()) {
      members.put("memberOfTypes", names(entity.parents()));
    }
    if (!(entity.shape() instanceof TypeExpr.RecordOf(var attributes, _) && attributes.isEmpty())) {
      members.put("shape", Json.object(type(entity.shape())));
    }
    if (entity.tags() != null) {
      members.put("tags", Json.object(type(entity.tags())));
    }
    external(entity.external(), members);
    return annotated(members, entity.annotations());
  }

  private static Json names(List<NameRef> names) {
    return Json.array(names.stream().map(name -> Json.string(name.name())).toList());
  }

  private static Json action(ActionDeclaration action) {
    var members = new LinkedHashMap<String, Json>();
    if (!action.external()) {
      members.put("appliesTo", Json.object(appliesTo(action.appliesTo())));
    }
    if (!action.parents().isEmpty()) {
      members.put(
          "memberOf",
          Json.array(action.parents().stream().map(SchemaJsonWriter::reference).toList()));
    }
    external(action.external(), members);
    return annotated(members, action.annotations());
  }

  private static void external(boolean external, Map<String, Json> members) {
    if (external) {
      members.put("external", Json.bool(true));
    }
  }

  private static Map<String, Json> appliesTo(@Nullable AppliesTo appliesTo) {
    var applies = new LinkedHashMap<String, Json>();
    applies.put("resourceTypes", names(appliesTo == null ? List.of() : appliesTo.resources()));
    applies.put("principalTypes", names(appliesTo == null ? List.of() : appliesTo.principals()));
    if (appliesTo != null
        && !(appliesTo.context() instanceof TypeExpr.RecordOf(var attributes, _)
            && attributes.isEmpty())) {
      applies.put("context", Json.object(common(appliesTo.context())));
    }
    return applies;
  }

  /** The name of a context can be that of a common type only. */
  private static Map<String, Json> common(TypeExpr type) {
    if (type instanceof TypeExpr.Named(var name, _, _)) {
      var members = new LinkedHashMap<String, Json>();
      members.put("type", Json.string(name));
      return members;
    }
    return type(type);
  }

  private static Json reference(ActionRef action) {
    return action.type() == null
        ? Json.object("id", Json.string(action.id()))
        : Json.object("id", Json.string(action.id()), "type", Json.string(action.type()));
  }

  private static Map<String, Json> type(TypeExpr type) {
    var members = new LinkedHashMap<String, Json>();
    switch (type) {
      case TypeExpr.Named(var name, var kind, _) -> {
        switch (kind) {
          case PRIMITIVE, COMMON -> members.put("type", Json.string(name));
          case ENTITY -> named(members, "Entity", name);
          case EXTENSION -> named(members, "Extension", name);
          case ANY -> named(members, "EntityOrCommon", name);
        }
      }
      case TypeExpr.SetOf(var element, _) -> {
        members.put("type", Json.string("Set"));
        members.put("element", Json.object(type(element)));
      }
      case TypeExpr.RecordOf(var attributes, _) -> {
        members.put("type", Json.string("Record"));
        var all = new LinkedHashMap<String, Json>();
        for (var attribute : SchemaDeclarations.byName(attributes)) {
          Map<String, Json> body = type(attribute.type());
          if (!attribute.required()) {
            body.put("required", Json.bool(false));
          }
          all.put(attribute.name(), annotated(body, attribute.annotations()));
        }
        members.put("attributes", Json.object(all));
      }
    }
    return members;
  }

  private static void named(Map<String, Json> members, String kind, String name) {
    members.put("type", Json.string(kind));
    members.put("name", Json.string(name));
  }
}
