package dev.bylaw.rego.differential;

import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What both engines are asked.
 *
 * @param modules by name of file
 * @param input a term in Rego; null for none
 * @param older whether the modules are of v0
 * @param strict whether an error of a builtin is one
 */
record Question(
    Map<String, String> modules,
    String query,
    ObjectValue data,
    @Nullable String input,
    boolean older,
    boolean strict) {

  /** An expression, alone. */
  static Question of(String query, @Nullable String input) {
    return new Question(Map.of(), query, ObjectValue.EMPTY, input, false, true);
  }

  /** As one line of JSON, for the oracle. */
  String line() {
    ObjectValue.Builder texts = ObjectValue.builder();
    modules.forEach(texts::put);
    ObjectValue.Builder line = ObjectValue.builder();
    line.put("modules", texts.build()).put("query", query).put("data", (Value) data);
    if (input != null) {
      line.put("input", input);
    }
    line.put("v0", BooleanValue.of(older)).put("strict", BooleanValue.of(strict));
    return JsonText.compact(line.build());
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    modules.forEach((name, text) -> out.append("--- ").append(name).append('\n').append(text));
    out.append("\n--- query: ").append(query);
    if (data.size() > 0) {
      out.append("\n--- data: ").append(data);
    }
    if (input != null) {
      out.append("\n--- input: ").append(input);
    }
    return out + (older ? "\n--- v0" : "") + (strict ? "\n--- strict" : "");
  }
}
