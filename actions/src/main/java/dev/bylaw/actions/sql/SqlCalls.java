package dev.bylaw.actions.sql;

import dev.bylaw.actions.call.Params;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.Action.Resource;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What both database actions do before and after their statement. */
final class SqlCalls {
  private static final Set<SQLiteErrorCode> BUSY =
      Set.of(
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT,
          SQLiteErrorCode.SQLITE_LOCKED);

  private SqlCalls() {}

  /**
   * What an action does with a statement that was read.
   *
   * @see #perform
   */
  interface Statement {
    ActionOutcome perform(Database database, SqlGuard.Verdict verdict, Params params, int most)
        throws SqlRefusal, InterruptedException;
  }

  /**
   * How many rows a call may ask for.
   *
   * @param usual where it does not say
   */
  record RowLimit(int least, int most, int usual) {}

  /** Reads the parameters and the statement of a call; what is wrong with them is its outcome. */
  static ActionOutcome perform(
      Databases databases, ActionSpec spec, ActionCall call, RowLimit limit, Statement statement)
      throws InterruptedException {
    Params params = Params.of(spec, call.params());
    Optional<Database> named = database(databases, params);
    int most = params.whole("max_rows", limit.least, limit.most, limit.usual);
    if (params.problem().isPresent()) {
      return params.problem().get();
    }
    Database database = named.orElseThrow();
    SqlGuard.Verdict verdict = SqlGuard.classify(params.text("query"), database.dialect());
    try {
      return verdict instanceof SqlGuard.Refused refused
          ? refused(refused)
          : statement.perform(database, verdict, params, most);
    } catch (SqlRefusal refusal) {
      return refused(refusal.refused());
    }
  }

  /** The database that a call names, or why there is none. */
  private static Optional<Database> database(Databases databases, Params params) {
    Optional<Database> database = databases.named(params.text("connection"));
    if (database.isEmpty()) {
      String name = params.text("connection");
      String hint = DidYouMean.hint(name, databases.names());
      params.wrong(
          name.isEmpty()
              ? "`connection` is missing and no default connection is configured"
              : "there is no connection of that name" + (hint.isEmpty() ? "" : ", " + hint));
    }
    return database;
  }

  /** What a statement would touch: its tables, then the connection. */
  static Action.Prepared touching(Databases databases, ObjectValue params) {
    Optional<Database> database = databases.named(params.text("connection"));
    if (database.isEmpty()) {
      return new Action.Prepared(params, List.of());
    }
    List<Resource> resources = new ArrayList<>();
    if (params.get("query") instanceof StringValue sql) {
      tables(SqlGuard.classify(sql.text(), database.get().dialect()))
          .forEach(table -> resources.add(new Resource("table", table)));
    }
    resources.add(new Resource("connection", database.get().name()));
    return new Action.Prepared(
        params.with("connection", StringValue.of(database.get().name())), resources);
  }

  private static List<String> tables(SqlGuard.Verdict verdict) {
    return switch (verdict) {
      case SqlGuard.Read read -> read.tables();
      case SqlGuard.Write write -> write.tables();
      case SqlGuard.Refused _ -> List.of();
    };
  }

  private static ActionOutcome refused(SqlGuard.Refused refused) {
    return Failed.before(
        "sql_refused",
        "%s: %s (at character %d)"
            .formatted(refused.code(), refused.message(), refused.offset() + 1));
  }

  static ActionOutcome noLogin(Database database, boolean write) {
    return Failed.before(
        "no_credential",
        "the connection `%s` has no %s login for this call's credential"
            .formatted(database.name(), write ? "writing" : "reading"));
  }

  static Duration timeout(Database database, Duration call) {
    return call.compareTo(database.queryTimeout()) < 0 ? call : database.queryTimeout();
  }

  /** A failure of the database as an outcome; its message without what was bound. */
  static ActionOutcome failed(SQLException e, Binds binds, boolean late, Effect effect) {
    String code = late ? "timeout" : code(e);
    boolean retryable = late || code.equals("unavailable");
    String message = late ? "the statement took too long and was ended" : message(e, binds);
    return new Failed(code, message, retryable, effect, ObjectValue.EMPTY);
  }

  private static String code(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      SQLiteErrorCode code = sqlite.getResultCode();
      if (BUSY.contains(code)) {
        return "unavailable";
      }
      return switch (code.code & 0xff) {
        case 8 -> "read_only";
        case 9 -> "timeout";
        case 14, 10, 13, 26, 11 -> "unavailable";
        case 19 -> "constraint";
        default -> "sql_error";
      };
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("57014") || state.equals("55P03")) {
      return "timeout";
    }
    if (state.equals("25006") || state.equals("42501")) {
      return state.equals("25006") ? "read_only" : "not_permitted";
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08", "53", "57", "28" -> "unavailable";
      case "23" -> "constraint";
      case "40" -> "conflict";
      default -> "sql_error";
    };
  }

  private static String message(SQLException e, Binds binds) {
    // The first line only: what PostgreSQL says behind it quotes rows.
    String line = binds.hide(String.valueOf(e.getMessage())).lines().findFirst().orElse("").strip();
    String start = line.length() > 300 ? line.substring(0, 300) + "…" : line;
    return "the database said: " + start.replaceFirst("^ERROR: ", "");
  }
}
