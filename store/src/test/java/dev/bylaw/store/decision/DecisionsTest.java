package dev.bylaw.store.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of decisions, part of which may be in memory alone for a moment. */
class DecisionsTest {
  @TempDir Path dir;

  private Store open() {
    return Store.open(StoreOptions.in(dir));
  }

  private static KeptDecision decision(String id, String identity, String key) {
    return new KeptDecision(
        id, identity, "bot", key, "pay", "digest", "allow", "", Instant.ofEpochMilli(1_000), "");
  }

  @Test
  void theFirstDecisionOnAnAttemptIsToldApartInOneWorkInLaterOnesAndAfterOpeningAgain() {
    try (Store store = open()) {
      store.transact(tx -> {
        assertThat(tx.decisions().record(decision("d1", "acme", "k"))).isTrue();
        assertThat(tx.decisions().record(decision("d2", "acme", "k"))).isFalse();
        return tx.decisions().record(decision("d3", "other", "k"));
      });
      boolean again = store.transact(tx -> tx.decisions().record(decision("d4", "acme", "k")));
      assertThat(again).isFalse();
    }
    try (Store store = open()) {
      boolean again = store.transact(tx -> tx.decisions().record(decision("d5", "acme", "k")));
      assertThat(again).isFalse();
      Integer kept = store.read(snapshot -> snapshot.decisions().ofKey("acme", "k").size());
      assertThat(kept).isEqualTo(4);
    }
  }

  @Test
  void anAttemptOfAWorkThatFailedWasNone() {
    try (Store store = open()) {
      assertThatThrownBy(() ->
              store.transact(tx -> {
                tx.decisions().record(decision("d1", "acme", "k"));
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
      boolean first = store.transact(tx -> tx.decisions().record(decision("d2", "acme", "k")));
      assertThat(first).isTrue();
      Optional<KeptDecision> none = store.read(snapshot -> snapshot.decisions().find("acme", "d1"));
      assertThat(none).isEmpty();
    }
  }

  @Test
  void anOutcomeIsReportedOnceAndByNobodyElse() {
    try (Store store = open()) {
      store.transact(tx -> tx.decisions().record(decision("d1", "acme", "k")));
      boolean others = store.transact(tx -> tx.decisions().report("other", "d1", "done"));
      boolean first = store.transact(tx -> tx.decisions().report("acme", "d1", "done"));
      boolean second = store.transact(tx -> tx.decisions().report("acme", "d1", "failed"));
      assertThat(others).isFalse();
      assertThat(first).isTrue();
      assertThat(second).isFalse();
      String outcome =
          store.transact(tx -> tx.decisions().find("acme", "d1").orElseThrow().outcome());
      assertThat(outcome).isEqualTo("done");
    }
  }

  @Test
  void aReportOfAWorkThatFailedWasNone() {
    try (Store store = open()) {
      store.transact(tx -> tx.decisions().record(decision("d1", "acme", "k")));
      assertThatThrownBy(() ->
              store.transact(tx -> {
                tx.decisions().report("acme", "d1", "done");
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
      boolean reported = store.transact(tx -> tx.decisions().report("acme", "d1", "failed"));
      assertThat(reported).isTrue();
    }
  }
}
