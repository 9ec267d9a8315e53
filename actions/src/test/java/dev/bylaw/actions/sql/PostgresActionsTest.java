package dev.bylaw.actions.sql;

import static dev.bylaw.actions.Calls.READER;
import static dev.bylaw.actions.Calls.WRITER;
import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static dev.bylaw.actions.Calls.perform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.bylaw.playbook.action.ActionCall.Credential;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over a real PostgreSQL, where the machine has one. */
class PostgresActionsTest {
  private static Optional<PostgresServer> server = Optional.empty();
  private static QueryDatabase query = new QueryDatabase(Databases.NONE);
  private static ModifyDatabase modify = new ModifyDatabase(Databases.NONE);

  @BeforeAll
  static void startTheServer() {
    var why = new StringBuilder();
    server = PostgresServer.start(why);
    if (server.isEmpty()) {
      abort("not shown on PostgreSQL: " + why);
    }
    server
        .get()
        .asOwner(
            "CREATE TABLE orders (id int PRIMARY KEY, total numeric(30,10), paid boolean, tags text[],"
                + " data jsonb, placed timestamptz, due date, ref uuid, file bytea, rate float8)",
            "INSERT INTO orders VALUES (1, 12345678901234567890.1234567891, true, '{a,b}',"
                + " '{\"x\": [1, 2.50]}', '2026-01-05T10:00:00Z', '2026-02-01',"
                + " '123e4567-e89b-12d3-a456-426614174000', '\\x0102', 'NaN')",
            "INSERT INTO orders (id, total) VALUES (2, 'NaN'), (3, 10)",
            "CREATE ROLE reader LOGIN",
            "CREATE ROLE writer LOGIN",
            "GRANT SELECT ON orders TO reader",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO writer");
    var database =
        new Database(
            "orders",
            server.get().url(),
            List.of(
                new Login("reader", "reader", "", false), new Login("writer", "writer", "", true)),
            Duration.ofSeconds(10));
    query = new QueryDatabase(Databases.of(database));
    modify = new ModifyDatabase(Databases.of(database));
  }

  @AfterAll
  static void stopTheServer() {
    server.ifPresent(PostgresServer::close);
  }

  @Test
  void everyTypeComesAsTheValueItMeans() throws InterruptedException {
    ObjectValue output =
        done(query, Map.of("query", "SELECT * FROM orders WHERE id = ?", "binds", List.of("1")));
    assertThat(output.at("rows", "0"))
        .contains(
            json(
                """
                {"id":1,"total":12345678901234567890.1234567891,"paid":true,"tags":["a","b"],
                 "data":{"x":[1,2.50]},"placed":"2026-01-05T10:00Z","due":"2026-02-01",
                 "ref":"123e4567-e89b-12d3-a456-426614174000","file":"AQI=","rate":"NaN"}\
                """));
    assertThat(
            done(query, Map.of("query", "SELECT total FROM orders WHERE id = 2"))
                .at("rows", "0", "total"))
        .contains(json("\"NaN\""));
  }

  @Test
  void aTextBindStandsForAnyType() throws InterruptedException {
    ObjectValue output =
        done(
            query,
            Map.of(
                "query",
                "SELECT id FROM orders WHERE placed >= :from AND total > :least",
                "binds",
                Map.of("from", "2026-01-01", "least", new BigDecimal("0.5"))));
    assertThat(output.get("count")).isEqualTo(json("1"));
  }

  @Test
  void aQueryUnderAWritingCredentialStillCannotWrite() throws Exception {
    var login = new Login("writer", "writer", "", true);
    try (var connection =
            query.databases().all().getFirst().openToRead(login, Duration.ofSeconds(5));
        var statement = connection.createStatement()) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowableOfType(
                      java.sql.SQLException.class,
                      () -> statement.executeUpdate("DELETE FROM orders"))
                  .getSQLState())
          .isEqualTo("25006");
    }
  }

  @Test
  void readingIsDoneByALoginThatCannotWriteWhoeverAsks() throws InterruptedException {
    for (Credential credential : List.of(READER, WRITER, new Credential("agent", "user", true))) {
      assertThat(
              perform(
                      query,
                      Map.of("query", "SELECT current_user AS who"),
                      "run-1/q/0",
                      Duration.ofSeconds(5),
                      Optional.of(credential))
                  .output()
                  .at("rows", "0", "who"))
          .contains(json("\"reader\""));
    }
  }

  @Test
  void theServerEndsAQueryThatTakesTooLong() throws InterruptedException {
    ActionOutcome outcome =
        perform(
            query,
            Map.of(
                "query",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)"
                    + " SELECT count(*) FROM n"),
            "run-1/q/0",
            Duration.ofMillis(300),
            Optional.of(READER));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo("timeout"));
  }

  @Test
  void aChangeIsMadeUnderItsOwnCredentialOnly() throws InterruptedException {
    Map<String, Object> change =
        Map.of(
            "query", "UPDATE orders SET paid = :paid WHERE id = 3", "binds", Map.of("paid", true));
    for (var credential :
        List.of(
            READER,
            new Credential("reader", "service_account", true),
            new Credential("nobody", "user", true))) {
      assertThat(
              perform(modify, change, "run-1/m/0", Duration.ofSeconds(5), Optional.of(credential)))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.code()).isEqualTo("no_credential"));
    }
    assertThat(perform(modify, change, "run-1/m/0", Duration.ofSeconds(5), Optional.of(WRITER)))
        .isEqualTo(
            new ActionOutcome.Done((ObjectValue) json("{\"affected\":1,\"tables\":[\"orders\"]}")));
  }

  @Test
  void aBrokenConstraintTellsNoRow() throws InterruptedException {
    Failed failed =
        failed(modify, Map.of("query", "INSERT INTO orders (id) VALUES (?)", "binds", List.of(1)));
    assertThat(failed.code()).isEqualTo("constraint");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(failed.message()).doesNotContain("(1)").doesNotContain("Key");
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() throws InterruptedException {
    var gone =
        Databases.of(
            new Database(
                "gone",
                "jdbc:postgresql://127.0.0.1:1/x",
                List.of(new Login("reader", "a", "b", false)),
                Duration.ofSeconds(2)));
    Failed failed = failed(new QueryDatabase(gone), Map.of("query", "SELECT 1"));
    assertThat(failed.code()).isIn("unavailable", "no_credential");
  }
}
