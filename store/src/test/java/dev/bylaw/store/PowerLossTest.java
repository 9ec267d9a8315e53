package dev.bylaw.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.store.decision.KeptDecision;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss of power takes from the database what had not reached the disk: here, an older copy. */
class PowerLossTest {
  private static final String[] DATABASE = {"bylaw.db", "bylaw.db-wal"};

  @TempDir Path folder;

  private Path dir() {
    return folder.resolve("store");
  }

  private static boolean work(Transaction tx, int i) {
    var charge =
        new CapCharge(
            CrashChild.COUNTER,
            CrashChild.AMOUNT,
            new BigDecimal("1000000"),
            true,
            CrashChild.DAY,
            true);
    tx.ledger("acme")
        .reserve(
            "key-" + i, "digest", List.of(charge), CrashChild.NOW, CrashChild.NOW.plusSeconds(600));
    tx.ledger("acme").intend("key-" + i);
    tx.decisions()
        .record(
            new KeptDecision(
                "d" + i,
                "acme",
                "bot",
                "key-" + i,
                "pay",
                "digest",
                "allow",
                "",
                CrashChild.NOW,
                ""));
    tx.log("acme", LogName.POLICY)
        .append(
            new Draft(
                LogEvent.POLICY_DECISION, "d" + i, "", ObjectValue.of("i", NumberValue.of(i))));
    if (i % 3 == 0) {
      tx.ledger("acme").commit("key-" + i, Map.of());
      tx.decisions().report("acme", "d" + i, "done");
    }
    if (i % 7 == 0) {
      throw new IllegalStateException("a work that fails");
    }
    return true;
  }

  private static void work(Store store, int from, int to) {
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int which = i;
      all.add(store.write(tx -> work(tx, which)).exceptionally(_ -> false));
    }
    all.forEach(CompletableFuture::join);
  }

  private static boolean isThere(Store store, int i) {
    return store.read(snapshot -> snapshot.decisions().find("acme", "d" + i).isPresent());
  }

  private void keep(Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : DATABASE) {
      Files.copy(dir().resolve(name), to.resolve(name));
    }
  }

  /** All rows of all tables but where the redo log stands. */
  private static Map<String, List<String>> rows(Path database) throws SQLException {
    Map<String, List<String>> found = new TreeMap<>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (var names =
          statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        List<String> all = new ArrayList<>();
        try (var rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            var text = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              text.append(rows.getString(i)).append('|');
            }
            if (!text.toString().startsWith("redo_")) {
              all.add(text.toString());
            }
          }
        }
        found.put(table, all);
      }
    }
    return found;
  }

  private void lose(Path older) throws IOException {
    for (String name : DATABASE) {
      Files.copy(older.resolve(name), dir().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(dir().resolve("bylaw.db-shm"));
  }

  @Test
  void everythingPromisedIsThereAfterALossOfPower() throws Exception {
    Path older = folder.resolve("older");
    try (Store store = Store.open(CrashChild.options(dir()))) {
      work(store, 1, 100);
      assertThat(store.<Boolean>read(snapshot -> true)).isTrue();
      keep(older);
      work(store, 100, 400);
      store.transact(tx -> {
        tx.settings().put("acme", "last", StringValue.of("ünd 😀"));
        return true;
      });
    }
    Map<String, List<String>> whole = rows(dir().resolve("bylaw.db"));
    lose(older);
    try (Store store = Store.open(CrashChild.options(dir()))) {
      assertThat(store.audit().verify(Optional.empty()).findings()).isEmpty();
      assertThat(
              store
                  .read(snapshot ->
                      snapshot.ledger().usage(CrashChild.COUNTER, CrashChild.DAY, CrashChild.NOW))
                  .charges())
          .as("the works that did not fail")
          .isEqualTo(399 - 399 / 7);
    }
    assertThat(rows(dir().resolve("bylaw.db"))).isEqualTo(whole);
  }

  @Test
  void aStoreThatLostPowerTwiceHasBothLivesOfIt() throws Exception {
    for (int life = 0; life < 3; life++) {
      Path older = folder.resolve("older-" + life);
      try (Store store = Store.open(CrashChild.options(dir()))) {
        assertThat(store.<Boolean>read(snapshot -> true)).isTrue();
        keep(older);
        work(store, life * 100 + 1, life * 100 + 100);
      }
      lose(older);
    }
    try (Store store = Store.open(CrashChild.options(dir()))) {
      assertThat(store.audit().verify(Optional.empty()).findings()).isEmpty();
      for (int i : new int[] {1, 99, 101, 199, 201, 299}) {
        assertThat(isThere(store, i)).as("d" + i).isTrue();
      }
    }
  }

  @Test
  void aWorkLargerThanTheRedoLogIsDurableInTheDatabaseItself() throws Exception {
    Path older = folder.resolve("older");
    try (Store store = Store.open(CrashChild.options(dir()))) {
      store.transact(tx -> {
        tx.settings().put("acme", "large", StringValue.of("x".repeat(5_000_000)));
        return true;
      });
      keep(older);
      work(store, 1, 50);
    }
    lose(older);
    try (Store store = Store.open(CrashChild.options(dir()))) {
      boolean large = store.read(snapshot -> snapshot.settings().all("acme").containsKey("large"));
      assertThat(large).isTrue();
      assertThat(isThere(store, 48)).isTrue();
    }
  }

  @Test
  void aRedoLogThatDoesNotFitItsDatabaseIsRefused() throws Exception {
    Path older = folder.resolve("older");
    try (Store store = Store.open(CrashChild.options(dir()))) {
      keep(older);
      work(store, 1, 20);
    }
    lose(older);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir().resolve("bylaw.db"));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE meta SET value = '-5' WHERE name = 'redo_applied'");
    }
    StoreUnavailable refused =
        catchThrowableOfType(
            StoreUnavailable.class, () -> Store.open(CrashChild.options(dir())).close());
    assertThat(refused.reason()).isEqualTo(StoreUnavailable.Reason.CORRUPT);
    assertThat(refused).hasMessageContaining("is in neither the database nor");
  }

  @Test
  void aStoreOfTheFirstVersionIsOpenedWithAllThatItHolds() throws Exception {
    try (Store store = Store.open(CrashChild.options(dir()))) {
      work(store, 1, 50);
    }
    // What the first version lacks.
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir().resolve("bylaw.db"));
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM meta WHERE name LIKE 'redo%'");
      statement.execute("UPDATE meta SET value = '1' WHERE name = 'schema'");
    }
    Files.delete(dir().resolve("bylaw.redo"));
    Map<String, List<String>> before = rows(dir().resolve("bylaw.db"));
    try (Store store = Store.open(CrashChild.options(dir()))) {
      assertThat(store.audit().verify(Optional.empty()).findings()).isEmpty();
      work(store, 50, 60);
      assertThat(isThere(store, 48)).isTrue();
    }
    assertThat(before.get("log_record")).hasSize(49 - 7);
  }
}
