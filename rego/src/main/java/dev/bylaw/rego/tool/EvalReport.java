package dev.bylaw.rego.tool;

import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a query gave, in the shapes of {@code opa eval}. */
public final class EvalReport {
  private EvalReport() {}

  /** The expressions of a query, where and as they were written. */
  public record Asked(List<Span> expressions) {
    public Asked {
      expressions = List.copyOf(expressions);
    }

    private ObjectValue expression(int i, Value value) {
      Span span = expressions.get(i);
      return ObjectValue.builder(3)
          .put("value", JsonText.sorted(value))
          .put("text", span.text())
          .put("location", place(span.position().line(), span.position().column()))
          .build();
    }
  }

  /**
   * The object that {@code --format json} prints: {@code {"result": [{"expressions": […],
   * "bindings": {…}}]}}, or one without a result for undefined.
   *
   * @param more what else it has: metrics, coverage
   */
  public static ObjectValue json(List<Query.Solution> solutions, Asked asked, ObjectValue more) {
    ObjectValue.Builder report = ObjectValue.builder();
    if (!solutions.isEmpty()) {
      report.put("result", ArrayValue.of(solutions.stream().map(s -> row(s, asked)).toList()));
    }
    more.forEach(report::put);
    return report.build();
  }

  private static Value row(Query.Solution s, Asked asked) {
    List<Value> expressions = new ArrayList<>();
    for (int i = 0; i < s.values().size(); i++) {
      expressions.add(asked.expression(i, s.values().get(i)));
    }
    ObjectValue.Builder row = ObjectValue.builder(2);
    row.put("expressions", ArrayValue.of(expressions));
    if (!s.bindings().isEmpty()) {
      row.put("bindings", JsonText.sorted(bound(s)));
    }
    return row.build();
  }

  private static ObjectValue bound(Query.Solution s) {
    ObjectValue.Builder bindings = ObjectValue.builder();
    new TreeMap<>(s.bindings()).forEach(bindings::put);
    return bindings.build();
  }

  /** {@code --format discard}: whether there is a result. */
  public static ObjectValue discarded(List<Query.Solution> solutions, ObjectValue more) {
    ObjectValue.Builder report = ObjectValue.builder();
    if (!solutions.isEmpty()) {
      report.put("result", "discarded");
    }
    more.forEach(report::put);
    return report.build();
  }

  /** {@code --format values}: the values of each solution. */
  public static String values(List<Query.Solution> solutions) {
    var out = new StringBuilder();
    solutions.forEach(s -> out.append(text(ArrayValue.of(s.values()))));
    return out.toString();
  }

  /** {@code --format bindings}: the variables of each solution. */
  public static String bindings(List<Query.Solution> solutions) {
    var out = new StringBuilder();
    solutions.forEach(s -> out.append(text(bound(s))));
    return out.toString();
  }

  /** A value as it is printed, with the line's end. */
  public static String text(Value value) {
    return JsonText.pretty(value) + "\n";
  }

  /** A report as it is printed, its parts in the order of {@code opa}'s, with the line's end. */
  public static String report(Value value) {
    return JsonText.report(value) + "\n";
  }

  private static ObjectValue place(int row, int column) {
    return ObjectValue.of("row", NumberValue.of(row), "col", NumberValue.of(column));
  }

  /** A place in a file; a query has none. */
  private static ObjectValue place(Span span) {
    String file = span.source().name();
    return ObjectValue.builder(3)
        .put("file", file.equals("query") ? "" : file)
        .put("row", NumberValue.of(span.position().line()))
        .put("col", NumberValue.of(span.position().column()))
        .build();
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
  public static String pretty(List<Query.Solution> solutions, Asked asked) {
    if (solutions.isEmpty()) {
      return "undefined\n";
    }
    Query.Solution first = solutions.getFirst();
    boolean plain = first.bindings().isEmpty();
    if (plain && solutions.size() == 1 && first.values().size() == 1) {
      return text(first.values().getFirst());
    }
    // In order of what stands above them, as `opa` has it.
    TreeMap<String, Function<Query.Solution, @Nullable Value>> columns = new TreeMap<>();
    for (int i = 0; i < first.values().size(); i++) {
      if (shown(solutions, i)) {
        int place = i;
        columns.put(asked.expressions().get(i).text(), s -> s.values().get(place));
      }
    }
    first.bindings().keySet().forEach(name -> columns.put(name, s -> s.bindings().get(name)));
    var table = new TextTable(List.copyOf(columns.keySet()));
    for (Query.Solution s : solutions) {
      List<String> row = new ArrayList<>();
      for (Function<Query.Solution, @Nullable Value> column : columns.values()) {
        Value bound = column.apply(s);
        row.add(bound == null ? "" : JsonText.compact(bound));
      }
      table.row(row);
    }
    return table.toString();
  }

  /** An expression is worth a column if it is not just true everywhere. */
  private static boolean shown(List<Query.Solution> solutions, int i) {
    return solutions.stream().anyMatch(s -> !s.values().get(i).equals(BooleanValue.TRUE));
  }

  /** Mistakes as {@code {"errors": […]}}. */
  public static ObjectValue errors(List<Diagnostic> diagnostics) {
    List<Value> all = new ArrayList<>();
    for (Diagnostic d : diagnostics) {
      var position = d.span().position();
      ObjectValue.Builder one = ObjectValue.builder(5);
      one.put("message", d.message());
      one.put("code", d.code());
      one.put("location", place(d.span()));
      if (d.code().equals("rego_parse_error")) {
        ObjectValue.Builder details = ObjectValue.builder(2);
        details.put("line", d.span().source().line(position.line()));
        details.put("idx", NumberValue.of(position.column() - 1));
        one.put("details", details.build());
      }
      if (!d.hint().isEmpty()) {
        one.put("hint", d.hint());
      }
      all.add(one.build());
    }
    return ObjectValue.of("errors", ArrayValue.of(all));
  }

  /** A failure outside of Rego, as {@code {"errors": […]}}. */
  public static ObjectValue error(String message) {
    return ObjectValue.of(
        "errors", ArrayValue.of(ObjectValue.of("message", StringValue.of(message))));
  }

  /** Errors of builtins that did not end an evaluation, as {@code {"errors": […]}}. */
  public static ObjectValue errors(PreparedQuery.Answer answer) {
    return ObjectValue.of(
        "errors", ArrayValue.of(answer.errors().stream().map(EvalReport::one).toList()));
  }

  /** An evaluation that failed, as {@code {"errors": […]}}. */
  public static ObjectValue error(EvaluationException e) {
    return ObjectValue.of("errors", ArrayValue.of(one(e)));
  }

  private static ObjectValue one(EvaluationException e) {
    ObjectValue.Builder one = ObjectValue.builder(3);
    one.put("message", e.text()).put("code", e.code());
    var span = e.span();
    if (span != null) {
      one.put("location", place(span));
    }
    return one.build();
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
