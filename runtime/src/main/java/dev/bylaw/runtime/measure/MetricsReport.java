package dev.bylaw.runtime.measure;

import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.store.Store;
import dev.bylaw.store.metrics.Metrics;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The metrics of the specification, with its thresholds. Thread-safe.
 *
 * <p><em>Compliance rate</em>: attempts whose first decision lets them through, of all attempts.
 * <em>Success rate</em>: completed of ended runs, by playbook. <em>Violations</em> by severity and
 * type. <em>Coverage</em>: known actions that a rule is about, of all known actions. <em>Evaluation
 * latency</em>: p50, p95, p99.
 */
public final class MetricsReport {
  /** How good a figure is. */
  public enum Grade {
    GOOD,
    FAIR,
    POOR,
    /** There is nothing to measure yet, or no threshold. */
    NONE;

    /** The name in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A share with what it means.
   *
   * @param part how many
   * @param whole of how many
   * @param grade how good that is
   * @param meaning what the specification says of it; may be empty
   */
  public record Share(long part, long whole, Grade grade, String meaning) {
    /** In percent, to one place; empty where there is nothing to divide by. */
    public Optional<BigDecimal> percent() {
      return whole == 0
          ? Optional.empty()
          : Optional.of(
              BigDecimal.valueOf(part)
                  .multiply(BigDecimal.valueOf(100))
                  .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_EVEN));
    }

    ObjectValue toValue() {
      ObjectValue.Builder out =
          ObjectValue.builder(5)
              .put("part", NumberValue.of(part))
              .put("whole", NumberValue.of(whole));
      percent().ifPresent(it -> out.put("percent", NumberValue.of(it)));
      return out.put("grade", grade.word()).put("meaning", meaning).build();
    }
  }

  /**
   * All metrics of a time.
   *
   * @param from its first instant
   * @param to its last
   * @param compliance attempts that were let through at once
   * @param success by playbook
   * @param violations by severity, then type
   * @param trend violations by day, oldest first
   * @param coverage known actions that a rule is about
   * @param uncovered known actions that none is about
   * @param latency of evaluation; empty where there was none
   */
  public record Report(
      Instant from,
      Instant to,
      Share compliance,
      Map<String, Share> success,
      List<Count> violations,
      Map<String, Long> trend,
      Share coverage,
      Set<String> uncovered,
      Optional<Latency> latency) {
    /** The report as JSON. */
    public ObjectValue toValue() {
      ObjectValue.Builder runs = ObjectValue.builder();
      success.forEach((name, share) -> runs.put(name, share.toValue()));
      ObjectValue.Builder days = ObjectValue.builder();
      trend.forEach((day, count) -> days.put(day, NumberValue.of(count)));
      ObjectValue.Builder out =
          ObjectValue.builder(9)
              .put("from", from.toString())
              .put("to", to.toString())
              .put("policy_compliance_rate", compliance.toValue())
              .put("playbook_success_rate", runs.build())
              .put(
                  "policy_violations",
                  ArrayValue.of(violations.stream().map(Count::toValue).toList()))
              .put("violations_by_day", days.build())
              .put("policy_coverage", coverage.toValue())
              .put("uncovered_actions", Value.of(List.copyOf(uncovered)));
      latency.ifPresent(it -> out.put("policy_evaluation_latency", it.toValue()));
      return out.build();
    }
  }

  /**
   * Violations of one severity and type.
   *
   * @param severity {@code critical}, {@code high}, {@code medium}, {@code low}
   * @param type of the rule
   * @param count how many
   */
  public record Count(String severity, String type, long count) {
    ObjectValue toValue() {
      return ObjectValue.builder(3)
          .put("severity", severity)
          .put("type", type)
          .put("count", NumberValue.of(count))
          .build();
    }
  }

  /**
   * How long evaluation took.
   *
   * @param count how many evaluations
   * @param p50 half of them took no longer
   * @param p95 of a hundred, ninety-five
   * @param p99 of a hundred, ninety-nine
   * @param grade by p95
   */
  public record Latency(long count, Duration p50, Duration p95, Duration p99, Grade grade) {
    ObjectValue toValue() {
      return ObjectValue.builder(5)
          .put("count", NumberValue.of(count))
          .put("p50_ns", NumberValue.of(p50.toNanos()))
          .put("p95_ns", NumberValue.of(p95.toNanos()))
          .put("p99_ns", NumberValue.of(p99.toNanos()))
          .put("grade", grade.word())
          .build();
    }
  }

  private final String identity;
  private final Supplier<PolicySet> policies;
  private final Supplier<Set<String>> actions;
  private final Store store;
  private final InstantSource clock;

  /**
   * Metrics.
   *
   * @param actions the names of all known actions
   */
  public MetricsReport(
      String identity,
      Supplier<PolicySet> policies,
      Supplier<Set<String>> actions,
      Store store,
      InstantSource clock) {
    this.identity = identity;
    this.policies = policies;
    this.actions = actions;
    this.store = store;
    this.clock = clock;
  }

  /** The metrics of the last so many days, today among them. */
  public Report last(int days) {
    store.settle();
    Instant to = clock.instant();
    Instant from = to.minus(Duration.ofDays(Math.max(0, days - 1L)));
    return store.read(snapshot -> report(snapshot.metrics(), from, to));
  }

  private Report report(Metrics metrics, Instant from, Instant to) {
    Metrics.Ratio compliance = metrics.compliance(identity, from, to);
    Map<String, Share> success = new LinkedHashMap<>();
    metrics.success(identity, from, to).forEach((name, ratio) -> success.put(name, success(ratio)));
    Map<List<String>, Long> kinds = new LinkedHashMap<>();
    Map<String, Long> trend = new TreeMap<>();
    for (Metrics.Violations each : metrics.violations(identity, from, to)) {
      kinds.merge(List.of(each.severity(), each.type()), each.count(), Long::sum);
      trend.merge(each.day().toString(), each.count(), Long::sum);
    }
    List<Count> violations = new ArrayList<>();
    kinds.forEach((kind, count) -> violations.add(new Count(kind.get(0), kind.get(1), count)));
    violations.sort(
        Comparator.comparingInt((Count it) -> SEVERITIES.indexOf(it.severity()))
            .thenComparing(Count::type));
    Set<String> known = new TreeSet<>(actions.get());
    known.addAll(metrics.actions(identity, from, to).keySet());
    Set<String> uncovered = new TreeSet<>(known);
    uncovered.removeIf(policies.get()::covers);
    return new Report(
        from,
        to,
        compliance(compliance),
        success,
        violations,
        trend,
        coverage(known.size() - uncovered.size(), known.size()),
        uncovered,
        metrics.latency(identity, from, to).map(MetricsReport::latency));
  }

  private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");

  private static Share compliance(Metrics.Ratio ratio) {
    double percent = ratio.value().orElse(Double.NaN) * 100;
    Grade grade = grade(percent, 95, 90);
    String meaning =
        switch (grade) {
          case GOOD -> "above 95 %: playbooks and policies agree";
          case FAIR -> "between 90 % and 95 %";
          case POOR -> "below 90 %: policies are too strict, or playbooks often go against them";
          case NONE -> "";
        };
    return new Share(ratio.part(), ratio.whole(), grade, meaning);
  }

  private static Share success(Metrics.Ratio ratio) {
    double percent = ratio.value().orElse(Double.NaN) * 100;
    Grade grade = Double.isNaN(percent) ? Grade.NONE : percent < 80 ? Grade.POOR : Grade.GOOD;
    return new Share(
        ratio.part(),
        ratio.whole(),
        grade,
        grade == Grade.POOR ? "below 80 %: the playbook handles too few errors" : "");
  }

  private static Share coverage(long part, long whole) {
    double percent = whole == 0 ? Double.NaN : part * 100.0 / whole;
    Grade grade = Double.isNaN(percent) ? Grade.NONE : percent < 70 ? Grade.POOR : Grade.GOOD;
    String meaning =
        grade == Grade.POOR
            ? "below 70 %: there are gaps"
            : percent == 100 ? "complete; make sure that no rule says how a thing is done" : "";
    return new Share(part, whole, grade, meaning);
  }

  private static Latency latency(Metrics.Latency it) {
    long p95 = it.p95().toMillis();
    Grade grade = p95 < 50 ? Grade.GOOD : p95 <= 500 ? Grade.FAIR : Grade.POOR;
    return new Latency(it.count(), it.p50(), it.p95(), it.p99(), grade);
  }

  private static Grade grade(double percent, double good, double poor) {
    if (Double.isNaN(percent)) {
      return Grade.NONE;
    }
    return percent > good ? Grade.GOOD : percent < poor ? Grade.POOR : Grade.FAIR;
  }
}
