package dev.bylaw.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.Transaction;
import dev.bylaw.store.erasure.Erased;
import dev.bylaw.store.erasure.Erasure;
import dev.bylaw.store.log.Finding.Kind;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
  private static final String BOB = "bob@example.com";

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  private Store open() {
    return Store.open(StoreOptions.in(folder.resolve("store")).withClock(() -> now));
  }

  /** Ten decisions, numbers 4 and 7 of them about Bob. */
  private void tenRecords(Store store) {
    for (int i = 1; i <= 10; i++) {
      int number = i;
      store.transact(tx ->
          tx.log("acme", LogName.POLICY)
              .append(
                  new Draft(
                      LogEvent.POLICY_DECISION,
                      "d-" + number,
                      number <= 5 ? "run-1" : "run-2",
                      ObjectValue.builder()
                          .put("effect", "allow")
                          .put("amount", NumberValue.of(new BigDecimal("999.99")))
                          .put("to", number == 4 || number == 7 ? BOB : "nobody")
                          .build())));
      now = now.plusSeconds(60);
    }
  }

  private void tamper(String... statements) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store").resolve("bylaw.db"))) {
      for (String sql : statements) {
        try (var statement = connection.createStatement()) {
          statement.execute(sql);
        }
      }
    }
  }

  private static Set<Kind> kinds(Verification verification) {
    return verification.findings().stream().map(Finding::kind).collect(Collectors.toSet());
  }

  private Verification verify(Optional<Checkpoint> kept) {
    try (Store store = open()) {
      return store.audit().verify(kept);
    }
  }

  private Checkpoint tenSigned() {
    try (Store store = open()) {
      tenRecords(store);
      return store.audit().checkpoint();
    }
  }

  @Test
  void aLogThatNobodyTouchedHolds() {
    Checkpoint kept = tenSigned();
    Verification verification = verify(Optional.of(kept));
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.records()).isEqualTo(10);
    assertThat(verification.checkpoints()).isEqualTo(2);
  }

  @Test
  void aChangedPayloadIsFound() throws SQLException {
    tenSigned();
    tamper("UPDATE log_payload SET value = replace(value, 'allow', 'block') WHERE (id & 1023) = 3");
    Verification verification = verify(Optional.empty());
    assertThat(kinds(verification)).containsExactly(Kind.CHANGED);
    assertThat(verification.findings().getFirst().seq()).isEqualTo(3);
  }

  @Test
  void aChangedHeaderIsFound() throws SQLException {
    tenSigned();
    tamper("UPDATE log_record SET event = 'policy_violation' WHERE (id & 1023) = 3");
    assertThat(kinds(verify(Optional.empty()))).containsExactly(Kind.CHANGED);
  }

  @Test
  void aDroppedRecordIsFound() throws SQLException {
    tenSigned();
    tamper(
        "DELETE FROM log_record WHERE (id & 1023) = 5",
        "DELETE FROM log_payload WHERE (id & 1023) = 5");
    Verification verification = verify(Optional.empty());
    assertThat(kinds(verification)).containsExactly(Kind.DROPPED);
    assertThat(verification.findings().getFirst().message()).isEqualTo("record 5 is gone");
  }

  @Test
  void reorderedRecordsAreFound() throws SQLException {
    tenSigned();
    tamper(
        "UPDATE log_record SET id = id + 512 WHERE (id & 1023) = 5",
        "UPDATE log_record SET id = id - 1 WHERE (id & 1023) = 6",
        "UPDATE log_record SET id = id - 511 WHERE (id & 1023) = 517",
        "UPDATE log_payload SET id = id + 512 WHERE (id & 1023) = 5",
        "UPDATE log_payload SET id = id - 1 WHERE (id & 1023) = 6",
        "UPDATE log_payload SET id = id - 511 WHERE (id & 1023) = 517");
    Verification verification = verify(Optional.empty());
    assertThat(kinds(verification)).contains(Kind.REORDERED);
    assertThat(verification.findings())
        .extracting(Finding::message)
        .contains("record 6 stands at the place of record 5");
  }

  @Test
  void aCutTailIsFoundByTheCheckpointInTheStoreAndByOneKeptElsewhere() throws SQLException {
    Checkpoint kept = tenSigned();
    tamper(
        "DELETE FROM log_record WHERE (id & 1023) > 8",
        "DELETE FROM log_payload WHERE (id & 1023) > 8");
    assertThat(kinds(verify(Optional.empty()))).containsExactly(Kind.CUT);
    tamper("DELETE FROM log_checkpoint");
    assertThat(kinds(verify(Optional.empty()))).isEmpty();
    assertThat(kinds(verify(Optional.of(kept)))).contains(Kind.CUT);
  }

  @Test
  void aTailThatWasCutAndGrewAgainIsFoundByTheCheckpoint() throws SQLException {
    Checkpoint kept = tenSigned();
    tamper(
        "DELETE FROM log_record WHERE (id & 1023) > 8",
        "DELETE FROM log_payload WHERE (id & 1023) > 8",
        "DELETE FROM log_checkpoint");
    try (Store store = open()) {
      tenRecords(store);
    }
    assertThat(kinds(verify(Optional.of(kept)))).contains(Kind.REWRITTEN);
  }

  @Test
  void aWhollyRewrittenLogIsFoundByTheCheckpoint() throws SQLException, IOException {
    Checkpoint kept = tenSigned();
    // The forger has everything but the key: another store, then its tables in place of ours.
    Path forged = folder.resolve("forged");
    try (Store store = Store.open(StoreOptions.in(forged).withClock(() -> now))) {
      tenRecords(store);
    }
    String writer = kept.heads().getFirst().chain().writer();
    tamper(
        "ATTACH DATABASE '" + forged.resolve("bylaw.db") + "' AS forged",
        "DELETE FROM log_record",
        "DELETE FROM log_payload",
        "DELETE FROM log_checkpoint",
        "INSERT INTO log_record SELECT * FROM forged.log_record",
        "INSERT INTO log_payload SELECT * FROM forged.log_payload");
    assertThat(writer).isNotEmpty();
    assertThat(kinds(verify(Optional.of(kept)))).contains(Kind.REWRITTEN);
  }

  @Test
  void aChainThatIsGoneAltogetherIsFound() throws SQLException {
    Checkpoint kept = tenSigned();
    tamper("DELETE FROM log_record", "DELETE FROM log_payload", "DELETE FROM log_chain");
    assertThat(kinds(verify(Optional.of(kept)))).containsExactly(Kind.CUT);
  }

  @Test
  void aPayloadThatWasDeletedWithoutATombstoneIsMissing() throws SQLException {
    tenSigned();
    tamper("DELETE FROM log_payload WHERE (id & 1023) = 4");
    Verification verification = verify(Optional.empty());
    assertThat(kinds(verification)).containsExactly(Kind.MISSING);
    assertThat(verification.erased()).isZero();
  }

  @Test
  void aCheckpointThatWasChangedIsNotBelieved() throws JsonException {
    Checkpoint kept = tenSigned();
    var forged =
        Checkpoint.parse(
            Json.write(((ObjectValue) Json.parse(kept.toJson())).with("no", NumberValue.of(99))));
    assertThat(kinds(verify(Optional.of(forged)))).containsExactly(Kind.SIGNATURE);
  }

  @Test
  void erasingAPersonLeavesTheRestOfTheRecordsAndIsToldFromMissing() {
    Checkpoint kept = tenSigned();
    try (Store store = open()) {
      Erased erased =
          store
              .audit()
              .erase(new Erasure.Subject("acme", "Bob@Example.com", Set.of()), "dpo", "request 17");
      assertThat(erased.records()).isEqualTo(2);
      assertThat(erased.walCleared()).isTrue();
      List<LogRecord> records = store.read(snapshot -> snapshot.logs().ofDecision("acme", "d-4"));
      ObjectValue data = records.getFirst().payload().orElseThrow().value();
      assertThat(data.has("to")).isFalse();
      assertThat(data.text("effect")).isEqualTo("allow");
      Verification verification = store.audit().verify(Optional.of(kept));
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.erased()).isEqualTo(2);
    }
  }

  @Test
  void nothingOfAnErasedPersonIsLeftInAnyFile() throws IOException {
    tenSigned();
    try (Store store = open()) {
      store.audit().erase(new Erasure.Subject("acme", BOB, Set.of()), "dpo", "request 17");
      try (var files = Files.list(folder.resolve("store"))) {
        for (Path file : files.toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(BOB);
        }
      }
    }
  }

  @Test
  void decisionsGoOnWhileAnErasureWaitsForSomebodyWhoReads() throws Exception {
    tenSigned();
    try (Store store = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading = new CompletableFuture<Boolean>();
      var enough = new CompletableFuture<Boolean>();
      var _ =
          threads.submit(() ->
              store.read(snapshot -> {
                var last = snapshot.logs().lastCheckpoint();
                reading.complete(true);
                enough.join();
                return last;
              }));
      reading.join();
      var erasing =
          threads.submit(() ->
              store.audit().erase(new Erasure.Subject("acme", BOB, Set.of()), "dpo", "request 17"));
      while (store.audit().verify(Optional.empty()).erased() < 2) {
        Thread.sleep(1);
      }
      try {
        for (int i = 0; i < 20; i++) {
          // Far less than a connection waits for a lock.
          var _ = store.write(tx -> append(tx, "after")).get(2, TimeUnit.SECONDS);
          Thread.sleep(5);
        }
        assertThat(erasing).isNotDone();
      } finally {
        enough.complete(true);
      }
      assertThat(erasing.get().walCleared()).isTrue();
    }
  }

  @Test
  void aPersonInManyRecordsIsErasedInSmallTransactionsEachWithItsTombstone() {
    try (Store store = open()) {
      for (int i = 0; i < 250; i++) {
        store.transact(tx -> append(tx, BOB));
        store.transact(tx -> append(tx, "nobody"));
      }
      Erased erased =
          store.audit().erase(new Erasure.Subject("acme", BOB, Set.of()), "dpo", "request 17");
      assertThat(erased.records()).isEqualTo(250);
      Verification verification = store.audit().verify(Optional.empty());
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.erased()).isEqualTo(250);
      List<Integer> tombstones =
          store.read(snapshot -> snapshot.logs().latest("acme", LogName.POLICY, 10)).stream()
              .filter(record -> record.event().equals("log_erased"))
              .map(record -> record.payload().orElseThrow().value().get("erased"))
              .map(rows -> ((ArrayValue) rows).size())
              .toList();
      assertThat(tombstones).containsExactlyInAnyOrder(100, 100, 50);
    }
  }

  private static long append(Transaction tx, String to) {
    return tx.log("acme", LogName.POLICY)
        .append(
            new Draft(
                LogEvent.POLICY_DECISION,
                "",
                "",
                ObjectValue.builder(2).put("effect", "allow").put("to", to).build()));
  }

  @Test
  void erasingAFieldTwiceAndThenTheRestStillHolds() {
    tenSigned();
    try (Store store = open()) {
      store.audit().erase(new Erasure.Run("acme", "run-1", Set.of("to")), "dpo", "first");
      store.audit().erase(new Erasure.Run("acme", "run-1", Set.of("amount")), "dpo", "second");
      Verification half = store.audit().verify(Optional.empty());
      assertThat(half.findings()).isEmpty();
      assertThat(half.erased()).isEqualTo(5);
      store.audit().erase(new Erasure.Run("acme", "run-1", Set.of()), "dpo", "third");
      assertThat(store.audit().verify(Optional.empty()).findings()).isEmpty();
    }
  }

  @Test
  void aTombstoneThatTheKeyDidNotSignExplainsNothing() throws SQLException {
    tenSigned();
    try (Store store = open()) {
      store.transact(tx ->
          tx.log("acme", LogName.POLICY)
              .append(
                  new Draft(
                      LogEvent.LOG_ERASED,
                      "",
                      "",
                      ObjectValue.of(
                          "erased",
                          ArrayValue.of(
                              ObjectValue.of(
                                  "seq", NumberValue.of(4), "fields", Value.of(List.of("*"))))))));
    }
    tamper("DELETE FROM log_payload WHERE (id & 1023) = 4");
    assertThat(kinds(verify(Optional.empty())))
        .containsExactlyInAnyOrder(Kind.SIGNATURE, Kind.MISSING);
  }

  @Test
  void oneRecordCanBeErased() {
    tenSigned();
    try (Store store = open()) {
      Erased erased =
          store
              .audit()
              .erase(new Erasure.Entry("acme", LogName.POLICY, "", 3, Set.of()), "dpo", "why");
      assertThat(erased.records()).isEqualTo(1);
      Verification verification = store.audit().verify(Optional.empty());
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.erased()).isEqualTo(1);
    }
  }

  @Test
  void retentionStartsTheChainFromASignedRoot() throws SQLException {
    Checkpoint kept = tenSigned();
    Instant middle = Instant.parse("2026-03-01T10:04:30Z");
    try (Store store = open()) {
      assertThat(store.audit().retain("acme", middle).records()).isEqualTo(5);
      Verification verification = store.audit().verify(Optional.of(kept));
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.records()).isEqualTo(6);
    }
    tamper(
        "UPDATE log_chain SET root_seq = 7, root_prev = (SELECT prev FROM log_record WHERE (id & 1023) = 7)");
    tamper(
        "DELETE FROM log_record WHERE (id & 1023) = 6",
        "DELETE FROM log_payload WHERE (id & 1023) = 6");
    assertThat(kinds(verify(Optional.of(kept)))).containsExactly(Kind.SIGNATURE);
  }

  @Test
  void retentionOfEverythingLeavesAChainThatGoesOn() {
    Checkpoint kept = tenSigned();
    try (Store store = open()) {
      assertThat(store.audit().retain("acme", now).records()).isEqualTo(10);
      tenRecords(store);
    }
    Verification verification = verify(Optional.of(kept));
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.records()).isEqualTo(11);
  }

  @Test
  void anExportedFileIsVerifiedWithoutTheStore() throws IOException {
    tenSigned();
    Path file = folder.resolve("acme.jsonl");
    Checkpoint kept;
    try (Store store = open()) {
      store.audit().erase(new Erasure.Subject("acme", BOB, Set.of()), "dpo", "request 17");
      kept = store.audit().export("acme", file);
    }
    Verification whole = LogFile.verify(file, Optional.of(kept), Optional.empty());
    assertThat(whole.findings()).isEmpty();
    assertThat(whole.records()).isEqualTo(11);
    assertThat(whole.erased()).isEqualTo(2);

    List<String> lines = Files.readAllLines(file);
    assertThat(kinds(edited(kept, lines, l -> l.set(4, l.get(4).replace("allow", "block")))))
        .containsExactly(Kind.CHANGED);
    assertThat(kinds(edited(kept, lines, l -> l.remove(4)))).contains(Kind.DROPPED, Kind.CUT);
    assertThat(kinds(edited(kept, lines, l -> Collections.swap(l, 4, 5))))
        .contains(Kind.REORDERED)
        .doesNotContain(Kind.DROPPED);
    assertThat(kinds(edited(kept, lines, l -> l.subList(9, l.size()).clear()))).contains(Kind.CUT);
    assertThat(kinds(edited(kept, lines, l -> l.set(6, "{"))))
        .contains(Kind.UNREADABLE, Kind.DROPPED);
    assertThat(kinds(edited(kept, lines, l -> l.set(0, "{}")))).containsExactly(Kind.UNREADABLE);
    assertThat(kinds(edited(kept, lines, l -> l.subList(1, l.size() - 1).clear())))
        .contains(Kind.CUT);
  }

  private interface Edit {
    void edit(List<String> lines);
  }

  private Verification edited(Checkpoint kept, List<String> lines, Edit edit) throws IOException {
    List<String> copy = new ArrayList<>(lines);
    edit.edit(copy);
    Path file = folder.resolve("edited.jsonl");
    Files.write(file, copy);
    return LogFile.verify(file, Optional.of(kept), Optional.empty());
  }

  @Test
  void personalDataAreMaskedBeforeAnythingIsKept() {
    Masking masking =
        (event, payload) ->
            payload.has("to") ? payload.with("to", StringValue.of("[email]")) : payload;
    try (Store store =
        Store.open(
            StoreOptions.in(folder.resolve("store")).withMasking(masking).withClock(() -> now))) {
      tenRecords(store);
      List<LogRecord> records = store.read(snapshot -> snapshot.logs().ofDecision("acme", "d-4"));
      assertThat(records.getFirst().payload().orElseThrow().value().text("to"))
          .isEqualTo("[email]");
      assertThat(store.audit().verify(Optional.empty()).holds()).isTrue();
    }
  }

  @Test
  void anEventOfTheOtherLogIsRefused() {
    try (Store store = open()) {
      assertThatThrownBy(() ->
              store.transact(tx ->
                  tx.log("acme", LogName.PLAYBOOK)
                      .append(new Draft(LogEvent.POLICY_DECISION, "", "", ObjectValue.EMPTY))))
          .hasMessage("policy_decision does not belong to the playbook log");
    }
  }

  @Test
  void theRecordsOfARunAreFoundInBothLogs() {
    try (Store store = open()) {
      tenRecords(store);
      store.transact(tx ->
          tx.log("acme", LogName.PLAYBOOK)
              .append(new Draft(LogEvent.RUN_STARTED, "", "run-1", ObjectValue.EMPTY)));
      List<LogRecord> records = store.read(snapshot -> snapshot.logs().ofRun("acme", "run-1"));
      assertThat(records).hasSize(6);
      List<LogRecord> others = store.read(snapshot -> snapshot.logs().ofRun("other", "run-1"));
      assertThat(others).isEmpty();
    }
  }

  @Test
  void recordsThatWereRolledBackLeaveNoHoleInTheChain() {
    try (Store store = open()) {
      tenRecords(store);
      var failing =
          store.write(tx -> {
            tx.log("acme", LogName.POLICY)
                .append(new Draft(LogEvent.POLICY_DECISION, "x", "", ObjectValue.EMPTY));
            throw new IllegalStateException("after all, no");
          });
      assertThatThrownBy(failing::join).hasRootCauseMessage("after all, no");
      tenRecords(store);
      Verification verification = store.audit().verify(Optional.empty());
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.records()).isEqualTo(20);
    }
  }
}
