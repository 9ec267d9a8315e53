package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.entity.PartialEntities.Part;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DecimalValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.IpValue;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether values, entities and requests are as a schema wants them. */
public final class Conformance {
  /**
   * Something that is not as the schema wants it.
   *
   * @param message what
   * @param hint a way out, or the empty text
   */
  public record Mismatch(String message, String hint) {}

  private final Schema schema;
  private final List<Mismatch> found = new ArrayList<>();

  private Conformance(Schema schema) {
    this.schema = schema;
  }

  /** Whether a value is one of a type. */
  public static boolean isOf(Value value, Type type) {
    return switch (type) {
      case Type.Bool bool ->
          value instanceof Value.Bool(var truth)
              && (bool == Type.Bool.ANY || bool == Type.Bool.of(truth));
      case Type.Int _ -> value instanceof Value.Int;
      case Type.Text _ -> value instanceof Value.Text;
      case Type.Entity(var name) -> value instanceof EntityUid uid && uid.type().equals(name);
      case Type.Extension(var kind) ->
          switch (kind) {
            case DECIMAL -> value instanceof DecimalValue;
            case IPADDR -> value instanceof IpValue;
            case DATETIME -> value instanceof DatetimeValue;
            case DURATION -> value instanceof DurationValue;
            case BOOL, LONG, STRING -> false;
          };
      case Type.SetOf(var element) ->
          value instanceof SetValue set
              && set.elements().stream().allMatch(each -> isOf(each, element));
      case Type.RecordOf record -> value instanceof RecordValue values && isOf(values, record);
    };
  }

  private static boolean isOf(RecordValue values, Type.RecordOf type) {
    for (String name : values.names()) {
      Type.Attribute attribute = type.attributes().get(name);
      Value value = values.attribute(name);
      if (attribute == null || value == null || !isOf(value, attribute.type())) {
        return false;
      }
    }
    return type.attributes().entrySet().stream()
        .allMatch(e -> !e.getValue().required() || values.attribute(e.getKey()) != null);
  }

  /**
   * What is wrong with an entity.
   *
   * @param ancestors everything it is in
   * @param unknown parts that are not known, so that nothing is wrong with them
   */
  public static List<Mismatch> ofEntity(
      Schema schema, Entity entity, Set<EntityUid> ancestors, Set<Part> unknown) {
    var check = new Conformance(schema);
    if (entity.uid().isAction()) {
      check.action(entity, ancestors);
    } else {
      check.entity(entity, ancestors, unknown);
    }
    return List.copyOf(check.found);
  }

  /** What is wrong with the entities that a request names and with its context. */
  public static List<Mismatch> ofRequest(
      Schema schema,
      EntityUid principal,
      EntityUid action,
      EntityUid resource,
      RecordValue context) {
    return ofRequest(
        schema, principal.type(), principal, action, resource.type(), resource, context);
  }

  /** The same of a request of which only types may be known; null is not known. */
  public static List<Mismatch> ofRequest(
      Schema schema,
      String principalType,
      @Nullable EntityUid principal,
      EntityUid action,
      String resourceType,
      @Nullable EntityUid resource,
      @Nullable RecordValue context) {
    var check = new Conformance(schema);
    check.known(principalType, principal);
    check.known(resourceType, resource);
    ActionType type = schema.action(action);
    if (type == null) {
      check.unknownAction(action);
    } else if (type.external()) {
      check.externalAction(action);
    } else {
      check.applies(principalType, "principal", type.principals(), action);
      check.applies(resourceType, "resource", type.resources(), action);
      if (context != null) {
        check.record(context, type.context(), "the context");
        check.references(context);
      }
    }
    return List.copyOf(check.found);
  }

  private void mismatch(String message, String hint) {
    found.add(new Mismatch(message, hint));
  }

  private void unknownAction(EntityUid action) {
    var known = schema.actions().keySet().stream().map(EntityUid::toString).toList();
    mismatch("unknown action `" + action + "`", DidYouMean.hint(action.toString(), known));
  }

  private void externalAction(EntityUid action) {
    mismatch("action `" + action + "` is declared `external`: what it applies to is not known", "");
  }

  private void applies(String type, String word, List<String> types, EntityUid action) {
    if (!types.contains(type)) {
      mismatch(
          word + " of type `" + type + "` cannot be used with action `" + action + "`",
          types.isEmpty() ? "" : "expected one of " + String.join(", ", types));
    }
  }

  private void known(String type, @Nullable EntityUid uid) {
    if (!schema.isKnownType(type)) {
      mismatch("unknown entity type `" + type + "`", DidYouMean.hint(type, schema.typeNames()));
    }
    if (uid != null) {
      reference(uid);
    }
  }

  /** An enumerated entity has one of the ids; an action is declared. */
  private void reference(EntityUid uid) {
    EntityType type = schema.entityType(uid.type());
    if (type != null && type.choices() != null && !type.choices().contains(uid.id())) {
      mismatch(
          "`" + uid.id() + "` is not one of the entities of type `" + uid.type() + "`",
          DidYouMean.hint(uid.id(), type.choices()));
    }
    if (uid.isAction() && schema.action(uid) == null) {
      unknownAction(uid);
    }
  }

  private void references(Value value) {
    switch (value) {
      case EntityUid uid -> reference(uid);
      case SetValue set -> set.elements().forEach(this::references);
      case RecordValue record -> record.attributes().values().forEach(this::references);
      default -> {}
    }
  }

  private void action(Entity entity, Set<EntityUid> ancestors) {
    ActionType type = schema.action(entity.uid());
    if (type == null) {
      unknownAction(entity.uid());
    } else if (!ancestors.equals(type.ancestors())
        || entity.attributes().size() > 0
        || entity.tags().size() > 0) {
      mismatch("action `" + entity.uid() + "` is declared differently in the schema", "");
    }
  }

  private void entity(Entity entity, Set<EntityUid> ancestors, Set<Part> unknown) {
    EntityUid uid = entity.uid();
    EntityType type = schema.entityType(uid.type());
    known(uid.type(), uid);
    if (type == null) {
      return;
    }
    if (type.external()) {
      mismatch(
          "type `" + uid.type() + "` is declared `external`: its entities cannot be checked", "");
      return;
    }
    if (!unknown.contains(Part.ATTRIBUTES)) {
      record(entity.attributes(), type.attributes(), "`" + uid + "`");
    }
    references(entity.attributes());
    for (EntityUid ancestor : ancestors) {
      reference(ancestor);
      if (!type.ancestors().contains(ancestor.type())) {
        mismatch("`" + uid + "` cannot be in an entity of type `" + ancestor.type() + "`", "");
      }
    }
    for (String tag : entity.tags().names()) {
      Value value = entity.tags().attribute(tag);
      if (type.tags() == null) {
        mismatch("entities of type `" + uid.type() + "` have no tags, found `" + tag + "`", "");
      } else if (value != null && !isOf(value, type.tags())) {
        mismatch(
            "tag `"
                + tag
                + "` of `"
                + uid
                + "`: expected `"
                + type.tags()
                + "`, found "
                + value.typeName(),
            "");
      }
    }
    references(entity.tags());
  }

  private void record(RecordValue values, Type.RecordOf type, String where) {
    for (String name : values.names()) {
      Type.Attribute attribute = type.attributes().get(name);
      Value value = values.attribute(name);
      if (attribute == null) {
        mismatch(
            "unexpected attribute `" + name + "` of " + where,
            DidYouMean.hint(name, type.attributes().keySet()));
      } else if (value != null && !isOf(value, attribute.type())) {
        mismatch(
            "attribute `"
                + name
                + "` of "
                + where
                + ": expected `"
                + attribute.type()
                + "`, found "
                + value.typeName(),
            "");
      }
    }
    type.attributes()
        .forEach((name, attribute) -> {
          if (attribute.required() && values.attribute(name) == null) {
            mismatch("missing attribute `" + name + "` of " + where, "");
          }
        });
  }
}
