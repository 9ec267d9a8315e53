package dev.bylaw.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.value.StringValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
  @TempDir Path folder;

  private StoreOptions options() {
    return StoreOptions.in(folder.resolve("store"));
  }

  private StoreUnavailable refused() {
    StoreUnavailable refused =
        catchThrowableOfType(StoreUnavailable.class, () -> Store.open(options()).close());
    assertThat(refused).isNotNull();
    assertThat(refused.getMessage()).doesNotContain("\n").contains(folder.toString());
    return refused;
  }

  private void sql(String statement) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store/bylaw.db"));
        var running = connection.createStatement()) {
      running.execute(statement);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("store"));
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    Files.write(folder.resolve("store/bylaw.db"), noise);
    assertThat(refused().reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void anInterruptedThreadClosesTheStoreWholeAndStaysInterrupted() {
    Store store = Store.open(options());
    Thread.currentThread().interrupt();
    store.close();
    assertThat(Thread.interrupted()).isTrue();
    // The last connection takes the write-ahead log along.
    assertThat(folder.resolve("store/bylaw.db-wal")).doesNotExist();
    Store.open(options()).close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aStoreWhoseThreadsCannotAllBeStartedLeavesNoFileOpen(int failing) {
    var started = new AtomicInteger();
    assertThatThrownBy(() ->
            LiveStore.open(
                options(),
                thread -> {
                  if (started.incrementAndGet() == failing) {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  thread.start();
                }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(started).hasValue(failing);
    Store.open(options()).close();
    // The last connection takes the write-ahead log along: there is no other.
    assertThat(folder.resolve("store/bylaw.db-wal")).doesNotExist();
  }

  @Test
  void anotherDatabaseIsRefusedAndLeftAlone() throws IOException, SQLException {
    Files.createDirectories(folder.resolve("store"));
    sql("CREATE TABLE orders (id INTEGER)");
    assertThat(refused()).hasMessageContaining("is a database, but not a store of Bylaw");
    assertThat(folder.resolve("store.key")).doesNotExist();
  }

  @Test
  void aStoreOfANewerVersionIsRefused() throws SQLException {
    Store.open(options()).close();
    sql("UPDATE meta SET value = '999' WHERE name = 'schema'");
    assertThat(refused().reason()).isEqualTo(Reason.NEWER_VERSION);
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws IOException {
    Files.writeString(folder.resolve("store"), "not a folder");
    assertThat(refused().reason()).isEqualTo(Reason.NOT_ACCESSIBLE);
  }

  @Test
  void aMissingKeyIsNotReplaced() throws IOException {
    Store.open(options()).close();
    Path key = folder.resolve("store.key");
    Files.move(key, folder.resolve("elsewhere"));
    assertThat(refused().reason()).isEqualTo(Reason.KEY);
    assertThat(key).doesNotExist();
    Files.writeString(key, "nonsense");
    assertThat(refused().reason()).isEqualTo(Reason.KEY);
    Files.delete(key);
    Store.open(StoreOptions.in(folder.resolve("other")).withKeyFile(key)).close();
    assertThat(refused()).hasMessageContaining("is not the one that signs");
    Files.move(folder.resolve("elsewhere"), key, StandardCopyOption.REPLACE_EXISTING);
    Store.open(options()).close();
  }

  @Test
  void aKeyInsideTheStoreIsRefused() {
    assertThatThrownBy(() -> options().withKeyFile(folder.resolve("store/key")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFullDiskStopsTheStoreAndTellsEverybody() {
    Store store = Store.open(options());
    store.transact(tx -> put(tx, "before", 10));
    store.alone(tx -> {
      long pages = tx.session().number("PRAGMA page_count");
      tx.session().execute("PRAGMA max_page_count = " + (pages + 2));
      return true;
    });
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "during-" + i;
      waiting.add(store.write(tx -> put(tx, name, 4_000)));
    }
    int told = 0;
    for (CompletableFuture<Boolean> one : waiting) {
      Throwable failure = one.handle((_, e) -> e).join();
      if (failure != null) {
        told++;
        assertThat(failure)
            .isInstanceOfSatisfying(
                StoreUnavailable.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));
      }
    }
    assertThat(told).isPositive();
    assertThatThrownBy(() -> store.transact(tx -> put(tx, "after", 10)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("the disk of the store in " + folder)
        .hasMessageContaining("nothing that was answered is lost");
    var counter = new CapCounter("acme", "ops", "mails", "bot", "");
    assertThatThrownBy(() -> store.usage().used(counter, new CapWindow.Concurrent(), Instant.EPOCH))
        .isInstanceOf(StoreUnavailable.class);
    store.close();
    try (Store again = Store.open(options())) {
      int there = again.read(snapshot -> snapshot.settings().all("acme").size());
      assertThat(there).isEqualTo(1 + 20 - told);
    }
  }

  private static boolean put(Transaction tx, String name, int length) {
    tx.settings().put("acme", name, StringValue.of("x".repeat(length)));
    return true;
  }

  @Test
  void whatComesAfterTheCloseIsRefusedAndWhatCameBeforeIsDone() {
    Store store = Store.open(options());
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String name = "n" + i;
      waiting.add(store.write(tx -> put(tx, name, 10)));
    }
    store.close();
    assertThat(waiting).allMatch(one -> one.join());
    assertThatThrownBy(() -> store.transact(tx -> put(tx, "after", 10)))
        .isInstanceOfSatisfying(
            StoreUnavailable.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    assertThatThrownBy(() -> store.read(snapshot -> snapshot.runs().nextWake()))
        .isInstanceOf(StoreUnavailable.class);
    store.close();
  }

  @Test
  void theWriterCannotWaitForItself() {
    try (Store store = Store.open(options())) {
      assertThatThrownBy(
              () -> store.transact(tx -> store.<Boolean>transact(inner -> put(inner, "x", 1))))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
