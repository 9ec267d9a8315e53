package dev.bylaw.rego.tool;

import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.util.Arrays;
import java.util.List;

/** How figures that were taken several times are spread, in the shape of {@code opa}'s. */
public final class Spread {
  private final long[] sorted;

  /** Of at least one figure. */
  public Spread(List<Long> figures) {
    sorted = figures.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** The figure below which a part lies, between two of them where it has to be. */
  public double quantile(double part) {
    double place = part * (sorted.length + 1);
    if (place < 1) {
      return sorted[0];
    }
    if (place >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    int below = (int) place;
    return sorted[below - 1] + (place - below) * (sorted[below] - sorted[below - 1]);
  }

  /** The smallest. */
  public long min() {
    return sorted[0];
  }

  /** The largest. */
  public long max() {
    return sorted[sorted.length - 1];
  }

  /** The mean. */
  public double mean() {
    return Arrays.stream(sorted).average().orElse(0);
  }

  private double deviation() {
    double mean = mean();
    return Math.sqrt(
        Arrays.stream(sorted).mapToDouble(s -> (s - mean) * (s - mean)).sum() / sorted.length);
  }

  /** For programs. */
  public ObjectValue json() {
    return ObjectValue.builder(12)
        .put("75%", NumberValue.of(quantile(0.75)))
        .put("90%", NumberValue.of(quantile(0.9)))
        .put("95%", NumberValue.of(quantile(0.95)))
        .put("99%", NumberValue.of(quantile(0.99)))
        .put("99.9%", NumberValue.of(quantile(0.999)))
        .put("99.99%", NumberValue.of(quantile(0.9999)))
        .put("count", NumberValue.of(sorted.length))
        .put("max", NumberValue.of(max()))
        .put("mean", NumberValue.of(mean()))
        .put("median", NumberValue.of(quantile(0.5)))
        .put("min", NumberValue.of(min()))
        .put("stddev", NumberValue.of(deviation()))
        .build();
  }

  /** For people, in a table with {@link #HEADER}. */
  public List<String> row() {
    return List.of(
        String.valueOf(min()),
        String.valueOf(max()),
        NumberValue.of(mean()).toString(),
        NumberValue.of(quantile(0.9)).toString(),
        NumberValue.of(quantile(0.99)).toString());
  }

  /** The names of the columns of {@link #row}. */
  public static final List<String> HEADER = List.of("Min", "Max", "Mean", "90%", "99%");
}
