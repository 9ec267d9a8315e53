package dev.bylaw.actions.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.bylaw.actions.sandbox.OrdersSandbox;
import dev.bylaw.actions.sql.SqlGuard.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The corpus of hostile statements, against the guard and against each connection alone. */
class HostileStatementsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @ParameterizedTest
  @EnumSource
  void noHostileStatementIsTakenForARead(Dialect dialect) {
    List<String> passed = new ArrayList<>();
    for (String sql : HostileStatements.of(dialect)) {
      if (SqlGuard.classify(sql, dialect) instanceof Read) {
        passed.add(sql);
      }
    }
    assertThat(passed).isEmpty();
  }

  @Test
  void overTheSqliteConnectionAloneNoneHasAnEffect(@TempDir Path folder)
      throws SQLException, IOException {
    Path file = folder.resolve("orders.db");
    OrdersSandbox.create(file);
    byte[] before = Files.readAllBytes(file);
    var database = Database.of("orders", OrdersSandbox.url(file));
    for (String sql : HostileStatements.of(Dialect.SQLITE)) {
      runWhateverItIs(database, new Login("", "", "", false), sql);
      assertThat(Files.readAllBytes(file)).as(sql).isEqualTo(before);
      try (var files = Files.list(folder)) {
        assertThat(files.map(path -> path.getFileName().toString()))
            .as(sql)
            .containsExactly("orders.db");
      }
    }
    assertThat(Files.exists(Path.of("evil.db"))).isFalse();
  }

  @Test
  void aStatementThatWritesFailsOverTheSqliteConnectionItself(@TempDir Path folder)
      throws SQLException {
    Path file = folder.resolve("orders.db");
    OrdersSandbox.create(file);
    var database = Database.of("orders", OrdersSandbox.url(file));
    try (Connection connection = database.openToRead(new Login("", "", "", false), SHORT);
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of("DELETE FROM orders", "PRAGMA query_only = OFF", "DELETE FROM orders")) {
        try {
          boolean _ = statement.execute(sql);
          assertThat(sql).startsWith("PRAGMA");
        } catch (SQLException e) {
          assertThat(e.getMessage()).contains("READONLY");
        }
      }
    }
  }

  @Test
  void overThePostgresqlConnectionAloneNoneHasAnEffect() throws SQLException {
    var why = new StringBuilder();
    Optional<PostgresServer> started = PostgresServer.start(why);
    if (started.isEmpty()) {
      abort("not shown on PostgreSQL: " + why);
    }
    try (PostgresServer server = started.get()) {
      server.asOwner(
          "CREATE TABLE customers (id text, name text, email text, phone text, ssn text, country text)",
          "CREATE TABLE orders (id text, customer_id text, status text, total numeric)",
          "INSERT INTO customers VALUES ('c-17', 'Ada', 'a@example.com', '1', '123-45-6789', 'US')",
          "INSERT INTO orders VALUES ('o-1001', 'c-17', 'delivered', 99.99)",
          "CREATE SEQUENCE numbers",
          "CREATE FUNCTION evil() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; RETURN 1; END $$",
          "CREATE ROLE reader LOGIN",
          "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
      var database =
          new Database(
              "orders", server.url(), List.of(new Login("reader", "reader", "", false)), SHORT);
      try (Connection look = DriverManager.getConnection(server.url() + "?user=owner")) {
        String before = state(look);
        for (String sql : HostileStatements.of(Dialect.POSTGRESQL)) {
          runWhateverItIs(database, database.logins().getFirst(), sql);
          assertThat(state(look)).as(sql).isEqualTo(before);
        }
        // A login that could write meets the read-only transaction; only leaving it first would
        // help,
        // which is why `query_database` wants a login that cannot write.
        var owner = new Login("owner", "owner", "", true);
        for (String sql : HostileStatements.of(Dialect.POSTGRESQL)) {
          if (!sql.matches(
              "(?is)\\s*(;|commit|rollback|reset|set |begin|select pg_(reload|switch)).*")) {
            runWhateverItIs(database, owner, sql);
            assertThat(state(look)).as("as owner: " + sql).isEqualTo(before);
          }
        }
      }
    }
  }

  /** Runs a text as the driver takes it, with everything it makes of it. */
  private static void runWhateverItIs(Database database, Login login, String sql)
      throws SQLException {
    try (Connection connection = database.openToRead(login, SHORT);
        Statement statement = connection.createStatement();
        Watch _ = Watch.over(statement, SHORT)) {
      boolean rows = statement.execute(sql);
      for (int i = 0; i < 5; i++) {
        if (rows) {
          try (ResultSet result = statement.getResultSet()) {
            for (int row = 0; row < 10 && result.next(); row++) {}
          }
        } else if (statement.getUpdateCount() < 0) {
          return;
        }
        rows = statement.getMoreResults();
      }
    } catch (SQLException | OutOfMemoryError _) {
      // Refused, which is as good as without effect.
    }
  }

  private static String state(Connection look) throws SQLException {
    String question =
        """
        SELECT (SELECT string_agg(o::text, ',' ORDER BY o.id) FROM orders o)
          || (SELECT string_agg(c::text, ',' ORDER BY c.id) FROM customers c)
          || (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class
                WHERE relnamespace = 'public'::regnamespace)
          || (SELECT last_value::text || is_called::text FROM numbers)
          || (SELECT count(*)::text FROM pg_extension)
          || (SELECT count(*)::text FROM pg_largeobject_metadata)
          || coalesce(obj_description('orders'::regclass), '')
          || coalesce((SELECT relacl::text FROM pg_class WHERE relname = 'orders'), '')\
        """;
    try (Statement statement = look.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
