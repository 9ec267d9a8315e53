package dev.bylaw.store.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.decision.KeptDecision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private Store store;
  private int ids;

  @BeforeEach
  void open() {
    store = Store.open(StoreOptions.in(folder.resolve("store")).withClock(() -> NOON));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private boolean decide(String key, String effect, Instant at) {
    String id = "d-" + ids++;
    return store.transact(tx ->
        tx.decisions()
            .record(new KeptDecision(id, "acme", "bot", key, "pay", "digest", effect, "", at, "")));
  }

  private Metrics.Ratio compliance(Instant from, Instant to) {
    return store.read(snapshot -> snapshot.metrics().compliance("acme", from, to));
  }

  @Test
  void onlyTheFirstDecisionOnAnAttemptCountsAndAWarningIsCompliant() {
    assertThat(decide("a", "require_approval", NOON)).isTrue();
    assertThat(decide("a", "allow", NOON.plusSeconds(5))).isFalse();
    decide("b", "allow", NOON);
    decide("c", "warn", NOON);
    decide("d", "block", NOON);
    decide("", "allow", NOON);
    decide("", "allow", NOON);
    assertThat(compliance(NOON, NOON)).isEqualTo(new Metrics.Ratio(4, 6));
    assertThat(compliance(NOON.minus(Duration.ofDays(1)), NOON.minus(Duration.ofDays(1))).value())
        .isEmpty();
  }

  @Test
  void violationsAreCountedByDaySeverityAndType() {
    store.transact(tx -> {
      tx.counting().violation("acme", "critical", "safety", NOON);
      tx.counting().violation("acme", "critical", "safety", NOON);
      tx.counting().violation("acme", "low", "brand", NOON.plus(Duration.ofDays(1)));
      tx.counting().violation("other", "low", "brand", NOON);
      return true;
    });
    List<Metrics.Violations> found =
        store.read(
            snapshot -> snapshot.metrics().violations("acme", NOON, NOON.plus(Duration.ofDays(7))));
    assertThat(found)
        .containsExactly(
            new Metrics.Violations(LocalDate.of(2026, 3, 1), "critical", "safety", 2),
            new Metrics.Violations(LocalDate.of(2026, 3, 2), "low", "brand", 1));
  }

  @Test
  void aWorkThatFailsIsNotCounted() {
    assertThatThrownBy(() ->
            store.transact(tx -> {
              tx.counting().attempt("acme", "allow", NOON);
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(compliance(NOON, NOON).whole()).isZero();
  }

  @Test
  void actionsAreSeenCoveredOrNot() {
    store.transact(tx -> {
      tx.counting().action("acme", "pay", true, NOON);
      tx.counting().action("acme", "mail", false, NOON);
      tx.counting().action("acme", "mail", false, NOON);
      return true;
    });
    var seen = store.read(snapshot -> snapshot.metrics().actions("acme", NOON, NOON));
    assertThat(seen)
        .containsEntry("pay", new Metrics.Seen(1, 0))
        .containsEntry("mail", new Metrics.Seen(0, 2));
  }

  @Test
  void latenciesOutliveTheProcessAndPercentilesAreWithinSixPercent() {
    for (int micros = 1; micros <= 1_000; micros++) {
      store.latencies().record("acme", micros * 1_000L);
    }
    close();
    open();
    Optional<Metrics.Latency> found =
        store.read(snapshot -> snapshot.metrics().latency("acme", NOON, NOON));
    Metrics.Latency latency = found.orElseThrow();
    assertThat(latency.count()).isEqualTo(1_000);
    assertThat(latency.p50().toNanos()).isBetween(500_000L, 535_000L);
    assertThat(latency.p95().toNanos()).isBetween(950_000L, 1_010_000L);
    assertThat(latency.p99().toNanos()).isBetween(990_000L, 1_055_000L);
  }

  @Test
  void everyNumberFallsIntoABucketThatEndsAtMostSixPercentAboveIt() {
    long seed = 5;
    var random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long nanos = Math.max(1, random.nextLong() >>> random.nextInt(1, 63));
      long top = Latencies.most(Latencies.bucket(nanos));
      assertThat(top).as("seed %d, %d", seed, nanos).isGreaterThanOrEqualTo(nanos);
      assertThat(top - nanos).as("seed %d, %d", seed, nanos).isLessThanOrEqualTo(nanos / 16 + 1);
    }
  }
}
