package dev.bylaw.actions.sql;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code query_database}: one SELECT, over a connection that could not change anything either.
 *
 * @param databases where it may read
 */
public record QueryDatabase(Databases databases) implements Action {
  private static final SqlCalls.RowLimit ROWS = new SqlCalls.RowLimit(1, 10_000, 1_000);

  @Override
  public ActionSpec spec() {
    return ActionTable.QUERY_DATABASE;
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
        ROWS,
        (database, verdict, params, most) ->
            switch (verdict) {
              case SqlGuard.Read read ->
                  query(call, database, read, Binds.of(read.binds(), params.any("binds")), most);
              case SqlGuard.Write _, SqlGuard.Refused _ ->
                  Failed.before(
                      "sql_refused",
                      "E0510: `query_database` only reads; `modify_database` changes rows");
            });
  }

  private static ActionOutcome query(
      ActionCall call, Database database, SqlGuard.Read read, Binds binds, int most)
      throws InterruptedException {
    Optional<Login> login = database.login(call.credential(), false);
    if (login.isEmpty()) {
      return SqlCalls.noLogin(database, false);
    }
    Duration timeout = SqlCalls.timeout(database, call.timeout());
    boolean late = false;
    try (Connection connection = database.openToRead(login.get(), timeout);
        PreparedStatement statement = connection.prepareStatement(read.sql())) {
      try (Watch watch = Watch.over(statement, timeout)) {
        try {
          return rows(database, read, binds, most, statement);
        } catch (SQLException e) {
          late = watch.late();
          throw e;
        }
      }
    } catch (SQLException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while a query ran");
      }
      return SqlCalls.failed(e, binds, late, Effect.NONE);
    }
  }

  private static Done rows(
      Database database, SqlGuard.Read read, Binds binds, int most, PreparedStatement statement)
      throws SQLException {
    binds.set(statement, database.dialect());
    statement.setFetchSize(200);
    statement.setMaxRows(most + 1);
    try (ResultSet result = statement.executeQuery()) {
      Rows rows = Rows.read(result, most, database.dialect());
      return new Done(
          ObjectValue.builder()
              .put("rows", ArrayValue.of(rows.rows()))
              .put("count", NumberValue.of(rows.rows().size()))
              .put("truncated", BooleanValue.of(rows.truncated()))
              .put("tables", texts(read.tables()))
              .build());
    }
  }

  static ArrayValue texts(List<String> texts) {
    return ArrayValue.of(texts.stream().map(StringValue::of).toList());
  }
}
