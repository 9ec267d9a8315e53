package dev.bylaw.actions.sql;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code modify_database}: one INSERT, UPDATE or DELETE in a transaction of its own.
 *
 * <p>Until the commit is asked for, a failure has no effect: the database takes back what a
 * transaction did that nobody commits. A failure of the commit itself may have had it.
 *
 * @param databases where it may write
 */
public record ModifyDatabase(Databases databases) implements Action {
  private static final SqlCalls.RowLimit ANY_ROWS =
      new SqlCalls.RowLimit(0, Integer.MAX_VALUE, Integer.MAX_VALUE);

  @Override
  public ActionSpec spec() {
    return ActionTable.MODIFY_DATABASE;
  }

  @Override
  public Prepared prepare(ObjectValue params, ObjectValue inputs) {
    return SqlCalls.touching(databases, params);
  }

  @Override
  public ActionOutcome perform(ActionCall call) throws InterruptedException {
    return SqlCalls.perform(
        databases,
        spec(),
        call,
        ANY_ROWS,
        (database, verdict, params, most) ->
            switch (verdict) {
              case SqlGuard.Write write when write.wholeTable() && !params.isTrue("all_rows") ->
                  Failed.before(
                      "sql_refused",
                      "E0511: the statement changes every row of the table; `all_rows: true` says"
                          + " that this is meant");
              case SqlGuard.Write write ->
                  modify(call, database, write, Binds.of(write.binds(), params.any("binds")), most);
              case SqlGuard.Read _, SqlGuard.Refused _ ->
                  Failed.before(
                      "sql_refused",
                      "E0510: `modify_database` changes rows; `query_database` reads them");
            });
  }

  private static ActionOutcome modify(
      ActionCall call, Database database, SqlGuard.Write write, Binds binds, int most)
      throws InterruptedException {
    Optional<Login> login = database.login(call.credential(), true);
    if (login.isEmpty()) {
      return SqlCalls.noLogin(database, true);
    }
    Duration timeout = SqlCalls.timeout(database, call.timeout());
    Effect effect = Effect.NONE;
    boolean late = false;
    Optional<Done> done = Optional.empty();
    try (Connection connection = database.openToWrite(login.get(), timeout)) {
      int affected;
      try (PreparedStatement statement = connection.prepareStatement(write.sql());
          Watch watch = Watch.over(statement, timeout)) {
        try {
          binds.set(statement, database.dialect());
          affected = statement.executeUpdate();
        } catch (SQLException e) {
          late = watch.late();
          throw e;
        }
      }
      if (affected > most) {
        connection.rollback();
        return Failed.before(
            "too_many_rows",
            "%d rows would have been changed, more than `max_rows` (%d); nothing was"
                .formatted(affected, most));
      }
      effect = Effect.POSSIBLE;
      connection.commit();
      done = Optional.of(done(write, affected));
    } catch (SQLException e) {
      if (done.isPresent()) {
        // Only closing failed.
        return done.get();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while a statement ran");
      }
      return SqlCalls.failed(e, binds, late, effect);
    }
    return done.get();
  }

  private static Done done(SqlGuard.Write write, int affected) {
    return new Done(
        ObjectValue.of(
            "affected", NumberValue.of(affected), "tables", QueryDatabase.texts(write.tables())));
  }
}
