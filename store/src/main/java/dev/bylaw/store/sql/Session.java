package dev.bylaw.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements. Used by one thread at a time.
 *
 * <p>A change whose result nobody needs is only noted ({@link #later}) and run at the next {@link
 * #catchUp}: the disk can be busy with the notes meanwhile. Whatever asks the tables or needs to
 * know what it changed catches up first, so that nobody sees the difference.
 *
 * <p>Whoever keeps in memory what a transaction changes tells the session how to take it back
 * ({@link #onUndo}) and what is still to be written at the end of a batch ({@link #atBatchEnd}).
 */
public final class Session implements AutoCloseable {
  /** Makes something of the current row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Looks at the current row. */
  @FunctionalInterface
  public interface Visit {
    void row(ResultSet row) throws SQLException;
  }

  /** Notes what changes tables, so that it can be done again. */
  @FunctionalInterface
  public interface Recorder {
    /**
     * A statement was run.
     *
     * @param sql its text
     * @param arguments each null, a long, an integer or a text
     */
    void changed(String sql, @Nullable Object[] arguments);
  }

  /** How many changes wait at the most. */
  public static final int MOST_LATER = 2_048;

  /** A change that waits. */
  private static final class Later {
    final String sql;
    final @Nullable Object[] arguments;

    Later(String sql, @Nullable Object[] arguments) {
      this.sql = sql;
      this.arguments = arguments;
    }
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final List<Runnable> undo = new ArrayList<>();
  private final List<Runnable> afterWork = new ArrayList<>();
  private final List<Runnable> atBatchEnd = new ArrayList<>();
  private final ArrayDeque<Later> later = new ArrayDeque<>();
  private @Nullable Recorder recorder;

  /** How many of the waiting changes are of works before the one under way. */
  private int ofOthers;

  /** Whether a work is under way. */
  private boolean working;

  /** Whether the tables hold something of the work under way. */
  private boolean saved;

  private boolean broken;

  public Session(Connection connection) {
    this.connection = connection;
  }

  /** From here on what changes tables is noted. */
  public void record(Recorder by) {
    recorder = by;
  }

  /** Runs a statement that changes rows and answers how many it changed. */
  public int update(String sql, @Nullable Object... arguments) {
    int changed = updateUnrecorded(sql, arguments);
    if (recorder != null && changed > 0) {
      recorder.changed(sql, arguments);
    }
    return changed;
  }

  /**
   * Changes rows when the time has come, and at the latest before anybody asks the tables.
   *
   * @param sql must not fail for what the tables hold: whoever waits has had his answer by then
   */
  public void later(String sql, @Nullable Object... arguments) {
    if (recorder == null) {
      var _ = updateUnrecorded(sql, arguments);
      return;
    }
    recorder.changed(sql, arguments);
    later.add(new Later(sql, arguments));
    if (later.size() >= MOST_LATER) {
      catchUp();
    }
  }

  /** Runs the changes that wait. */
  public void catchUp() {
    catchUp(_ -> true);
  }

  /**
   * Runs changes that wait, first to last.
   *
   * @param further whether to go on, by how many still wait
   */
  public void catchUp(IntPredicate further) {
    while (!later.isEmpty() && further.test(later.size())) {
      if (ofOthers == 0) {
        save();
      }
      Later change = later.remove();
      ofOthers = Math.max(0, ofOthers - 1);
      try {
        var _ = bound(change.sql, change.arguments).executeUpdate();
      } catch (SQLException e) {
        broken = true;
        throw new SqlFailure(e);
      }
    }
  }

  /** Whether a change that waited failed: the tables are no longer what was promised. */
  public boolean broken() {
    return broken;
  }

  /** What the work under way does to the tables from here on can be taken back. */
  private void save() {
    if (working && !saved) {
      command("SAVEPOINT work");
      saved = true;
    }
  }

  /** A work begins. */
  public void begin() {
    working = true;
    ofOthers = later.size();
  }

  /** The same for what the recorder keeps itself. */
  public int updateUnrecorded(String sql, @Nullable Object... arguments) {
    catchUp();
    save();
    try {
      return bound(sql, arguments).executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Runs a change that was noted, as it was. */
  public void redo(String sql, @Nullable Object[] arguments) {
    try {
      PreparedStatement statement = bound(sql, arguments);
      if (statement.execute()) {
        statement.getResultSet().close();
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** All rows of a query. */
  public <T> List<T> list(String sql, Row<T> reader, @Nullable Object... arguments) {
    List<T> found = new ArrayList<>();
    each(sql, row -> found.add(reader.read(row)), arguments);
    return found;
  }

  /** The first row of a query. */
  public <T> Optional<T> first(String sql, Row<T> reader, @Nullable Object... arguments) {
    catchUp();
    return found(asking(sql), reader, arguments);
  }

  /** The first row of a query that no change that waits is about. */
  public <T> Optional<T> firstBefore(String sql, Row<T> reader, @Nullable Object... arguments) {
    return found(asking(sql), reader, arguments);
  }

  private <T> Optional<T> found(String sql, Row<T> reader, @Nullable Object... arguments) {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** The first column of the first row, or 0 where there is none or it is null. */
  public long number(String sql, @Nullable Object... arguments) {
    return first(sql, row -> row.getLong(1), arguments).orElse(0L);
  }

  /** Calls for each row. Inside, the same query must not be asked again. */
  public void each(String sql, Visit visit, @Nullable Object... arguments) {
    catchUp();
    try (ResultSet rows = bound(asking(sql), arguments).executeQuery()) {
      while (rows.next()) {
        visit.row(rows);
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Runs one statement as it is, without keeping it prepared. */
  public void execute(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Runs a statement without arguments that is run often. */
  public void command(String sql) {
    try {
      prepared(sql).execute();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** What takes back a change in memory if the work that made it fails. */
  public void onUndo(Runnable change) {
    undo.add(change);
  }

  /** What is done at the end of every work, for instance writing a row that it kept changing. */
  public void afterWork(Runnable action) {
    afterWork.add(action);
  }

  /**
   * What is done once at the end of every batch of works, for instance writing sums kept in memory.
   */
  public void atBatchEnd(Runnable action) {
    atBatchEnd.add(action);
  }

  /** Runs what was asked for at the end of a batch. */
  public void endBatch() {
    for (Runnable action : atBatchEnd) {
      action.run();
    }
  }

  /** The work is good: write what it left, and forget how to take it back. */
  public void keep() {
    for (Runnable action : afterWork) {
      action.run();
    }
    undo.clear();
    end();
  }

  /** Takes back what the work did, last first. */
  public void undo() {
    for (int i = undo.size() - 1; i >= 0; i--) {
      undo.get(i).run();
    }
    undo.clear();
    while (later.size() > ofOthers) {
      later.removeLast();
    }
    if (saved) {
      command("ROLLBACK TO work");
    }
    end();
  }

  private void end() {
    if (saved) {
      command("RELEASE work");
    }
    saved = false;
    working = false;
  }

  /** What asks changes nothing: a change that nobody noted would be lost. */
  private String asking(String sql) {
    if (!statements.containsKey(sql) && !sql.startsWith("SELECT ") && !sql.startsWith("PRAGMA ")) {
      throw new IllegalArgumentException("this is no question: " + sql);
    }
    return sql;
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepared(sql);
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case null -> statement.setObject(i + 1, null);
        case String text -> statement.setString(i + 1, text);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case Object other -> throw new IllegalArgumentException("no column for " + other);
      }
    }
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }
}
