package dev.bylaw.rego.tool;

import dev.bylaw.rego.bench.QueryBench;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.tool.Explanation.Detail;
import dev.bylaw.rego.tool.TestRunner.CaseResult;
import dev.bylaw.rego.tool.TestRunner.Outcome;
import dev.bylaw.rego.tool.TestRunner.Result;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of tests, in the shapes of {@code opa test}. */
public final class TestReport {
  private TestReport() {}

  /** For people: each test that did not pass, or each test, and how many passed. */
  public static String pretty(List<Result> results, boolean verbose) {
    return pretty(results, verbose, null, false);
  }

  /**
   * For people: each test that did not pass, or each test, why those that were explained did not,
   * and how many passed.
   *
   * @param detail of explanations; null for none
   * @param gobench whether what was measured is told in the form of Go's benchmarks
   */
  public static String pretty(
      List<Result> results, boolean verbose, @Nullable Detail detail, boolean gobench) {
    if (results.isEmpty()) {
      return "";
    }
    var out = new StringBuilder();
    boolean told = false;
    for (Result r : results) {
      if (r.bench() != null) {
        out.append(QueryBench.line(r.bench(), benchName(r, gobench))).append('\n');
        told = true;
      } else if (verbose || r.outcome() != Outcome.PASS) {
        test(out, r, verbose);
        told = true;
      }
    }
    if (detail != null) {
      failures(out, results, detail);
    }
    if (told) {
      line(out);
    }
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    results.forEach(r -> count(r.outcome(), r.cases(), counts));
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    counts.forEach((outcome, n) -> out.append(outcome + ": " + n + "/" + all + "\n"));
    return out.toString();
  }

  private static void line(StringBuilder out) {
    out.repeat('-', 80).append('\n');
  }

  private static void failures(StringBuilder out, List<Result> results, Detail detail) {
    boolean any = false;
    for (Result r : results) {
      Explanation explanation = r.explanation();
      if (explanation == null || !r.failed()) {
        continue;
      }
      if (!any) {
        line(out);
        out.append("FAILURES\n");
        line(out);
        any = true;
      }
      head(out, r);
      out.append('\n');
      explanation.pretty(detail).lines().forEach(l -> out.append("  ").append(l).append('\n'));
      out.append('\n');
    }
  }

  /** {@code BenchmarkDataAuthzTestAllowed}, or as it is written. */
  private static String benchName(Result r, boolean gobench) {
    String name = r.pkg() + "." + r.name();
    if (!gobench) {
      return name;
    }
    var camel = new StringBuilder("Benchmark");
    for (String part : name.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        camel.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
      }
    }
    return camel.toString();
  }

  /** A test with cases counts as its cases. */
  private static void count(Outcome outcome, List<CaseResult> cases, Map<Outcome, Integer> counts) {
    if (cases.isEmpty()) {
      counts.merge(outcome, 1, Integer::sum);
    }
    for (CaseResult c : cases) {
      count(c.passed() ? Outcome.PASS : Outcome.FAIL, c.cases(), counts);
    }
  }

  private static void test(StringBuilder out, Result r, boolean verbose) {
    out.append(r.file()).append(':').append(r.line()).append(":\n");
    head(out, r);
    cases(out, r.cases(), "  ", verbose);
    EvaluationException error = r.error();
    if (error != null) {
      text(error).lines().forEach(l -> out.append("  ").append(l).append('\n'));
    }
    if (!r.output().isEmpty() && (verbose || r.outcome() != Outcome.SKIPPED)) {
      out.append('\n');
      r.output().forEach(line -> out.append("  ").append(line).append('\n'));
      out.append('\n');
    }
  }

  private static void head(StringBuilder out, Result r) {
    out.append(r.pkg()).append('.').append(r.name()).append(": ").append(r.outcome());
    if (r.outcome() != Outcome.SKIPPED) {
      out.append(" (").append(duration(r.nanos())).append(')');
    }
    out.append('\n');
  }

  private static String text(EvaluationException e) {
    return e.span() == null
        ? String.valueOf(e.getMessage())
        : Diagnostic.error(e.code(), e.span(), e.text()).render();
  }

  private static void cases(
      StringBuilder out, List<CaseResult> cases, String indent, boolean verbose) {
    for (CaseResult c : cases) {
      if (verbose || !c.passed()) {
        out.append(indent).append(c.name()).append(": ").append(c.passed() ? "PASS" : "FAIL");
        out.append('\n');
        cases(out, c.cases(), indent + "  ", verbose);
      }
    }
  }

  /** A length of time as Go writes it. */
  static String duration(long nanos) {
    if (nanos >= 1_000_000_000) {
      return number(nanos / 1e9) + "s";
    }
    if (nanos >= 1_000_000) {
      return number(nanos / 1e6) + "ms";
    }
    return nanos >= 1_000 ? number(nanos / 1e3) + "µs" : nanos + "ns";
  }

  private static String number(double amount) {
    return String.format(Locale.ROOT, "%.9f", amount).replaceFirst("\\.?0+$", "");
  }

  /** As {@code --format json} prints them. */
  public static ArrayValue json(List<Result> results) {
    List<Value> all = new ArrayList<>();
    results.forEach(r -> all.add(json(r)));
    return ArrayValue.of(all);
  }

  private static ObjectValue json(Result r) {
    ObjectValue.Builder one = ObjectValue.builder();
    one.put("location", place(r.file(), r.line(), 1));
    one.put("package", r.pkg()).put("name", r.name());
    EvaluationException error = r.error();
    switch (r.outcome()) {
      case PASS -> {}
      case FAIL -> one.put("fail", BooleanValue.TRUE);
      case SKIPPED -> one.put("skip", BooleanValue.TRUE);
      case ERROR -> {
        if (error != null) {
          one.put("error", error(error));
        }
      }
    }
    one.put("duration", NumberValue.of(r.nanos()));
    if (!r.output().isEmpty()) {
      String text = String.join("\n", r.output()) + "\n";
      one.put("output", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }
    if (!r.cases().isEmpty()) {
      one.put("sub_results", cases(r.cases()));
    }
    if (r.bench() != null) {
      one.put("benchmark_result", r.bench());
    }
    return one.build();
  }

  private static ObjectValue cases(List<CaseResult> cases) {
    ObjectValue.Builder all = ObjectValue.builder();
    for (CaseResult c : cases) {
      ObjectValue.Builder one = ObjectValue.builder();
      one.put("name", c.name());
      if (!c.passed()) {
        one.put("fail", BooleanValue.TRUE);
      }
      if (!c.cases().isEmpty()) {
        one.put("sub_results", cases(c.cases()));
      }
      all.put(c.name(), one.build());
    }
    return all.build();
  }

  private static ObjectValue error(EvaluationException e) {
    ObjectValue.Builder one = ObjectValue.builder();
    one.put("message", e.text()).put("code", e.code());
    var span = e.span();
    if (span != null) {
      var position = span.position();
      one.put("location", place(span.source().name(), position.line(), position.column()));
    }
    return one.build();
  }

  private static ObjectValue place(String file, int row, int column) {
    return ObjectValue.builder(3)
        .put("file", file)
        .put("row", NumberValue.of(row))
        .put("col", NumberValue.of(column))
        .build();
  }
}
