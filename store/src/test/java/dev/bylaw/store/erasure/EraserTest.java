package dev.bylaw.store.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.store.decision.KeptDecision;
import dev.bylaw.store.journal.Run;
import dev.bylaw.store.journal.RunStatus;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraserTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ANN = "customer-4711";
  private static final CapWindow DAY = new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneOffset.UTC);
  private static final CapCounter OF_ANN = new CapCounter("acme", "limits", "daily", ANN, "USD");

  @TempDir Path folder;

  private Store open() {
    return Store.open(StoreOptions.in(folder.resolve("store")).withClock(() -> NOON));
  }

  private static Run run(String id) {
    return new Run(
        id,
        "acme",
        "bot",
        "refund",
        "1.0",
        "sha-1",
        "1",
        RunStatus.RUNNING,
        ObjectValue.of("customer", Value.of(ANN)),
        NullValue.NULL,
        NOON,
        Optional.empty(),
        Optional.empty());
  }

  private void everything(Store store) {
    store.transact(tx -> {
      tx.journal().define("sha-1", "playbook: {}");
      for (String id : List.of("ended", "under-way")) {
        tx.journal().start(run(id));
        tx.journal().append(id, 0, List.of(Value.of("mail to " + ANN)));
        tx.journal().snapshot(id, 1, Value.of(ANN));
      }
      tx.journal().end("ended", RunStatus.COMPLETED, Value.of(ANN), NOON);
      for (String status : List.of("pending", "granted")) {
        tx.approvals()
            .put(
                new KeptApproval(
                    "approval-" + status,
                    "acme",
                    "ended",
                    "digest",
                    status,
                    NOON,
                    Optional.empty(),
                    0,
                    Value.of(ANN)));
        tx.approvals().append("approval-" + status, NOON, Value.of(ANN));
      }
      for (String key : List.of(ANN + "/1", ANN + "/2")) {
        tx.ledger("acme")
            .reserve(
                key,
                "digest",
                List.of(
                    new CapCharge(OF_ANN, BigDecimal.TEN, new BigDecimal(100), true, DAY, true)),
                NOON,
                NOON.plusSeconds(60));
        tx.ledger("acme").commit(key, Map.of());
      }
      return tx.decisions()
          .record(
              new KeptDecision(
                  "d-1", "acme", "bot", ANN + "/1", "pay", "digest", "allow", "", NOON, ""));
    });
  }

  @Test
  void erasingAPersonReachesTheJournalApprovalsAndKeysOfTheLedger() throws IOException {
    try (Store store = open()) {
      everything(store);
      Erased erased =
          store.audit().erase(new Erasure.Subject("acme", ANN, Set.of()), "dpo", "asked to");
      assertThat(erased.runs()).isEqualTo(1);
      assertThat(erased.approvals()).isEqualTo(1);
      assertThat(erased.counters()).isEqualTo(3);
      assertThat(erased.left()).containsExactlyInAnyOrder("under-way", "approval-pending");
      BigDecimal used = store.transact(tx -> tx.ledger("acme").used(OF_ANN, DAY, NOON));
      assertThat(used).as("the counter has another name now").isZero();

      store.transact(tx -> {
        tx.journal().end("under-way", RunStatus.FAILED, NOON);
        KeptApproval pending = tx.approvals().find("approval-pending").orElseThrow();
        return tx.approvals()
            .put(
                new KeptApproval(
                    pending.id(),
                    pending.identity(),
                    pending.run(),
                    pending.digest(),
                    "rejected",
                    NOON,
                    Optional.empty(),
                    pending.version(),
                    pending.value()));
      });
      Erased again =
          store.audit().erase(new Erasure.Subject("acme", ANN, Set.of()), "dpo", "asked to");
      assertThat(again.left()).isEmpty();
      assertThat(again.walCleared()).isTrue();
      try (var files = Files.list(folder.resolve("store"))) {
        for (Path file : files.toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(ANN);
        }
      }
    }
  }

  @Test
  void aRunThatHasNotEndedIsNotErased() {
    try (Store store = open()) {
      everything(store);
      assertThatThrownBy(() ->
              store
                  .audit()
                  .erase(new Erasure.Run("acme", "under-way", Set.of()), "dpo", "asked to"))
          .hasMessage("run under-way has not ended");
      Erased erased =
          store.audit().erase(new Erasure.Run("acme", "ended", Set.of()), "dpo", "asked to");
      assertThat(erased.runs()).isEqualTo(1);
      assertThat(erased.approvals()).isEqualTo(2);
    }
  }

  @Test
  void retentionDropsRunsAndApprovalsThatEndedBeforeAndKeepsWhatIsUnderWay() {
    try (Store store = open()) {
      everything(store);
    }
    Instant later = NOON.plusSeconds(86_400);
    try (Store store =
        Store.open(StoreOptions.in(folder.resolve("store")).withClock(() -> later))) {
      Retained retained = store.audit().retain("acme", later);
      assertThat(retained.runs()).isEqualTo(1);
      assertThat(retained.approvals()).isEqualTo(1);
      BigDecimal used = store.transact(tx -> tx.ledger("acme").used(OF_ANN, DAY, NOON));
      assertThat(used).as("a year's window may still ask for it").isEqualByComparingTo("20");
      List<Run> left = store.read(snapshot -> snapshot.runs().latest("acme", 10));
      assertThat(left).extracting(Run::id).containsExactly("under-way");
    }
  }

  @Test
  void aNameIsFoundInWhateverCaseAndScript() {
    try (Store store = open()) {
      for (String name : List.of("dear ZOË MÜLLER,", "ΣΟΦΊΑ", "100%_sure!")) {
        store.transact(tx ->
            tx.log("acme", LogName.POLICY)
                .append(
                    new Draft(
                        LogEvent.POLICY_DECISION, "", "", ObjectValue.of("text", Value.of(name)))));
      }
      for (String name : List.of("Zoë Müller", "Σοφία", "100%_SURE!")) {
        Erased erased =
            store.audit().erase(new Erasure.Subject("acme", name, Set.of()), "dpo", "asked to");
        assertThat(erased.records()).as(name).isEqualTo(1);
      }
    }
  }

  @Test
  void aTextTooShortToMeanAnybodyIsRefused() {
    assertThatThrownBy(() -> new Erasure.Subject("acme", " a ", Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
