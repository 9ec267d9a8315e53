package dev.bylaw.rego.differential;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes programs: modules, data, an input and a query that go through all of the language.
 *
 * <p>A rule names only rules before it, so nothing is recursive; variables are bound before they
 * are read. Documents have few keys and few values, so that look-ups, unifications and conflicts
 * happen often.
 */
final class Programs {
  private static final List<String> KEYS = List.of("a", "b", "c", "d");
  private static final List<String> BINARY = List.of("==", "!=", "==", "in");
  private static final List<String> ORDER = List.of("!=", "<", "<=", ">", ">=");
  private static final List<String> LANGUAGE =
      List.of("count(%s)", "is_string(%s)", "type_name(%s)", "json.marshal(%s)", "[%s]", "{%s}");

  private final Random random;
  private final List<String> values = new ArrayList<>();
  private final Map<String, Integer> functions = new TreeMap<>();
  private int variables;

  Programs(Random random) {
    this.random = random;
  }

  /** Another program. */
  Question next() {
    values.clear();
    functions.clear();
    variables = 0;
    Map<String, String> modules = new TreeMap<>();
    modules.put("p.rego", module("p", 3 + random.nextInt(4)));
    if (random.nextInt(3) == 0) {
      modules.put("q.rego", module("q.r", 1 + random.nextInt(3)));
    }
    ObjectValue input = document(3);
    ObjectValue.Builder data = ObjectValue.builder();
    document(3).forEach(data::put);
    if (random.nextInt(3) == 0) {
      data.put("q", document(2));
    }
    String given = random.nextInt(10) == 0 ? null : input.toString();
    return new Question(modules, query(), data.build(), given, false, random.nextInt(6) == 0);
  }

  private String query() {
    String rule = values.isEmpty() ? "data.p" : pick(values);
    return switch (random.nextInt(8)) {
      case 0 -> "data.p";
      case 1 -> "data";
      case 2 -> "x = data.p[y]";
      case 3 -> rule + "[x] = y";
      case 4 -> rule + "[x]";
      case 5 -> "data[x][y]";
      case 6 -> body(List.of(), 2, "; ");
      default -> "x = " + rule;
    };
  }

  private String module(String pkg, int rules) {
    var text = new StringBuilder("package " + pkg + "\n\n");
    for (int i = 0; i < rules; i++) {
      rule(pkg, "r" + i, text);
      text.append('\n');
    }
    return text.toString();
  }

  private void rule(String pkg, String name, StringBuilder text) {
    String full = "data." + pkg + "." + name;
    switch (random.nextInt(8)) {
      case 0, 1 -> complete(name, text);
      case 2 -> clauses(text, () -> name + " contains " + head());
      case 3 -> clauses(text, () -> name + "[" + head() + "] := " + head());
      case 4 -> general(name, text);
      case 5, 6 -> {
        function(name, text);
        functions.put(full, arity);
        return;
      }
      default -> elses(name, "", List.of(), text);
    }
    values.add(full);
  }

  private int arity;

  /** What a head reads is bound by the body that follows it. */
  private final List<String> wanted = new ArrayList<>();

  private String head() {
    String v = fresh();
    wanted.add(v);
    return random.nextInt(4) == 0 ? "[" + v + "]" : v;
  }

  private void clauses(StringBuilder text, java.util.function.Supplier<String> head) {
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      wanted.clear();
      String left = head.get();
      var lines = new StringBuilder();
      List<String> bound = new ArrayList<>();
      for (String v : List.copyOf(wanted)) {
        lines.append("  ").append(binding(v, bound, 2)).append('\n');
        bound.add(v);
      }
      if (random.nextInt(2) == 0) {
        lines.append("  ").append(body(bound, 2, "\n  ")).append('\n');
      }
      text.append(left).append(" if {\n").append(lines).append("}\n");
    }
  }

  private void complete(String name, StringBuilder text) {
    if (random.nextInt(3) == 0) {
      text.append("default ").append(name).append(" := ").append(value(1)).append('\n');
    }
    if (random.nextInt(5) == 0) {
      text.append(name).append(" := ").append(term(List.of(), 3)).append('\n');
      return;
    }
    String same = random.nextInt(3) == 0 ? null : value(1).toString();
    clauses(text, () -> name + " := " + (same == null ? head() : same));
  }

  private void general(String name, StringBuilder text) {
    switch (random.nextInt(5)) {
      case 0 -> clauses(text, () -> name + "." + key() + "[" + head() + "] := " + head());
      case 1 -> clauses(text, () -> name + "[" + head() + "]." + key() + " := " + head());
      case 2 -> clauses(text, () -> name + "." + key() + " contains " + head());
      case 3 -> clauses(text, () -> name + "[" + head() + "] contains " + head());
      default -> {
        text.append(name).append(".a := ").append(term(List.of(), 2)).append('\n');
        clauses(text, () -> name + ".b[" + head() + "] := " + head());
      }
    }
  }

  private void function(String name, StringBuilder text) {
    arity = 1 + random.nextInt(2);
    List<String> parameters = new ArrayList<>();
    List<String> bound = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      String v = fresh();
      bound.add(v);
      parameters.add(v);
    }
    if (random.nextInt(4) == 0) {
      String any = arity == 1 ? "_" : "_, _";
      text.append("default %s(%s) := %s%n".formatted(name, any, value(1)));
    }
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      List<String> patterns = new ArrayList<>();
      for (String p : parameters) {
        patterns.add(
            switch (random.nextInt(6)) {
              case 0 -> "[" + p + ", _]";
              case 1 -> "{\"a\": " + p + "}";
              default -> p;
            });
      }
      elses(name, "(" + String.join(", ", patterns) + ")", bound, text);
    }
  }

  private void elses(String name, String parameters, List<String> bound, StringBuilder text) {
    text.append(
        "%s%s := %s if {%n  %s%n}"
            .formatted(name, parameters, term(bound, 2), body(bound, 2, "\n  ")));
    for (int n = random.nextInt(3); n > 0; n--) {
      text.append(" else := %s if {%n  %s%n}".formatted(term(bound, 2), body(bound, 2, "\n  ")));
    }
    if (random.nextInt(3) == 0) {
      text.append(" else := ").append(value(1));
    }
    text.append('\n');
  }

  /** A literal that binds a variable. */
  private String binding(String v, List<String> bound, int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> "some " + v + " in " + collection(bound, depth);
      case 1 -> "some " + v + ", _ in " + collection(bound, depth);
      case 2 -> "some " + v + "; " + collection(bound, 1) + "[" + v + "]";
      case 3 -> v + " := " + collection(bound, 1) + "[_]";
      case 4 -> "[" + v + ", _] = " + document();
      default -> v + " := " + term(bound, depth);
    };
  }

  private String body(List<String> given, int depth, String separator) {
    List<String> bound = new ArrayList<>(given);
    List<String> literals = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      if (random.nextInt(2) == 0) {
        String v = fresh();
        literals.add(binding(v, bound, depth));
        literals.add(v + " == " + v);
        bound.add(v);
      } else {
        literals.add(test(bound, depth));
      }
    }
    return String.join(separator, literals);
  }

  private String test(List<String> bound, int depth) {
    if (depth <= 0) {
      return simple(bound);
    }
    return switch (random.nextInt(9)) {
      case 0 -> "not " + simple(bound);
      case 1 -> {
        String v = fresh();
        List<String> inner = new ArrayList<>(bound);
        inner.add(v);
        yield "every %s in %s { %s }"
            .formatted(
                v, collection(bound, 1), v + " == " + v + "; " + body(inner, depth - 1, "; "));
      }
      case 2 -> simple(bound) + " with input." + key() + " as " + term(bound, 1);
      case 3 -> simple(bound) + " with input as " + term(bound, 1);
      case 4 -> simple(bound) + " with data." + key() + " as " + term(bound, 1);
      case 5 ->
          values.isEmpty()
              ? simple(bound)
              : simple(bound) + " with " + pick(values) + " as " + term(bound, 1);
      case 6 -> replacedFunction(bound);
      default -> simple(bound);
    };
  }

  private String replacedFunction(List<String> bound) {
    if (functions.isEmpty() || random.nextInt(3) == 0) {
      return simple(bound) + " with count as " + (random.nextBoolean() ? "1" : "is_string");
    }
    return simple(bound) + " with " + pick(List.copyOf(functions.keySet())) + " as " + value(1);
  }

  private String simple(List<String> bound) {
    return switch (random.nextInt(5)) {
      case 0 -> term(bound, 2);
      case 1 -> document() + " = " + term(bound, 1);
      case 2 -> term(bound, 1) + " " + pick(ORDER) + " " + term(bound, 1);
      default -> document() + " " + pick(BINARY) + " " + term(bound, 1);
    };
  }

  private String term(List<String> bound, int depth) {
    int kind = random.nextInt(depth <= 0 ? 5 : 12);
    return switch (kind) {
      case 0 -> value(depth > 1 ? 1 : 0).toString();
      case 1, 2 -> bound.isEmpty() ? collection(bound, 0) : pick(bound);
      case 3, 4 -> collection(bound, depth);
      case 5 -> comprehension(bound, depth - 1);
      case 6 -> pick(LANGUAGE).formatted(term(bound, depth - 1));
      case 7 -> functions.isEmpty() ? collection(bound, depth) : call(bound, depth);
      case 8 -> collection(bound, 0) + "[" + term(bound, depth - 1) + "]";
      case 9 -> "{\"%s\": %s}".formatted(key(), term(bound, depth - 1));
      case 10 -> "[%s, %s]".formatted(term(bound, depth - 1), term(bound, depth - 1));
      default -> bound.isEmpty() ? collection(bound, depth) : pick(bound) + "." + key();
    };
  }

  private String call(List<String> bound, int depth) {
    String name = pick(List.copyOf(functions.keySet()));
    List<String> arguments = new ArrayList<>();
    for (int i = functions.getOrDefault(name, 1); i > 0; i--) {
      arguments.add(term(bound, depth - 1));
    }
    return name + "(" + String.join(", ", arguments) + ")";
  }

  private String comprehension(List<String> bound, int depth) {
    String v = fresh();
    String body = binding(v, bound, depth);
    List<String> inner = new ArrayList<>(bound);
    inner.add(v);
    if (random.nextBoolean()) {
      body += "; " + body(inner, depth - 1, "; ");
    }
    return switch (random.nextInt(3)) {
      case 0 -> "[%s | %s]".formatted(v, body);
      case 1 -> "{%s | %s}".formatted(v, body);
      default -> "{%s: %s | %s}".formatted(v, term(inner, 0), body);
    };
  }

  private String collection(List<String> bound, int depth) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "input." + key();
      case 2 -> "data." + key();
      case 3, 4 ->
          values.isEmpty() ? "input" : pick(values) + (random.nextInt(3) == 0 ? "." + key() : "");
      default -> bound.isEmpty() || depth <= 0 ? "input." + key() + "." + key() : pick(bound);
    };
  }

  /** A place whose type is not known before evaluation. */
  private String document() {
    String root = random.nextBoolean() ? "input" : "data";
    return root + "." + key() + (random.nextBoolean() ? "[_]" : "");
  }

  private ObjectValue document(int depth) {
    ObjectValue.Builder object = ObjectValue.builder();
    KEYS.forEach(k -> object.put(k, value(depth)));
    return object.build();
  }

  private Value value(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 9)) {
      case 0 -> BooleanValue.of(random.nextBoolean());
      case 1 -> random.nextInt(4) == 0 ? NullValue.NULL : NumberValue.of(random.nextInt(3));
      case 2, 3 -> StringValue.of(key());
      case 4 -> NumberValue.of(random.nextInt(3));
      case 5, 6 -> {
        List<Value> elements = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
          elements.add(value(depth - 1));
        }
        yield ArrayValue.of(elements);
      }
      default -> {
        ObjectValue.Builder object = ObjectValue.builder();
        for (int n = random.nextInt(4); n > 0; n--) {
          object.put(key(), value(depth - 1));
        }
        yield object.build();
      }
    };
  }

  private String key() {
    return pick(KEYS);
  }

  private String fresh() {
    return "v" + variables++;
  }

  private <T extends @Nullable Object> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
