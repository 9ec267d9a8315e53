package dev.bylaw.store.metrics;

import dev.bylaw.store.sql.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers the metrics. Every question is asked for the days (UTC) from one instant to another, both
 * inclusive.
 */
public final class Metrics {
  private static final String RANGE =
      " FROM metric WHERE identity = ? AND name = ? AND day BETWEEN ? AND ?";

  private final Session session;

  public Metrics(Session session) {
    this.session = session;
  }

  /**
   * A part of a whole.
   *
   * @param part how many of them
   * @param whole how many in all
   */
  public record Ratio(long part, long whole) {
    /** From 0 to 1; empty where there is nothing to divide by. */
    public OptionalDouble value() {
      return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / (double) whole);
    }
  }

  /**
   * Violations of one day.
   *
   * @param day which, UTC
   * @param severity of the rule
   * @param type its family or category
   * @param count how many
   */
  public record Violations(LocalDate day, String severity, String type, long count) {}

  /**
   * How often an action was seen.
   *
   * @param covered when a rule's pattern covered it
   * @param uncovered when none did
   */
  public record Seen(long covered, long uncovered) {}

  /**
   * How long evaluations took.
   *
   * @param count how many
   * @param p50 half of them took no longer
   * @param p95 of a hundred, ninety-five
   * @param p99 of a hundred, ninety-nine
   */
  public record Latency(long count, Duration p50, Duration p95, Duration p99) {}

  /** Attempts whose first decision was {@code allow} or {@code warn}, of all attempts. */
  public Ratio compliance(String identity, Instant from, Instant to) {
    long allowed = 0;
    long all = 0;
    for (var effect : attempts(identity, from, to).entrySet()) {
      all += effect.getValue();
      if (effect.getKey().equals("allow") || effect.getKey().equals("warn")) {
        allowed += effect.getValue();
      }
    }
    return new Ratio(allowed, all);
  }

  /** Attempts by the effect of their first decision. */
  public SortedMap<String, Long> attempts(String identity, Instant from, Instant to) {
    SortedMap<String, Long> found = new TreeMap<>();
    session.each(
        "SELECT label, SUM(total)" + RANGE + " GROUP BY label",
        row -> found.put(row.getString(1), row.getLong(2)),
        identity,
        Counting.ATTEMPT,
        Counting.day(from),
        Counting.day(to));
    return found;
  }

  /** Completed runs of ended ones by playbook; cancelled runs do not count. */
  public SortedMap<String, Ratio> success(String identity, Instant from, Instant to) {
    SortedMap<String, Ratio> found = new TreeMap<>();
    session.each(
        "SELECT label, SUM(CASE WHEN sublabel = 'completed' THEN total ELSE 0 END),"
            + " SUM(CASE WHEN sublabel = 'cancelled' THEN 0 ELSE total END)"
            + RANGE
            + " GROUP BY label",
        row -> found.put(row.getString(1), new Ratio(row.getLong(2), row.getLong(3))),
        identity,
        Counting.RUN,
        Counting.day(from),
        Counting.day(to));
    return found;
  }

  /** Violations by day, severity and type, oldest day first. */
  public List<Violations> violations(String identity, Instant from, Instant to) {
    return session.list(
        "SELECT day, label, sublabel, total" + RANGE + " ORDER BY day, label, sublabel",
        row ->
            new Violations(
                LocalDate.ofEpochDay(row.getLong(1)),
                row.getString(2),
                row.getString(3),
                row.getLong(4)),
        identity,
        Counting.VIOLATION,
        Counting.day(from),
        Counting.day(to));
  }

  /** The actions that were seen, and whether rules covered them. */
  public SortedMap<String, Seen> actions(String identity, Instant from, Instant to) {
    SortedMap<String, Seen> found = new TreeMap<>();
    session.each(
        "SELECT label, SUM(CASE WHEN sublabel = 'covered' THEN total ELSE 0 END),"
            + " SUM(CASE WHEN sublabel = 'covered' THEN 0 ELSE total END)"
            + RANGE
            + " GROUP BY label",
        row -> found.put(row.getString(1), new Seen(row.getLong(2), row.getLong(3))),
        identity,
        Counting.ACTION,
        Counting.day(from),
        Counting.day(to));
    return found;
  }

  /** How long evaluations took; empty where there was none. */
  public Optional<Latency> latency(String identity, Instant from, Instant to) {
    Map<Integer, Long> counts = new HashMap<>();
    session.each(
        "SELECT label, SUM(total)" + RANGE + " GROUP BY label",
        row -> counts.put(Integer.parseInt(row.getString(1)), row.getLong(2)),
        identity,
        Counting.LATENCY,
        Counting.day(from),
        Counting.day(to));
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    if (all == 0) {
      return Optional.empty();
    }
    List<Integer> buckets = new ArrayList<>(counts.keySet());
    buckets.sort(null);
    return Optional.of(
        new Latency(
            all,
            percentile(buckets, counts, all, 50),
            percentile(buckets, counts, all, 95),
            percentile(buckets, counts, all, 99)));
  }

  private static Duration percentile(
      List<Integer> buckets, Map<Integer, Long> counts, long all, int percent) {
    long wanted = (all * percent + 99) / 100;
    long seen = 0;
    int last = 0;
    for (int bucket : buckets) {
      last = bucket;
      seen += counts.getOrDefault(bucket, 0L);
      if (seen >= wanted) {
        break;
      }
    }
    return Duration.ofNanos(Latencies.most(last));
  }
}
