package dev.bylaw.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger.Reserving;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.LogRecord;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;

  private Store open() {
    return Store.open(StoreOptions.in(folder.resolve("store")));
  }

  @Test
  void whatWasAnsweredIsThereAfterTheStoreWasOpenedAgain() {
    var counter = new CapCounter("acme", "ops", "daily", "bot", "USD");
    var window = new CapWindow.Calendar(CapWindow.Unit.YEAR, ZoneOffset.UTC);
    try (Store store = open()) {
      store.transact(tx -> {
        var reserving =
            tx.ledger("acme")
                .reserve(
                    "k",
                    "d",
                    List.of(
                        new CapCharge(
                            counter,
                            new BigDecimal("10.50"),
                            new BigDecimal("100"),
                            true,
                            window,
                            true)),
                    tx.now(),
                    tx.now().plusSeconds(60));
        assertThat(reserving).isInstanceOf(Reserving.Reserved.class);
        tx.settings().put("acme", "colour", StringValue.of("green"));
        return tx.log("acme", LogName.POLICY)
            .append(
                new Draft(
                    LogEvent.POLICY_DECISION,
                    "d-1",
                    "",
                    ObjectValue.of("effect", Value.of("allow"))));
      });
    }
    try (Store store = open()) {
      BigDecimal used = store.transact(tx -> tx.ledger("acme").used(counter, window, tx.now()));
      assertThat(used).isEqualByComparingTo("10.50");
      Optional<Value> colour = store.read(snapshot -> snapshot.settings().find("acme", "colour"));
      assertThat(colour).contains(StringValue.of("green"));
      List<LogRecord> records = store.read(snapshot -> snapshot.logs().ofDecision("acme", "d-1"));
      assertThat(records).hasSize(1);
    }
  }

  @Test
  void aWorkThatFailsTakesNothingWithIt() {
    try (Store store = open()) {
      var good = store.write(tx -> put(tx, "a"));
      var bad =
          store.write(tx -> {
            put(tx, "b");
            throw new IllegalStateException("no");
          });
      var alsoGood = store.write(tx -> put(tx, "c"));
      assertThatThrownBy(bad::join).hasRootCauseMessage("no");
      assertThat(good.join()).isEqualTo("a");
      assertThat(alsoGood.join()).isEqualTo("c");
      Map<String, Value> all = store.read(snapshot -> snapshot.settings().all("acme"));
      assertThat(all).containsOnlyKeys("a", "c");
    }
  }

  private static String put(Transaction tx, String name) {
    tx.settings().put("acme", name, StringValue.of(name));
    return name;
  }

  @Test
  void aSecondOpeningOfAStoreIsRefusedInOneSentence() {
    try (Store _ = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    open().close();
  }

  @Test
  void theKeyOfTheLogsIsReadableByItsOwnerAlone() throws IOException {
    open().close();
    Path key = folder.resolve("store.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }
}
