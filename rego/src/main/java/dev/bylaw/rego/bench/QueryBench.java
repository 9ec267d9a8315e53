package dev.bylaw.rego.bench;

import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Measures one query with one input, and reports it as {@code opa bench --format json} does: how
 * often, how long altogether, bytes allocated, and how the times of single evaluations are spread.
 */
public final class QueryBench {
  private static final String TIMER = "histogram_timer_rego_query_eval_ns_";

  private QueryBench() {}

  /**
   * Measures. The query is prepared, the input parsed; each evaluation finds all solutions.
   *
   * @param metrics whether the spread is told
   * @param memory whether allocation is told
   */
  public static ObjectValue measure(
      PreparedQuery query,
      Request request,
      long warmMillis,
      long timeMillis,
      boolean metrics,
      boolean memory) {
    return measure(() -> query.solutions(request).size(), warmMillis, timeMillis, metrics, memory);
  }

  /** Measures anything else that is done again and again. */
  public static ObjectValue measure(
      IntSupplier work, long warmMillis, long timeMillis, boolean metrics, boolean memory) {
    var bench = new Samples(1, _ -> work.getAsInt());
    try {
      bench.warm(warmMillis);
      Samples.Measured m = bench.measure(timeMillis);
      ObjectValue.Builder report = ObjectValue.builder();
      report.put("N", NumberValue.of(m.count()));
      report.put("T", NumberValue.of(m.total()));
      report.put("Bytes", NumberValue.of(0));
      report.put("MemAllocs", memory ? m.allocations(m.count()) : NullValue.NULL);
      report.put("MemBytes", memory ? NumberValue.of(m.bytes()) : NullValue.NULL);
      report.put("Extra", metrics ? spread(m) : ObjectValue.EMPTY);
      return report.build();
    } catch (JsonException e) {
      throw new IllegalStateException("the input is parsed", e);
    }
  }

  private static ObjectValue spread(Samples.Measured m) {
    return ObjectValue.builder()
        .put(TIMER + "75%", NumberValue.of(m.quantile(0.75)))
        .put(TIMER + "90%", NumberValue.of(m.quantile(0.9)))
        .put(TIMER + "95%", NumberValue.of(m.quantile(0.95)))
        .put(TIMER + "99%", NumberValue.of(m.quantile(0.99)))
        .put(TIMER + "99.9%", NumberValue.of(m.quantile(0.999)))
        .put(TIMER + "99.99%", NumberValue.of(m.quantile(0.9999)))
        .put(TIMER + "count", NumberValue.of(m.count()))
        .put(TIMER + "max", NumberValue.of(m.quantile(1)))
        .put(TIMER + "mean", NumberValue.of(m.mean()))
        .put(TIMER + "median", NumberValue.of(m.quantile(0.5)))
        .put(TIMER + "min", NumberValue.of(m.quantile(0)))
        .put(TIMER + "stddev", NumberValue.of(m.deviation()))
        .build();
  }

  /** A report in the form of Go's benchmarks. */
  public static String line(ObjectValue report) {
    return line(report, "BenchmarkRegoEval");
  }

  /** A report in the form of Go's benchmarks, under a name. */
  public static String line(ObjectValue report, String name) {
    double n = number(report, "N");
    String line =
        String.format(Locale.ROOT, "%s\t%8.0f\t%10.0f ns/op", name, n, number(report, "T") / n);
    if (report.get("MemBytes") instanceof NumberValue bytes) {
      line += String.format(Locale.ROOT, "\t%8.0f B/op", bytes.doubleValue() / n);
    }
    if (report.get("MemAllocs") instanceof NumberValue objects) {
      line += String.format(Locale.ROOT, "\t%8.0f allocs/op", objects.doubleValue() / n);
    }
    return line;
  }

  /** A report as rows of a name and a figure. */
  public static List<List<String>> rows(ObjectValue report) {
    double n = number(report, "N");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("samples", String.format(Locale.ROOT, "%.0f", n)));
    rows.add(List.of("ns/op", String.format(Locale.ROOT, "%.0f", number(report, "T") / n)));
    if (report.get("MemBytes") instanceof NumberValue bytes) {
      rows.add(List.of("B/op", String.format(Locale.ROOT, "%.0f", bytes.doubleValue() / n)));
    }
    if (report.get("MemAllocs") instanceof NumberValue objects) {
      rows.add(List.of("allocs/op", String.format(Locale.ROOT, "%.0f", objects.doubleValue() / n)));
    }
    if (report.get("Extra") instanceof ObjectValue spread) {
      spread.forEach(
          (name, value) -> rows.add(List.of(name.toString().replace("\"", ""), value.toString())));
    }
    return rows;
  }

  private static double number(ObjectValue report, String name) {
    return report.get(name) instanceof NumberValue n ? n.doubleValue() : Double.NaN;
  }
}
