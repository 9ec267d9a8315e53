package dev.bylaw.rego.differential;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Calls of builtins with operands of their types, now and then of others. */
final class BuiltinCalls {
  /** Builtins whose results differ by nature, or that leave the machine. */
  private static final Set<String> UNSTABLE =
      Set.of(
          "http.send",
          "net.lookup_ip_addr",
          "time.now_ns",
          "rand.intn",
          "uuid.rfc4122",
          "opa.runtime",
          "print",
          "trace",
          "internal.print",
          "internal.test_case",
          "internal.member_2",
          "internal.member_3",
          "internal.template_string",
          "rego.metadata.chain",
          "rego.metadata.rule");

  private final Random random;
  private final Map<String, ArrayValue> arguments = new TreeMap<>();
  private final Operands operands;

  /**
   * Calls.
   *
   * @param capabilities OPA's list of builtins with their types
   */
  BuiltinCalls(Random random, ObjectValue capabilities) {
    this.random = random;
    this.operands = new Operands(random);
    for (Value v : (ArrayValue) capabilities.get("builtins")) {
      ObjectValue builtin = (ObjectValue) v;
      String name = builtin.text("name");
      boolean usable = !builtin.has("infix") && !name.equals("eq") && !name.equals("assign");
      ObjectValue type = (ObjectValue) builtin.get("decl");
      if (usable && !UNSTABLE.contains(name)) {
        ArrayValue types = type.get("args") instanceof ArrayValue a ? a : ArrayValue.EMPTY;
        arguments.put(name, types);
      }
    }
  }

  /** The names of the builtins that are called. */
  List<String> names() {
    return List.copyOf(arguments.keySet());
  }

  /** A call: its operands are in the input, so that no checker of types sees them. */
  Question call(String name) {
    List<String> given = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    ArrayValue types = arguments.getOrDefault(name, ArrayValue.EMPTY);
    for (int i = 0; i < types.size(); i++) {
      boolean wrong = random.nextInt(12) == 0;
      given.add(wrong ? operands.any(2) : operand(name, i, (ObjectValue) types.get(i)));
      asked.add("input[" + i + "]");
    }
    String query = "x = " + name + "(" + String.join(", ", asked) + "); t = type_name(x)";
    return Question.of(query, "[" + String.join(", ", given) + "]");
  }

  private String operand(String name, int index, ObjectValue type) {
    List<String> known = Pools.of(name, index);
    return !known.isEmpty() && random.nextInt(6) != 0 ? one(known) : ofType(name, type);
  }

  private String ofType(String name, ObjectValue type) {
    return switch (type.text("type")) {
      case "string" -> operands.string(name);
      case "number" -> operands.number();
      case "boolean" -> one(List.of("true", "false"));
      case "null" -> "null";
      case "array" -> "[" + String.join(", ", elements(name, type)) + "]";
      case "set" -> {
        List<String> all = elements(name, type);
        yield all.isEmpty() ? "set()" : "{" + String.join(", ", all) + "}";
      }
      case "object" -> object(name, type);
      case "any" ->
          type.get("of") instanceof ArrayValue choices
              ? ofType(name, (ObjectValue) choices.get(random.nextInt(choices.size())))
              : operands.any(2);
      default -> operands.any(2);
    };
  }

  private List<String> elements(String name, ObjectValue type) {
    List<String> all = new ArrayList<>();
    if (type.get("static") instanceof ArrayValue fixed) {
      fixed.forEach(t -> all.add(ofType(name, (ObjectValue) t)));
      return all;
    }
    Value inner = type.has("dynamic") ? type.get("dynamic") : type.get("of");
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(inner instanceof ObjectValue t ? ofType(name, t) : operands.any(1));
    }
    return all;
  }

  private String object(String name, ObjectValue type) {
    List<String> entries = new ArrayList<>();
    if (type.get("static") instanceof ArrayValue fixed) {
      for (Value v : fixed) {
        ObjectValue entry = (ObjectValue) v;
        String key = ((StringValue) entry.get("key")).text();
        entries.add("\"" + key + "\": " + ofType(name, (ObjectValue) entry.get("value")));
      }
    }
    if (type.get("dynamic") instanceof ObjectValue dynamic) {
      for (int i = random.nextInt(4); i > 0; i--) {
        String key = ofType(name, (ObjectValue) dynamic.get("key"));
        entries.add(key + ": " + ofType(name, (ObjectValue) dynamic.get("value")));
      }
    }
    return "{" + String.join(", ", entries) + "}";
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
