package dev.bylaw.playbook.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.template.SqlShape.Place;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a value can stand in SQL; a hole is written {@code :h:}. */
class SqlShapeTest {
  private static SqlShape.Shape shape(String sql) {
    return SqlShape.of(sql.replace(":h:", String.valueOf(SqlShape.HOLE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM orders WHERE id = :h:",
        "SELECT * FROM orders WHERE id=:h: AND total>=:h:",
        "select a, :h: from t where b in (:h:, :h:) limit :h: offset :h:",
        "INSERT INTO t (a, b) VALUES (:h:, :h:)",
        "INSERT INTO t VALUES (1, :h:)",
        "UPDATE t SET a = :h:, b = b + :h: WHERE c LIKE :h:",
        "DELETE FROM t WHERE :h: BETWEEN a AND b",
        "SELECT coalesce(a, :h:), substring(b FROM :h: FOR :h:) FROM t",
        "SELECT CASE WHEN a = :h: THEN :h: ELSE :h: END FROM t",
        "SELECT :h:::int",
        "SELECT * FROM t WHERE a = 'it''s' AND b = :h: -- 'done",
        "SELECT * FROM t WHERE a = E'it\\'s' AND b = :h:",
        "SELECT * FROM t WHERE \"a\"\"b\" = :h: /* ' /* nested */ \" */ AND c = :h:",
        "SELECT $$ it's $$, :h:",
        "SELECT $a$ $b$ ' $a$ , :h:",
        "WITH x AS (SELECT :h: AS a) SELECT * FROM x WHERE a <> :h:",
        "SELECT a FROM t ORDER BY length(b || :h:) LIMIT :h:",
        "SELECT a FROM t WHERE created > now() - :h:",
        "SELECT * FROM a JOIN b ON a.id = b.id AND b.x = :h:"
      })
  void aValueMayStandHere(String sql) {
    SqlShape.Shape shape = shape(sql);
    assertThat(shape.holes()).isNotEmpty().containsOnly(Place.VALUE);
    assertThat(shape.unclosed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM :h:",
        "SELECT * FROM a, :h:",
        "SELECT * FROM a JOIN :h: ON true",
        "SELECT :h:.a FROM t",
        "SELECT t.:h: FROM t",
        "SELECT * FROM orders_:h:",
        "SELECT * FROM :h:_orders",
        "SELECT \":h:\" FROM t",
        "SELECT `:h:` FROM t",
        "SELECT :h:(1)",
        "SELECT a :h: FROM t",
        "SELECT a FROM t ORDER BY :h:",
        "SELECT a FROM t ORDER BY a, :h:",
        "SELECT a FROM t ORDER BY a :h:",
        "SELECT a FROM t GROUP BY a, :h:",
        "INSERT INTO :h: VALUES (1)",
        "INSERT INTO t (a, :h:) VALUES (1)",
        "UPDATE :h: SET a = 1",
        "UPDATE t SET :h: = 1",
        "UPDATE t SET a = 1, :h: = 2",
        "SELECT a AS :h: FROM t",
        "DROP TABLE :h:",
        "SELECT * FROM a JOIN b USING (:h:)",
        ":h: FROM t",
        "SELECT * FROM t WHERE a = 1 :h:",
        "SELECT * FROM t WHERE a = :h::h:",
        "SELECT * FROM t WHERE a = x:h:",
        "SELECT * FROM t WHERE id IN :h:"
      })
  void aValueMayNotStandHere(String sql) {
    assertThat(shape(sql).holes()).contains(Place.IDENTIFIER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "SELECT * FROM t WHERE a = ':h:'; QUOTED",
        "SELECT * FROM t WHERE a = 'x'':h:'; QUOTED",
        "SELECT * FROM t WHERE a = E'\\':h:'; QUOTED",
        "SELECT * FROM t WHERE a = 'open :h:; QUOTED",
        "SELECT $$ :h: $$; QUOTED",
        "SELECT $tag$ $$ :h: $tag$; QUOTED",
        "SELECT 1 -- :h:; COMMENTED",
        "SELECT 1 /* :h: */; COMMENTED",
        "SELECT 1 /* /* */ :h: */; COMMENTED",
        "SELECT 1 /* open :h:; COMMENTED"
      })
  void quotesAndCommentsHoldNoValue(String sql, Place place) {
    assertThat(shape(sql).holes()).containsOnly(place);
  }

  @Test
  void placeholdersOfTheStatementsOwnAreFoundOutsideQuotesOnly() {
    assertThat(shape("SELECT ? , :h:").placeholder()).isTrue();
    assertThat(shape("SELECT '?' , \"?\", $$?$$, :h: -- ?").placeholder()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 99})
  void eachHoleOfAnyTextHasAPlace(long seed) {
    var random = new Random(seed);
    String[] bits = {
      ":h:", "'", "''", "\"", "`", "$$", "$a$", "--", "/*", "*/", "\n", "(", ")", ",", "=", "E'",
      "\\", "SELECT ", "FROM ", "SET ", "x", "1", "?", ";", ".", " "
    };
    for (int i = 0; i < 5_000; i++) {
      var sql = new StringBuilder();
      int length = random.nextInt(30);
      for (int j = 0; j < length; j++) {
        sql.append(bits[random.nextInt(bits.length)]);
      }
      int holes = sql.toString().split(":h:", -1).length - 1;
      assertThat(shape(sql.toString()).holes()).hasSize(holes);
    }
  }
}
