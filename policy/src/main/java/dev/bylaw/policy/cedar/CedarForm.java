package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as Cedar has it. Its parts are made when they are first asked for, and once for all
 * policies without a schema; a policy with one has a form of its own. Not thread-safe.
 */
final class CedarForm {
  private static final EntityUid AGENT = EntityUid.of("Agent", "");
  private static final EntityUid ACTION = EntityUid.of("Action", "");

  /** What a caller cannot make its resource. */
  private static final Set<String> OURS = Set.of("Agent", "Action", "Role", "Group", "Identity");

  /** What a resource can be named by, the most telling first. */
  private static final List<String> NAMES = List.of("table", "vendor", "connection");

  private final PolicyInput input;
  private final Agents agents;
  private final @Nullable Schema schema;
  private final Map<String, Value> fields = new HashMap<>();
  private @Nullable Entity principal;
  private @Nullable Entity resource;

  CedarForm(PolicyInput input, Agents agents, @Nullable Schema schema) {
    this.input = input;
    this.agents = agents;
    this.schema = schema;
  }

  /** Agents as entities, made once as long as the registry has them as they are. */
  static final class Agents {
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(ObjectValue attributes, Entity entity) {}

    @SuppressWarnings("ReferenceEquality") // an agent has the same object until it changes
    Entity entity(PolicyInput input, @Nullable Schema schema) {
      ObjectValue attributes = input.agent();
      String id = attributes.text("id");
      Known found = known.get(id);
      if (found == null || found.attributes != attributes) {
        found = new Known(attributes, make(input, id, schema));
        known.put(id, found);
      }
      return found.entity;
    }

    private static Entity make(PolicyInput input, String id, @Nullable Schema schema) {
      Set<EntityUid> parents = new LinkedHashSet<>();
      parents.add(EntityUid.of("Identity", input.facts().identity()));
      String role = input.agent().text("role");
      if (!role.isEmpty()) {
        parents.add(EntityUid.of("Role", role));
      }
      if (input.agent().get("groups") instanceof ArrayValue groups) {
        for (dev.bylaw.value.Value group : groups) {
          if (group instanceof StringValue name) {
            parents.add(EntityUid.of("Group", name.text()));
          }
        }
      }
      return Entity.of(
          AGENT.sibling(id),
          CedarValues.record(input.agent(), attributes(schema, "Agent")),
          parents);
    }
  }

  private static Type.@Nullable RecordOf attributes(@Nullable Schema schema, String type) {
    EntityType known = schema == null ? null : schema.entityType(type);
    return known == null ? null : known.attributes();
  }

  /** The action of a name. */
  static EntityUid action(String name) {
    return ACTION.sibling(name);
  }

  /** The agent. */
  Entity principal() {
    Entity known = principal;
    if (known == null) {
      known = agents.entity(input, schema);
      principal = known;
    }
    return known;
  }

  /** What the action touches. */
  Entity resource() {
    Entity known = resource;
    if (known == null) {
      known = makeResource();
      resource = known;
    }
    return known;
  }

  private Entity makeResource() {
    ObjectValue all = input.resource();
    // What the action really touches is what it is; a caller's names count where nothing is known.
    ObjectValue facts = input.facts().resource();
    ObjectValue names = NAMES.stream().anyMatch(facts::has) ? facts : all;
    EntityUid uid = null;
    Set<EntityUid> parents = new LinkedHashSet<>();
    for (String name : NAMES) {
      String text = names.text(name);
      if (text.isEmpty()) {
        continue;
      }
      EntityUid each = EntityUid.of(typeName(name), text);
      if (uid == null) {
        uid = each;
      } else {
        parents.add(each);
      }
    }
    if (uid == null) {
      uid = EntityUid.of(typeName(all.text("type")), all.text("id"));
    }
    return Entity.of(uid, CedarValues.record(all, attributes(schema, uid.type())), parents);
  }

  /** {@code bank_account} is a {@code BankAccount}; what is no name is a {@code Resource}. */
  private static String typeName(String type) {
    StringBuilder out = new StringBuilder(type.length());
    boolean capital = true;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (c >= '0' && c <= '9')) {
        out.append(capital ? Character.toUpperCase(c) : c);
        capital = false;
      } else if (c == '_' || c == '-' || c == ' ') {
        capital = true;
      } else {
        return "Resource";
      }
    }
    String name = out.toString();
    boolean named = !name.isEmpty() && Character.isLetter(name.charAt(0)) && !OURS.contains(name);
    return named ? name : "Resource";
  }

  /**
   * The context, as far as it is asked for.
   *
   * @param names the fields; null for all
   */
  RecordValue context(@Nullable Set<String> names, EntityUid action) {
    ActionType known = schema == null ? null : schema.action(action);
    Type.RecordOf type = known == null ? null : known.context();
    Map<String, Value> values = new TreeMap<>();
    if (names == null) {
      input
          .context()
          .forEach(
              (key, _) -> put(values, key instanceof StringValue t ? t.text() : "" + key, type));
      for (String own : List.of("params", "tool", "checkpoint", "result")) {
        put(values, own, type);
      }
    } else {
      names.forEach(name -> put(values, name, type));
    }
    return RecordValue.of(values);
  }

  private void put(Map<String, Value> values, String name, Type.@Nullable RecordOf type) {
    Value known = fields.get(name);
    if (known == null) {
      known = field(name, CedarValues.typeOf(type, name));
      if (known == null) {
        return;
      }
      fields.put(name, known);
    }
    values.put(name, known);
  }

  private @Nullable Value field(String name, @Nullable Type type) {
    return switch (name) {
      case "has_human_approval" -> Value.Bool.of(input.humanApproval());
      case "params" -> CedarValues.of(input.params(), type);
      case "result" -> {
        // Nobody but the runtime says what an action gave.
        dev.bylaw.value.Value result = input.facts().result().orElse(null);
        yield result == null ? null : CedarValues.of(result, type);
      }
      case "tool" -> new Value.Text(input.facts().tool());
      case "checkpoint" -> new Value.Text(input.checkpoint().text());
      case "time" -> CedarValues.datetime(input.instant());
      default -> {
        dev.bylaw.value.Value value = input.context().get(name);
        yield value == null ? null : CedarValues.of(value, type);
      }
    };
  }
}
