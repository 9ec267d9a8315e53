package dev.bylaw.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that wait for the tables. */
class SessionTest {
  private static final String INSERT = "INSERT INTO thing (id) VALUES (?)";
  private static final String COUNT = "SELECT COUNT(*) FROM thing";

  private final List<String> noted = new ArrayList<>();
  private Session session;

  @BeforeEach
  void open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    connection.setAutoCommit(false);
    session = new Session(connection);
    session.execute("COMMIT");
    session.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY)");
    session.record((sql, arguments) -> noted.add(arguments[0].toString()));
    session.command("BEGIN");
  }

  @AfterEach
  void close() {
    session.close();
  }

  private long inTheTables() {
    return session.firstBefore(COUNT, row -> row.getLong(1)).orElseThrow();
  }

  private void work(long... ids) {
    session.begin();
    for (long id : ids) {
      session.later(INSERT, id);
    }
    session.keep();
  }

  @Test
  void aChangeThatWaitsIsNotedAtOnceAndSeenByWhoeverAsks() {
    work(1, 2);
    assertThat(noted).containsExactly("1", "2");
    assertThat(inTheTables()).isZero();
    assertThat(session.number(COUNT)).isEqualTo(2);
  }

  @Test
  void aChangeWhoseResultIsNeededComesAfterThoseThatWait() {
    work(1);
    session.begin();
    assertThat(session.update("DELETE FROM thing WHERE id = ?", 1L)).isEqualTo(1);
    session.keep();
    assertThat(session.number(COUNT)).isZero();
  }

  @Test
  void aWorkThatFailsTakesBackItsWaitingChangesAndNobodyElses() {
    work(1);
    session.begin();
    session.later(INSERT, 2L);
    session.undo();
    work(3);
    session.catchUp();
    assertThat(session.list("SELECT id FROM thing ORDER BY id", row -> row.getLong(1)))
        .containsExactly(1L, 3L);
  }

  @Test
  void aWorkThatFailsTakesBackWhatItHasInTheTablesAlready() {
    work(1);
    session.begin();
    session.later(INSERT, 2L);
    assertThat(session.number(COUNT)).isEqualTo(2);
    session.later(INSERT, 3L);
    assertThat(session.update(INSERT, 4L)).isEqualTo(1);
    session.later(INSERT, 5L);
    session.undo();
    assertThat(session.list("SELECT id FROM thing", row -> row.getLong(1))).containsExactly(1L);
  }

  @Test
  void catchingUpStopsWhereItIsToldAndGoesOnInOrder() {
    work(1, 2, 3);
    session.catchUp(left -> left > 1);
    assertThat(inTheTables()).isEqualTo(2);
    session.catchUp();
    assertThat(inTheTables()).isEqualTo(3);
  }

  @Test
  void moreChangesThanMayWaitAreRunInBetweenAndCanStillBeTakenBack() {
    work(1);
    session.begin();
    for (long id = 2; id < 2L * Session.MOST_LATER; id++) {
      session.later(INSERT, id);
    }
    assertThat(inTheTables()).isGreaterThanOrEqualTo(Session.MOST_LATER);
    session.undo();
    assertThat(session.number(COUNT)).isEqualTo(1);
  }

  @Test
  void aWaitingChangeThatFailsLeavesTheSessionBroken() {
    work(1, 1);
    assertThat(session.broken()).isFalse();
    assertThatThrownBy(session::catchUp).isInstanceOf(SqlFailure.class);
    assertThat(session.broken()).isTrue();
  }
}
