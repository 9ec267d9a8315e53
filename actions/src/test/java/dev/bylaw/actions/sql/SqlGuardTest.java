package dev.bylaw.actions.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.actions.sandbox.OrdersSandbox;
import dev.bylaw.actions.sql.SqlGuard.Change;
import dev.bylaw.actions.sql.SqlGuard.Read;
import dev.bylaw.actions.sql.SqlGuard.Refused;
import dev.bylaw.actions.sql.SqlGuard.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlGuardTest {
  @Test
  void everydayQueriesAreReadsAndTellTheirTables() {
    assertRead("SELECT * FROM orders WHERE id = ?", "orders");
    assertRead(
        "select o.id from orders o join customers c on c.id = o.customer_id",
        "customers",
        "orders");
    assertRead(
        "SELECT count(*), sum(total) FROM orders GROUP BY customer_id HAVING sum(total) > 10",
        "orders");
    assertRead("SELECT 1 -- a comment\n", new String[0]);
    assertRead(
        "SELECT a FROM t1 UNION SELECT b FROM t2 EXCEPT (SELECT c FROM t3)", "t1", "t2", "t3");
    assertRead(
        "SELECT * FROM orders WHERE id IN (SELECT order_id FROM refunds) ORDER BY (SELECT max(z) FROM zt) LIMIT 5;",
        "orders",
        "refunds",
        "zt");
    assertRead(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM a) THEN 1 ELSE (SELECT 2 FROM b) END", "a", "b");
    assertRead(
        "SELECT row_number() OVER (PARTITION BY x ORDER BY y) FROM t WINDOW w AS (ORDER BY x)",
        "t");
    assertRead(
        "SELECT replace(upper(trim(name)), 'A', 'B') || '!' FROM customers WHERE -1 < x AND y = -1",
        "customers");
    assertRead("SELECT 'it''s -- /* no ; comment' FROM t", "t");
    assertRead("WITH recent(id) AS (SELECT id FROM orders) SELECT * FROM recent", "orders");
    assertRead(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n",
        new String[0]);
  }

  @Test
  void postgresqlsOwnWaysAreRead() {
    assertThat(
            SqlGuard.classify(
                "SELECT CAST(a AS numeric(10,2)), b::text, c->>'x', extract(year from d),"
                    + " pg_catalog.lower(e), substring(f from 1 for 2) FROM public.t"
                    + " WHERE g > now() - interval '1 day' AND h @> ARRAY['x'] AND i IS DISTINCT FROM j",
                Dialect.POSTGRESQL))
        .isInstanceOfSatisfying(Read.class, read -> assertThat(read.tables()).containsExactly("t"));
  }

  @Test
  void aQueryThatTakesATablesNameHidesNoTable() {
    assertRead("WITH orders AS (SELECT * FROM orders) SELECT * FROM orders", "orders");
    assertRead("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a, b", "b");
    assertRefused(
        "SELECT * FROM x WHERE y IN (WITH x AS (SELECT 1 AS id) SELECT id FROM x)", "E0507");
  }

  @Test
  void tableNamesAreFoldedAsTheDatabaseFoldsThem() {
    assertThat(tables("SELECT * FROM Orders", Dialect.POSTGRESQL)).containsExactly("orders");
    assertThat(tables("SELECT * FROM \"Orders\"", Dialect.POSTGRESQL)).containsExactly("Orders");
    assertThat(tables("SELECT * FROM \"Orders\"", Dialect.SQLITE)).containsExactly("orders");
    assertThat(tables("SELECT * FROM public.orders", Dialect.POSTGRESQL)).containsExactly("orders");
    assertThat(tables("SELECT * FROM main.[orders]", Dialect.SQLITE)).containsExactly("orders");
    assertThat(tables("SELECT * FROM hr.staff", Dialect.POSTGRESQL)).containsExactly("hr.staff");
  }

  @Test
  void aChangeTellsItsKindItsTableFirstAndWhetherItMeansAllRows() {
    assertWrite("INSERT INTO t (a, b) VALUES (?, ?)", Change.INSERT, false, "t");
    assertWrite(
        "INSERT INTO t (a) SELECT x FROM u WHERE y = (SELECT max(y) FROM a)",
        Change.INSERT,
        false,
        "t",
        "a",
        "u");
    assertWrite(
        "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = excluded.a",
        Change.INSERT,
        false,
        "t");
    assertWrite("UPDATE t SET a = (SELECT 1 FROM w) WHERE id = ?", Change.UPDATE, false, "t", "w");
    assertWrite("UPDATE t SET a = 1", Change.UPDATE, true, "t");
    assertWrite("UPDATE t SET a = 1 WHERE 1 = 1", Change.UPDATE, true, "t");
    assertWrite("UPDATE t SET a = 1 WHERE true", Change.UPDATE, true, "t");
    assertWrite("DELETE FROM t WHERE id IN (SELECT id FROM u)", Change.DELETE, false, "t", "u");
    assertWrite("DELETE FROM t", Change.DELETE, true, "t");
  }

  @Test
  void aChangeIsOneStatementWithOneVerb() {
    assertRefused("DELETE FROM t WHERE id = 1; DELETE FROM u WHERE id = 1", "E0505");
    assertRefused("DELETE FROM t WHERE id = 1 RETURNING *", "E0507");
    assertRefused("INSERT INTO t SELECT evil()", "E0508");
    assertRefused("UPDATE t SET a = load_extension('x') WHERE id = 1", "E0508");
    assertRefused("UPDATE sqlite_master SET sql = '' WHERE name = 't'", "E0508");
    assertRefused("DROP TABLE t", "E0506");
    assertRefused("WITH x AS (SELECT 1) DELETE FROM t WHERE id IN (SELECT * FROM x)", "E0507");
  }

  @Test
  void bindsAreFoundOutsideQuotesOnlyAndAreOfOneKind() {
    assertThat(read("SELECT * FROM t WHERE a = :first AND b = :second AND c = ':third ?'").binds())
        .containsExactly("first", "second");
    assertThat(read("SELECT * FROM t WHERE a = ? AND b = ?").binds()).containsExactly("", "");
    assertRefused("SELECT * FROM t WHERE a = ? AND b = :x", "E0504");
    assertRefused("SELECT * FROM t WHERE a = ?1", "E0504");
  }

  @Test
  void whatRunsIsWhatWasReadWithoutComments() {
    assertThat(read("SELECT /* x */ a -- y\n FROM t WHERE b = :c;").sql())
        .isEqualTo("SELECT a FROM t WHERE b = ?");
  }

  @Test
  void aRefusalTellsWhereAndNeverRepeatsAText() {
    var refused =
        (Refused) SqlGuard.classify("SELECT * FROM t WHERE a = E'secret'", Dialect.POSTGRESQL);
    assertThat(refused.offset()).isEqualTo(26);
    assertThat(refused.message()).doesNotContain("secret");
  }

  @Test
  void aHugeOrDeepStatementIsRefusedQuickly() {
    assertRefused("SELECT " + "1,".repeat(40_000) + "1", "E0501");
    assertRefused("SELECT " + "(".repeat(1_000) + "1" + ")".repeat(1_000), "E0501");
    assertRefused("SELECT 1 FROM t WHERE " + "NOT ".repeat(20_000) + "a", "E0501");
    assertThat(SqlGuard.classify("SELECT " + "a+".repeat(3_000) + "1", Dialect.SQLITE)).isNotNull();
  }

  /**
   * Statements glued together at random from hostile pieces: whatever the guard takes for a read is
   * run on a database that could be written, and must change nothing in it.
   */
  @Test
  void whatIsTakenForAReadNeverChangesAWritableDatabase(@TempDir Path folder) throws SQLException {
    long seed = new Random().nextLong();
    System.out.println("SqlGuardTest seed " + seed);
    var random = new Random(seed);
    Path file = folder.resolve("orders.db");
    OrdersSandbox.create(file);
    List<String> pieces = pieces();
    int reads = 0;
    try (Connection connection = DriverManager.getConnection(OrdersSandbox.url(file))) {
      long before = changes(connection);
      for (int i = 0; i < 20_000; i++) {
        var sql = new StringBuilder(random.nextInt(3) == 0 ? "" : "SELECT ");
        for (int n = 1 + random.nextInt(7); n > 0; n--) {
          sql.append(pieces.get(random.nextInt(pieces.size())))
              .append(random.nextInt(4) == 0 ? "" : " ");
        }
        if (SqlGuard.classify(sql.toString(), Dialect.SQLITE) instanceof Read read) {
          reads++;
          run(connection, read);
          assertThat(changes(connection)).as("seed %d: %s", seed, sql).isEqualTo(before);
        }
      }
    }
    assertThat(reads).isGreaterThan(50);
  }

  @Test
  void noTextWhateverItIsMakesTheGuardFail() {
    long seed = new Random().nextLong();
    System.out.println("SqlGuardTest seed " + seed);
    var random = new Random(seed);
    String signs =
        "SELECTFROMselect *(),.;'\"`[]$?:@#&|!<>=+-/%^~\\{}0123456789eE_x\n\t\r\0\u00a0ä\ud83d";
    for (int i = 0; i < 50_000; i++) {
      var sql = new StringBuilder(random.nextBoolean() ? "SELECT " : "DELETE FROM t WHERE ");
      for (int n = random.nextInt(30); n > 0; n--) {
        sql.append(signs.charAt(random.nextInt(signs.length())));
      }
      for (Dialect dialect : Dialect.values()) {
        assertThat(SqlGuard.classify(sql.toString(), dialect))
            .as("seed %d: %s", seed, sql)
            .isNotNull();
      }
    }
  }

  private static List<String> pieces() {
    List<String> pieces =
        new ArrayList<>(
            List.of(
                "SELECT",
                "1",
                "*",
                "id",
                "FROM orders",
                "FROM customers",
                ",",
                "(",
                ")",
                "'",
                "''",
                "\"",
                "`",
                "[",
                "]",
                "--",
                "\n",
                "/*",
                "*/",
                ";",
                "E'\\''",
                "$a$",
                "\\",
                "WITH x AS (",
                "UNION",
                "WHERE",
                "=",
                "'a'",
                "count(*)",
                "AS y",
                "DELETE FROM orders",
                "UPDATE orders SET status = 'gone'",
                "RETURNING *",
                "INSERT INTO customers",
                "DROP TABLE orders",
                "PRAGMA user_version = 7",
                "REPLACE INTO",
                "ATTACH 'x' AS y",
                "CREATE TABLE z (a)",
                "FOR UPDATE",
                "INTO z",
                "?",
                ":a",
                "::",
                "x'00'",
                "\u00a0",
                "load_extension('x')",
                "lower('A')",
                "LIMIT 1",
                "ORDER BY 1",
                "EXPLAIN",
                "VALUES (1)"));
    pieces.addAll(HostileStatements.of(Dialect.SQLITE));
    return pieces;
  }

  private static void run(Connection connection, Read read) {
    try (PreparedStatement statement = connection.prepareStatement(read.sql());
        ResultSet result = statement.executeQuery()) {
      for (int row = 0; row < 10 && result.next(); row++) {}
    } catch (SQLException _) {
      // Not every one means something to the database.
    }
  }

  private static long changes(Connection connection) throws SQLException {
    String question =
        "SELECT total_changes() + (SELECT count(*) FROM sqlite_master) * 1000"
            + " + (SELECT user_version FROM pragma_user_version) * 1000000"
            + " + (SELECT count(*) FROM pragma_database_list) * 10000000"
            + " + (SELECT count(*) FROM sqlite_temp_master) * 100000000";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      return result.next() ? result.getLong(1) : -1;
    }
  }

  private static Read read(String sql) {
    return (Read) SqlGuard.classify(sql, Dialect.SQLITE);
  }

  private static List<String> tables(String sql, Dialect dialect) {
    return ((Read) SqlGuard.classify(sql, dialect)).tables();
  }

  private static void assertRead(String sql, String... tables) {
    for (Dialect dialect : Dialect.values()) {
      assertThat(SqlGuard.classify(sql, dialect))
          .as(dialect + ": " + sql)
          .isInstanceOfSatisfying(
              Read.class, read -> assertThat(read.tables()).containsExactly(tables));
    }
  }

  private static void assertWrite(String sql, Change change, boolean wholeTable, String... tables) {
    for (Dialect dialect : Dialect.values()) {
      assertThat(SqlGuard.classify(sql, dialect))
          .as(dialect + ": " + sql)
          .isInstanceOfSatisfying(
              Write.class,
              write -> {
                assertThat(write.change()).isEqualTo(change);
                assertThat(write.tables()).containsExactly(tables);
                assertThat(write.wholeTable()).isEqualTo(wholeTable);
              });
    }
  }

  private static void assertRefused(String sql, String code) {
    assertThat(SqlGuard.classify(sql, Dialect.SQLITE))
        .as(sql.substring(0, Math.min(100, sql.length())))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
