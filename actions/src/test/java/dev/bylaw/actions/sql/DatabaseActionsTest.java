package dev.bylaw.actions.sql;

import static dev.bylaw.actions.Calls.READER;
import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static dev.bylaw.actions.Calls.object;
import static dev.bylaw.actions.Calls.perform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.actions.Calls;
import dev.bylaw.actions.sandbox.OrdersSandbox;
import dev.bylaw.playbook.action.Action.Resource;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real SQLite file. */
class DatabaseActionsTest {
  /** Counts to a billion, which no time-out here waits for. */
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)"
          + " SELECT count(*) FROM n";

  @TempDir Path folder;
  private QueryDatabase query = new QueryDatabase(Databases.NONE);
  private ModifyDatabase modify = new ModifyDatabase(Databases.NONE);

  @BeforeEach
  void makeTheDatabase() {
    Path file = folder.resolve("orders.db");
    OrdersSandbox.create(file);
    var databases = Databases.of(Database.of("orders", OrdersSandbox.url(file)));
    query = new QueryDatabase(databases);
    modify = new ModifyDatabase(databases);
  }

  @Test
  void rowsComeAsObjectsWithExactDecimals() throws InterruptedException {
    var output =
        done(
            query,
            Map.of(
                "query",
                "SELECT id, total, status FROM orders WHERE customer_id = ? ORDER BY id",
                "binds",
                List.of("c-17")));
    assertThat(output.get("rows"))
        .isEqualTo(
            json(
                "[{\"id\":\"o-1001\",\"total\":99.99,\"status\":\"delivered\"},"
                    + "{\"id\":\"o-1002\",\"total\":999.99,\"status\":\"delivered\"}]"));
    assertThat(output.get("count")).isEqualTo(json("2"));
    assertThat(output.get("truncated")).isEqualTo(json("false"));
    assertThat(output.get("tables")).isEqualTo(json("[\"orders\"]"));
  }

  @Test
  void aBindIsNeverReadAsSql() throws InterruptedException {
    var output =
        done(
            query,
            Map.of(
                "query",
                "SELECT count(*) AS n FROM orders WHERE id = :id",
                "binds",
                Map.of("id", "' OR 1 = 1 --")));
    assertThat(output.at("rows", "0", "n")).contains(json("0"));
  }

  @Test
  void decimalBindsCompareAsNumbers() throws InterruptedException {
    var output =
        done(
            query,
            Map.of(
                "query",
                "SELECT customer_id FROM orders GROUP BY customer_id HAVING sum(total) > ? ORDER BY 1",
                "binds",
                List.of(new BigDecimal("1099.98"))));
    assertThat(output.at("rows", "0", "customer_id")).contains(json("\"c-19\""));
    assertThat(output.get("count")).isEqualTo(json("1"));
  }

  @Test
  void bindsThatDoNotFitAreTold() throws InterruptedException {
    String sql = "SELECT * FROM orders WHERE id = ? AND total > ?";
    assertThat(failed(query, Map.of("query", sql)).message()).contains("2 binds", "missing");
    assertThat(failed(query, Map.of("query", sql, "binds", List.of(1))).message())
        .contains("2 binds", "1 values");
    assertThat(failed(query, Map.of("query", sql, "binds", Map.of("a", 1))).message())
        .contains("is a list");
    assertThat(
            failed(query, Map.of("query", "SELECT :a", "binds", Map.of("a", 1, "b", 2))).message())
        .contains("does not use");
  }

  @Test
  void moreRowsThanAskedForAreCutAndThatIsSaid() throws InterruptedException {
    var output = done(query, Map.of("query", "SELECT * FROM orders", "max_rows", 2));
    assertThat(output.get("count")).isEqualTo(json("2"));
    assertThat(output.get("truncated")).isEqualTo(json("true"));
  }

  @Test
  void columnsOfOneNameAreAllKept() throws InterruptedException {
    var output =
        done(
            query,
            Map.of(
                "query",
                "SELECT o.id, c.id FROM orders o JOIN customers c ON c.id = o.customer_id"
                    + " ORDER BY o.id LIMIT 1"));
    assertThat(output.at("rows", "0")).contains(json("{\"id\":\"o-1001\",\"id_2\":\"c-17\"}"));
  }

  @Test
  void aQueryThatWritesIsRefusedAndNothingIsWritten() throws InterruptedException {
    var failed = failed(query, Map.of("query", "DELETE FROM orders"));
    assertThat(failed.code()).isEqualTo("sql_refused");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(count("orders")).isEqualTo(5);
  }

  @Test
  void aQueryThatNeverEndsIsEnded() throws InterruptedException {
    var outcome =
        perform(
            query,
            Map.of("query", ENDLESS),
            "run-1/q/0",
            Duration.ofMillis(200),
            Optional.of(READER));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("timeout");
              assertThat(failed.retryable()).isTrue();
              assertThat(failed.effect()).isEqualTo(Effect.NONE);
            });
  }

  @Test
  void anInterruptedCallerIsLetGo() throws InterruptedException {
    var started = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              started.countDown();
              try {
                perform(query, Map.of("query", ENDLESS));
              } catch (InterruptedException _) {
                interrupted.set(true);
              }
            });
    started.await();
    caller.interrupt();
    caller.join();
    assertThat(interrupted).isTrue();
  }

  @Test
  void aMistypedConnectionIsTold() throws InterruptedException {
    assertThat(failed(query, Map.of("query", "SELECT 1", "connection", "order")).message())
        .contains("did you mean `orders`?");
  }

  @Test
  void aMissingFileIsAFailureAndMakesNoFile() throws InterruptedException {
    Path missing = folder.resolve("missing.db");
    var elsewhere = Databases.of(Database.of("gone", OrdersSandbox.url(missing)));
    assertThat(failed(new QueryDatabase(elsewhere), Map.of("query", "SELECT 1")).code())
        .isEqualTo("unavailable");
    assertThat(
            failed(
                    new ModifyDatabase(elsewhere),
                    Map.of("query", "DELETE FROM orders WHERE id = 'x'"))
                .code())
        .isEqualTo("unavailable");
    assertThat(missing).doesNotExist();
  }

  @Test
  void whatACallWouldTouchIsKnownBeforeItIsDecided() {
    var prepared =
        query.prepare(
            object(Map.of("query", "SELECT * FROM Customers JOIN main.orders ON true")),
            ObjectValue.EMPTY);
    assertThat(prepared.resources())
        .containsExactly(
            new Resource("table", "customers"),
            new Resource("table", "orders"),
            new Resource("connection", "orders"));
    assertThat(prepared.params().text("connection")).isEqualTo("orders");
  }

  @Test
  void aChangeTellsHowManyRowsAndWhichTable() throws InterruptedException {
    var output =
        done(
            modify,
            Map.of(
                "query",
                "UPDATE orders SET status = ? WHERE customer_id = ?",
                "binds",
                List.of("refunded", "c-17")));
    assertThat(output).isEqualTo(json("{\"affected\":2,\"tables\":[\"orders\"]}"));
    assertThat(
            done(
                    query,
                    Map.of("query", "SELECT count(*) AS n FROM orders WHERE status = 'refunded'"))
                .at("rows", "0", "n"))
        .contains(json("2"));
  }

  @Test
  void withoutAWritingCredentialNothingIsChanged() throws InterruptedException {
    for (var credential :
        List.of(
            Optional.<dev.bylaw.playbook.action.ActionCall.Credential>empty(),
            Optional.of(READER))) {
      var outcome =
          perform(
              modify,
              Map.of("query", "DELETE FROM orders WHERE id = 'o-1001'"),
              "run-1/m/0",
              Calls.LONG,
              credential);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.code()).isEqualTo("no_credential"));
    }
    assertThat(count("orders")).isEqualTo(5);
  }

  @Test
  void aChangeOfAllRowsMustBeMeant() throws InterruptedException {
    assertThat(failed(modify, Map.of("query", "DELETE FROM transactions")).message())
        .contains("all_rows");
    assertThat(count("transactions")).isEqualTo(3);
    assertThat(
            done(modify, Map.of("query", "DELETE FROM transactions", "all_rows", true))
                .get("affected"))
        .isEqualTo(json("3"));
  }

  @Test
  void moreRowsThanAllowedUndoTheChange() throws InterruptedException {
    var failed =
        failed(
            modify,
            Map.of("query", "DELETE FROM transactions WHERE customer_id = 'c-17'", "max_rows", 1));
    assertThat(failed.code()).isEqualTo("too_many_rows");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(count("transactions")).isEqualTo(3);
  }

  @Test
  void aBrokenConstraintHasNoEffectAndItsMessageHidesTheValues() throws InterruptedException {
    var failed =
        failed(
            modify,
            Map.of(
                "query",
                "INSERT INTO orders VALUES (?, ?, 'x', 1, 'USD', '2026-01-01')",
                "binds",
                Arrays.asList("o-1001", "c-17")));
    assertThat(failed.code()).isEqualTo("constraint");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(failed.message()).doesNotContain("o-1001");
  }

  @Test
  void aBusyDatabaseIsToldAsUnavailableAndMayBeTriedAgain() throws Exception {
    var databases =
        Databases.of(
            new Database(
                "orders",
                OrdersSandbox.url(folder.resolve("orders.db")),
                List.of(),
                Duration.ofMillis(100)));
    try (var other =
            java.sql.DriverManager.getConnection(OrdersSandbox.url(folder.resolve("orders.db")));
        var statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      var failed =
          failed(
              new ModifyDatabase(databases), Map.of("query", "DELETE FROM orders WHERE id = 'x'"));
      assertThat(failed.retryable()).isTrue();
      assertThat(failed.effect()).isEqualTo(Effect.NONE);
    }
  }

  @Test
  void aDatabaseOfAnotherKindIsRefusedWhenItIsConfigured() {
    assertThatThrownBy(() -> Database.of("x", "jdbc:h2:mem:"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:sqlite:");
  }

  @Test
  void aLoginNeverShowsItsPassword() {
    var login = new Login("writer", "app", "hunter2", true);
    var database =
        new Database("x", "jdbc:postgresql://db/x", List.of(login), Duration.ofSeconds(1));
    assertThat(login + " " + database).doesNotContain("hunter2");
  }

  private long count(String table) throws InterruptedException {
    return switch (perform(query, Map.of("query", "SELECT count(*) AS n FROM " + table))) {
      case Done(ObjectValue output) ->
          Long.parseLong(output.at("rows", "0", "n").orElseThrow().toString());
      case Failed failed -> throw new AssertionError(failed.toString());
    };
  }
}
