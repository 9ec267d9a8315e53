package dev.bylaw.store.metrics;

import dev.bylaw.store.sql.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what the metrics are made of. Sums are gathered in memory during a batch and written once
 * at its end.
 */
public final class Counting {
  static final String ATTEMPT = "attempt";
  static final String RUN = "run_ended";
  static final String VIOLATION = "violation";
  static final String ACTION = "action";
  static final String LATENCY = "latency";

  private static final long MILLIS_A_DAY = Duration.ofDays(1).toMillis();
  private static final long LATENCIES_EVERY = Duration.ofSeconds(10).toMillis();

  /** A row of the table. */
  private record Sum(String identity, long day, String name, String label, String sublabel) {}

  private final Session session;
  private final Latencies latencies;
  private final InstantSource clock;
  private final Map<Sum, Long> pending = new HashMap<>();
  private long latenciesWritten;

  public Counting(Session session, Latencies latencies, InstantSource clock) {
    this.session = session;
    this.latencies = latencies;
    this.clock = clock;
    this.latenciesWritten = clock.millis();
    session.atBatchEnd(this::write);
  }

  /** An action was attempted: its first decision had this effect. */
  public void attempt(String identity, String effect, Instant at) {
    add(new Sum(identity, day(at), ATTEMPT, effect, ""), 1);
  }

  /** A run ended. */
  public void runEnded(String identity, String playbook, String status, Instant at) {
    add(new Sum(identity, day(at), RUN, playbook, status), 1);
  }

  /**
   * A rule was violated.
   *
   * @param severity {@code critical}, {@code high}, {@code medium} or {@code low}
   * @param type the rule's family or its pack's category
   */
  public void violation(String identity, String severity, String type, Instant at) {
    add(new Sum(identity, day(at), VIOLATION, severity, type), 1);
  }

  /**
   * An action was seen.
   *
   * @param covered whether some rule's pattern covers it
   */
  public void action(String identity, String action, boolean covered, Instant at) {
    add(new Sum(identity, day(at), ACTION, action, covered ? "covered" : "uncovered"), 1);
  }

  /** Writes down the latencies gathered so far with the next commit, however young they are. */
  public void writeLatencies() {
    latenciesWritten = Long.MIN_VALUE / 2;
  }

  static long day(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), MILLIS_A_DAY);
  }

  private void add(Sum sum, long count) {
    pending.merge(sum, count, Long::sum);
    session.onUndo(() -> pending.merge(sum, -count, Long::sum));
  }

  private void write() {
    long now = clock.millis();
    if (now - latenciesWritten >= LATENCIES_EVERY) {
      latenciesWritten = now;
      long day = Math.floorDiv(now, MILLIS_A_DAY);
      latencies.drain((identity, bucket, count) ->
          pending.merge(
              new Sum(identity, day, LATENCY, Integer.toString(bucket), ""), count, Long::sum));
    }
    pending.forEach((sum, count) -> {
      if (count != 0) {
        session.later(
            "INSERT INTO metric (identity, day, name, label, sublabel, total)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (identity, name, day, label, sublabel)"
                + " DO UPDATE SET total = metric.total + excluded.total",
            sum.identity(),
            sum.day(),
            sum.name(),
            sum.label(),
            sum.sublabel(),
            count);
      }
    });
    pending.clear();
  }
}
