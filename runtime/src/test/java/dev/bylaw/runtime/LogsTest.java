package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.store.erasure.Erasure;
import dev.bylaw.store.log.Checkpoint;
import dev.bylaw.store.log.Finding;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who can write to the store's file cannot hide. */
class LogsTest {
  @TempDir Path folder;
  private Path dir;
  private Checkpoint kept;
  private String run;

  @BeforeEach
  void aDaysWork() throws IOException {
    dir = Acme.in(folder);
    try (var bylaw = Acme.open(dir, new Acme.Clock())) {
      run = bylaw.run("process_payment", Acme.AGENT, Acme.payment("12.34")).id();
      assertThat(Acme.run(bylaw, "process_payment", Acme.payment("1000.00"))).isEqualTo("blocked");
      kept = bylaw.audit().checkpoint();
    }
  }

  /** Does to the store's file what nobody should; how many rows it changed. */
  private void tamper(String sql) throws SQLException {
    Path file = dir.resolve(".bylaw/store/bylaw.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private Verification verified(Optional<Checkpoint> against) {
    try (var bylaw = Bylaw.open(dir, Bylaw.Options.looking().withClock(new Acme.Clock()))) {
      return bylaw.audit().verify(against);
    }
  }

  @Test
  void logsThatNobodyTouchedHold() {
    Verification verification = verified(Optional.of(kept));
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.records()).isGreaterThan(10);
    assertThat(verification.erased()).isZero();
  }

  @Test
  void aChangedPayloadIsFound() throws SQLException {
    tamper("UPDATE log_payload SET value = replace(value, '1000', '1')");
    assertThat(verified(Optional.empty()).findings())
        .extracting(Finding::kind)
        .contains(Finding.Kind.CHANGED);
  }

  @Test
  void aChangedEventIsFound() throws SQLException {
    tamper("UPDATE log_record SET event = 'run_completed' WHERE event = 'run_blocked'");
    assertThat(verified(Optional.empty()).findings())
        .extracting(Finding::kind)
        .contains(Finding.Kind.CHANGED);
  }

  @Test
  void aDroppedRecordIsFound() throws SQLException {
    tamper(
        "DELETE FROM log_record WHERE id ="
            + " (SELECT MIN(id) FROM log_record WHERE event = 'policy_decision')");
    assertThat(verified(Optional.empty()).findings())
        .extracting(Finding::kind)
        .contains(Finding.Kind.DROPPED);
  }

  @Test
  void aCutLogIsFoundByACheckpointThatIsKeptElsewhere() throws SQLException {
    tamper("DELETE FROM log_record WHERE event = 'run_blocked'");
    tamper("DELETE FROM log_checkpoint");
    assertThat(verified(Optional.of(kept)).findings())
        .extracting(Finding::kind)
        .contains(Finding.Kind.CUT);
  }

  @Test
  void aLogThatIsGoneAsAWholeIsFoundByACheckpointThatIsKeptElsewhere() throws SQLException {
    tamper("DELETE FROM log_record");
    tamper("DELETE FROM log_payload");
    tamper("DELETE FROM log_chain");
    tamper("DELETE FROM log_checkpoint");
    assertThat(verified(Optional.of(kept)).holds()).isFalse();
  }

  @Test
  void aPayloadThatIsGoneWithoutATombstoneIsMissing() throws SQLException {
    tamper("DELETE FROM log_payload WHERE id = (SELECT MIN(id) FROM log_payload)");
    assertThat(verified(Optional.of(kept)).findings())
        .extracting(Finding::kind)
        .containsOnly(Finding.Kind.MISSING);
  }

  @Test
  void whatWasErasedIsToldApartFromWhatIsMissing() {
    try (var bylaw = Acme.open(dir, new Acme.Clock())) {
      var what = new Erasure.Run(bylaw.identity(), run, Set.of());
      var _ = bylaw.audit().erase(what, "dana", "asked for by the customer");
      assertThat(bylaw.audit().ofRun(run)).allMatch(record -> record.payload().isEmpty());
    }
    Verification verification = verified(Optional.of(kept));
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.erased()).isPositive();
  }

  @Test
  void everyRecordSaysWhoseAndOfWhichLogItIs() {
    try (var bylaw = Acme.open(dir, new Acme.Clock())) {
      for (LogName log : LogName.values()) {
        assertThat(bylaw.audit().latest(log, 100))
            .isNotEmpty()
            .allMatch(record -> record.chain().log() == log)
            .allMatch(record -> record.chain().identity().equals("acme"));
      }
    }
  }
}
