package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.entity.PartialEntities.Part;
import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonReader;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Interned;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and writes the JSON of entities. */
public final class EntityJson {
  private static final Set<String> MEMBERS = Set.of("uid", "attrs", "parents", "tags");

  private final Source source;
  private final @Nullable Schema schema;
  private final Diagnostics diagnostics;
  private final ValueJson values;
  private final Map<EntityUid, Entity> entities = new LinkedHashMap<>();
  private final Map<EntityUid, Place> places = new LinkedHashMap<>();

  /** Entities that could not be read whole: of these no more is told than what is written. */
  private final Set<EntityUid> malformed = new HashSet<>();

  /** Entities of which a part is not known; null where all must be. */
  private final @Nullable Map<Part, Set<EntityUid>> unknown;

  private EntityJson(
      Source source, @Nullable Schema schema, Diagnostics diagnostics, boolean partial) {
    this.unknown = partial ? new EnumMap<>(Part.class) : null;
    this.source = source;
    this.schema = schema;
    this.diagnostics = diagnostics;
    this.values = new ValueJson(source, diagnostics);
  }

  /**
   * Reads an array of entities without a schema.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static Entities read(Source source) {
    return read(source, null);
  }

  /**
   * Reads an array of entities; with a schema, values are read by their types, everything is
   * checked against it, and the actions of the schema are added.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static Entities read(Source source, @Nullable Schema schema) {
    return new EntityJson(source, schema, new Diagnostics(), false).read();
  }

  /**
   * Reads an array of entities of which not all is known: what an entity has no {@code attrs},
   * {@code parents} or {@code tags} of is not known. Actions are not among them.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if there is one
   */
  public static PartialEntities readPartial(Source source, Schema schema) {
    var reader = new EntityJson(source, schema, new Diagnostics(), true);
    Entities known = reader.read();
    return new PartialEntities(known, reader.unknown == null ? Map.of() : reader.unknown);
  }

  private Entities read() {
    Json json = JsonReader.read(source, diagnostics);
    if (json instanceof Json.Arr(var elements, _)) {
      elements.forEach(this::entity);
    } else if (json != null) {
      error("C0420", json.place(), "expected an array of entities, found " + json.kindName());
    }
    if (json == null) {
      diagnostics.throwIfErrors();
    }
    Entities result = finish();
    diagnostics.throwIfErrors();
    return result;
  }

  private Entities finish() {
    EntityUid cycle = Hierarchy.Order.of(entities).cycle();
    if (cycle != null) {
      error("C0421", places.getOrDefault(cycle, Place.NONE), "`" + cycle + "` is in itself");
      return Entities.EMPTY;
    }
    if (schema != null) {
      for (Entity action : Entities.ofActions(schema)) {
        entities.putIfAbsent(action.uid(), action);
      }
    }
    Entities all = Entities.of(entities.values());
    if (schema != null) {
      for (Map.Entry<EntityUid, Place> entry : places.entrySet()) {
        if (schema.entityType(entry.getKey().type()) == null
            && malformed.contains(entry.getKey())) {
          continue; // told already
        }
        check(schema, all, entry.getKey(), entry.getValue());
      }
    }
    return all;
  }

  private void check(Schema known, Entities all, EntityUid uid, Place place) {
    Entity entity = all.entity(uid);
    if (entity != null) {
      var ancestors = Set.of(all.ancestors(uid));
      Set<Part> gaps = EnumSet.noneOf(Part.class);
      for (Part part : Part.values()) {
        if (isUnknown(uid, part) || (part != Part.PARENTS && malformed.contains(uid))) {
          gaps.add(part);
        }
      }
      for (var mismatch : Conformance.ofEntity(known, entity, ancestors, gaps)) {
        diagnostics.error(
            "C0422", place.spanOr(source.span(0, 0)), mismatch.message(), mismatch.hint());
      }
      openAbove(uid, ancestors, place);
    }
  }

  private boolean isUnknown(EntityUid uid, Part part) {
    return unknown != null && unknown.getOrDefault(part, Set.of()).contains(uid);
  }

  /** What an entity is in is known as a whole or not at all. */
  private void openAbove(EntityUid uid, Set<EntityUid> ancestors, Place place) {
    for (EntityUid ancestor : ancestors) {
      if (isUnknown(ancestor, Part.PARENTS)) {
        String message = "`" + uid + "` is in `" + ancestor + "`, whose parents are not known";
        error("C0442", place, message);
      }
    }
  }

  private void error(String code, Place place, String message) {
    diagnostics.error(code, place.spanOr(source.span(0, 0)), message);
  }

  private void entity(Json json) {
    if (!(json instanceof Json.Obj object)) {
      error("C0423", json.place(), "expected an entity, found " + json.kindName());
      return;
    }
    Json uidJson = required(object, "uid");
    EntityUid uid = uidJson == null ? null : values.uid(uidJson);
    Json attributesJson = part(object, "attrs", Part.ATTRIBUTES, uid);
    Json parentsJson = part(object, "parents", Part.PARENTS, uid);
    Json tagsJson = part(object, "tags", Part.TAGS, uid);
    if (uidJson == null || uid == null) {
      return;
    }
    if (unknown != null && uid.isAction()) {
      error("C0443", uidJson.place(), "actions are known by the schema, found `" + uid + "`");
      return;
    }
    int before = diagnostics.errors();
    EntityType type = type(uid, uidJson);
    RecordValue attributes = attributes(attributesJson, type);
    RecordValue tags = tags(tagsJson, type);
    Set<EntityUid> parents = parents(parentsJson);
    if (diagnostics.errors() > before || attributesJson == null) {
      malformed.add(uid);
    }
    var entity = new Entity(uid, attributes, parents, tags);
    Entity other = entities.putIfAbsent(uid, entity);
    if (other == null) {
      places.put(uid, uidJson.place());
    } else if (unknown != null || !other.equals(entity)) {
      error("C0424", uidJson.place(), "two entities are called `" + uid + "`");
    }
  }

  /** The member for a part; null if it is not there, where that part may be unknown or empty. */
  private @Nullable Json part(Json.Obj object, String name, Part part, @Nullable EntityUid uid) {
    if (unknown == null) {
      return part == Part.TAGS ? object.member(name) : required(object, name);
    }
    Json found = object.member(name);
    if (found != null && !(found instanceof Json.Null)) {
      return found;
    }
    if (uid != null) {
      unknown.computeIfAbsent(part, _ -> new HashSet<>()).add(uid);
    }
    return null;
  }

  private @Nullable Json required(Json.Obj object, String name) {
    Json found = object.member(name);
    if (found == null) {
      String hint =
          object.members().keySet().stream()
              .filter(member -> !MEMBERS.contains(member))
              .map(member -> DidYouMean.hint(member, List.of(name)))
              .collect(Collectors.joining());
      diagnostics.error(
          "C0425", object.place().spanOr(source.span(0, 0)), "missing `" + name + "`", hint);
    }
    return found;
  }

  private @Nullable EntityType type(EntityUid uid, Json json) {
    if (schema == null || uid.isAction()) {
      return null;
    }
    EntityType type = schema.entityType(uid.type());
    if (type == null) {
      diagnostics.error(
          "C0426",
          json.place().spanOr(source.span(0, 0)),
          "unknown entity type `" + uid.type() + "`",
          DidYouMean.hint(uid.type(), schema.typeNames()));
    }
    return type;
  }

  private RecordValue attributes(@Nullable Json json, @Nullable EntityType type) {
    if (json == null) {
      return RecordValue.EMPTY;
    }
    if (!(json instanceof Json.Obj object)) {
      error("C0427", json.place(), "expected attributes, found " + json.kindName());
      return RecordValue.EMPTY;
    }
    if (type == null) {
      return members(object, null);
    }
    return values.value(json, type.attributes()) instanceof RecordValue record
        ? record
        : RecordValue.EMPTY;
  }

  private RecordValue tags(@Nullable Json json, @Nullable EntityType type) {
    if (json == null) {
      return RecordValue.EMPTY;
    }
    if (!(json instanceof Json.Obj object)) {
      error("C0428", json.place(), "expected tags, found " + json.kindName());
      return RecordValue.EMPTY;
    }
    return members(object, type == null ? null : type.tags());
  }

  private RecordValue members(Json.Obj object, @Nullable Type type) {
    var found = new LinkedHashMap<String, Value>();
    object
        .members()
        .forEach((name, json) -> {
          Value value = values.value(json, type);
          if (value != null) {
            found.put(Interned.name(name), value);
          }
        });
    return RecordValue.of(found);
  }

  private Set<EntityUid> parents(@Nullable Json json) {
    if (json == null) {
      return Set.of();
    }
    var parents = new LinkedHashSet<EntityUid>();
    if (json instanceof Json.Arr(var elements, _)) {
      for (Json element : elements) {
        EntityUid parent = values.uid(element);
        if (parent != null) {
          parents.add(parent);
        }
      }
    } else {
      error("C0429", json.place(), "expected an array of parents, found " + json.kindName());
    }
    return parents;
  }

  /** The JSON of entities, in the order of their references. */
  public static Json json(Entities entities) {
    var all = new ArrayList<Json>();
    for (Entity entity : entities.all()) {
      var members = new LinkedHashMap<String, Json>();
      members.put("uid", ValueJson.uidJson(entity.uid()));
      members.put("attrs", ValueJson.recordJson(entity.attributes()));
      List<Json> parents = entity.parents().stream().sorted().map(ValueJson::uidJson).toList();
      members.put("parents", Json.array(parents));
      if (entity.tags().size() > 0) {
        members.put("tags", ValueJson.recordJson(entity.tags()));
      }
      all.add(Json.object(members));
    }
    return Json.array(all);
  }
}
