package dev.bylaw.rego.tool;

import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a query gave, in the shapes of {@code opa eval}. */
public final class EvalReport {
  private EvalReport() {}

  /**
   * The object that {@code --format json} prints: {@code {"result": [{"expressions": […],
   * "bindings": {…}}]}}, or an empty one for undefined.
   *
   * @param query the text, cut into its expressions where there is more than one
   */
  public static ObjectValue json(List<Query.Solution> solutions, List<String> query) {
    if (solutions.isEmpty()) {
      return ObjectValue.EMPTY;
    }
    List<Value> rows = new ArrayList<>();
    for (Query.Solution s : solutions) {
      List<Value> expressions = new ArrayList<>();
      for (int i = 0; i < s.values().size(); i++) {
        String text = i < query.size() ? query.get(i) : String.join("; ", query);
        expressions.add(
            ObjectValue.builder(3)
                .put("value", s.values().get(i))
                .put("text", text)
                .put("location", place(1, 1))
                .build());
      }
      ObjectValue.Builder row = ObjectValue.builder(2);
      row.put("expressions", ArrayValue.of(expressions));
      if (!s.bindings().isEmpty()) {
        ObjectValue.Builder bindings = ObjectValue.builder();
        s.bindings().forEach(bindings::put);
        row.put("bindings", bindings.build());
      }
      rows.add(row.build());
    }
    return ObjectValue.of("result", ArrayValue.of(rows));
  }

  private static ObjectValue place(int row, int column) {
    return ObjectValue.of("row", NumberValue.of(row), "col", NumberValue.of(column));
  }

  /** {@code --format raw}: the values, one a line; strings without quotes. */
  public static String raw(List<Query.Solution> solutions) {
    var out = new StringBuilder();
    for (Query.Solution s : solutions) {
      List<String> line = new ArrayList<>();
      s.values()
          .forEach(v -> line.add(v instanceof StringValue t ? t.text() : JsonText.compact(v)));
      out.append(String.join(" ", line)).append('\n');
    }
    return out.toString();
  }

  /** {@code --format pretty}: one value as JSON; several bindings as a table. */
  public static String pretty(List<Query.Solution> solutions) {
    if (solutions.isEmpty()) {
      return "undefined\n";
    }
    boolean plain = solutions.stream().allMatch(s -> s.bindings().isEmpty());
    if (plain && solutions.size() == 1 && solutions.getFirst().values().size() == 1) {
      return JsonText.pretty(solutions.getFirst().values().getFirst()) + "\n";
    }
    List<List<String>> table = new ArrayList<>();
    Map<String, Value> first = new TreeMap<>(solutions.getFirst().bindings());
    List<String> header = new ArrayList<>(first.keySet());
    int values = plain ? solutions.getFirst().values().size() : 0;
    for (int i = 0; i < values; i++) {
      header.add("expr " + (i + 1));
    }
    table.add(header);
    for (Query.Solution s : solutions) {
      List<String> row = new ArrayList<>();
      for (String name : first.keySet()) {
        Value bound = s.bindings().get(name);
        row.add(bound == null ? "" : JsonText.compact(bound));
      }
      s.values().stream().limit(values).forEach(v -> row.add(JsonText.compact(v)));
      table.add(row);
    }
    return drawn(table);
  }

  private static String drawn(List<List<String>> table) {
    int columns = table.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : table) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var line = new StringBuilder("+");
    for (int w : widths) {
      line.append("-".repeat(w + 2)).append('+');
    }
    var out = new StringBuilder(line).append('\n');
    for (int r = 0; r < table.size(); r++) {
      out.append('|');
      for (int i = 0; i < columns; i++) {
        String cell = table.get(r).get(i);
        out.append(' ').append(cell).repeat(" ", widths[i] - cell.length()).append(" |");
      }
      out.append('\n');
      if (r == 0) {
        out.append(line).append('\n');
      }
    }
    return out.append(line).append('\n').toString();
  }

  /** Mistakes as {@code {"errors": […]}}. */
  public static ObjectValue errors(List<Diagnostic> diagnostics) {
    List<Value> all = new ArrayList<>();
    for (Diagnostic d : diagnostics) {
      var position = d.span().position();
      all.add(
          ObjectValue.builder(3)
              .put("message", d.message())
              .put("code", d.code())
              .put(
                  "location",
                  ObjectValue.builder(3)
                      .put("file", d.span().source().name())
                      .put("row", NumberValue.of(position.line()))
                      .put("col", NumberValue.of(position.column()))
                      .build())
              .build());
    }
    return ObjectValue.of("errors", ArrayValue.of(all));
  }

  /** An evaluation that failed, as {@code {"errors": […]}}. */
  public static ObjectValue error(EvaluationException e) {
    ObjectValue.Builder one = ObjectValue.builder(3);
    one.put("message", e.text()).put("code", e.code());
    var span = e.span();
    if (span != null) {
      one.put(
          "location",
          ObjectValue.builder(3)
              .put("file", span.source().name())
              .put("row", NumberValue.of(span.position().line()))
              .put("col", NumberValue.of(span.position().column()))
              .build());
    }
    return ObjectValue.of("errors", ArrayValue.of(one.build()));
  }

  /**
   * {@code opa eval}'s exit code: 0, or 1 where {@code --fail} meets undefined or {@code
   * --fail-defined} does not.
   */
  public static int exitCode(List<Query.Solution> solutions, boolean fail, boolean failDefined) {
    boolean undefined = solutions.isEmpty();
    return (fail && undefined) || (failDefined && !undefined) ? 1 : 0;
  }
}
