package dev.bylaw.store.journal;

import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.Texts;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks for runs. */
public class Runs {
  private static final String FIELDS =
      "r.no, r.id, r.identity, r.agent, r.playbook, r.version, r.definition, r.engine, r.status,"
          + " r.inputs, r.result, r.started, r.ended, r.wake";

  final Session session;

  public Runs(Session session) {
    this.session = session;
  }

  /** A run. */
  public Optional<Run> find(String id) {
    return session.first("SELECT " + FIELDS + " FROM run r WHERE r.id = ?", Runs::run, id);
  }

  /** The newest runs of an identity, newest first. */
  public List<Run> latest(String identity, int most) {
    return session.list(
        "SELECT " + FIELDS + " FROM run r WHERE r.identity = ? ORDER BY r.no DESC LIMIT ?",
        Runs::run,
        identity,
        most);
  }

  /** The newest runs of an identity that have one status, newest first. */
  public List<Run> latest(String identity, RunStatus status, int most) {
    return session.list(
        "SELECT "
            + FIELDS
            + " FROM run r WHERE r.identity = ? AND r.status = ? ORDER BY r.no DESC LIMIT ?",
        Runs::run,
        identity,
        status.text(),
        most);
  }

  /** The text of a definition. */
  public Optional<String> definition(String digest) {
    return session.first(
        "SELECT text FROM definition WHERE digest = ?", row -> row.getString(1), digest);
  }

  /** What a run has to be rebuilt from. */
  public Optional<History> history(String id) {
    List<History> found = new ArrayList<>();
    eachHistory("r.id = ?", found::add, id);
    return found.stream().findFirst();
  }

  /** All events of a run, in order, whether or not a snapshot stands for them. */
  public List<History.Event> events(String id) {
    List<History.Event> events = new ArrayList<>();
    session.each(
        "SELECT e.seq, e.value FROM run r JOIN run_event e ON e.run = r.no WHERE r.id = ?"
            + " ORDER BY e.seq",
        row -> unfold(row.getLong(1), row.getString(2), 0, events),
        id);
    return events;
  }

  /** Adds the events of a row, which holds the place of its last, that stand behind a place. */
  private static void unfold(long last, String json, long after, List<History.Event> events)
      throws SQLException {
    if (!(Texts.value(json) instanceof ArrayValue values)) {
      throw Texts.damaged();
    }
    long seq = last - values.size();
    for (Value value : values) {
      if (++seq > after) {
        events.add(new History.Event(seq, value));
      }
    }
  }

  /** Calls for each run that has not ended, in the order they were started. */
  public void eachUnfinished(Consumer<History> action) {
    eachHistory("r.ended IS NULL", action);
  }

  /** The runs that have not ended, in the order they were started; no events are read. */
  public List<Run> unfinished() {
    return session.list(
        "SELECT " + FIELDS + " FROM run r WHERE r.ended IS NULL ORDER BY r.no", Runs::run);
  }

  /** When the next run is to be woken. */
  public Optional<Instant> nextWake() {
    return session
        .first(
            "SELECT wake FROM run WHERE wake IS NOT NULL ORDER BY wake LIMIT 1",
            row -> row.getLong(1))
        .map(Instant::ofEpochMilli);
  }

  /** The runs to be woken by now, most overdue first. */
  public List<String> due(Instant now, int most) {
    return session.list(
        "SELECT id FROM run WHERE wake IS NOT NULL AND wake <= ? ORDER BY wake LIMIT ?",
        row -> row.getString(1),
        now.toEpochMilli(),
        most);
  }

  /** One ordered pass over runs, their snapshots and the events behind them. */
  private void eachHistory(String where, Consumer<History> action, Object... arguments) {
    var gathering =
        new Object() {
          @Nullable Run run;
          long no;
          Optional<History.Snapshot> snapshot = Optional.empty();
          List<History.Event> events = new ArrayList<>();

          void done() {
            if (run != null) {
              action.accept(new History(run, snapshot, events));
            }
            events = new ArrayList<>();
          }
        };
    session.each(
        "SELECT "
            + FIELDS
            + ", s.seq, s.value, e.seq, e.value FROM run r"
            + " LEFT JOIN run_snapshot s ON s.run = r.no"
            + " LEFT JOIN run_event e ON e.run = r.no AND e.seq > COALESCE(s.seq, 0)"
            + " WHERE "
            + where
            + " ORDER BY r.no, e.seq",
        row -> {
          if (gathering.run == null || gathering.no != row.getLong(1)) {
            gathering.done();
            gathering.run = run(row);
            gathering.no = row.getLong(1);
            String state = row.getString(16);
            gathering.snapshot =
                state == null
                    ? Optional.empty()
                    : Optional.of(new History.Snapshot(row.getLong(15), Texts.value(state)));
          }
          String event = row.getString(18);
          if (event != null) {
            long after = gathering.snapshot.map(History.Snapshot::seq).orElse(0L);
            unfold(row.getLong(17), event, after, gathering.events);
          }
        },
        arguments);
    gathering.done();
  }

  static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        RunStatus.of(row.getString(9)),
        Texts.value(row.getString(10)),
        Texts.value(row.getString(11)),
        Instant.ofEpochMilli(row.getLong(12)),
        Texts.instant(row, 13),
        Texts.instant(row, 14));
  }
}
