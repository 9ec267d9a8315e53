package dev.bylaw.store.log;

import dev.bylaw.store.log.LogRecord.Chain;
import dev.bylaw.store.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the logs. */
public class LogQueries {
  /** A record's id is its chain and its place: 2^40 records to a chain. */
  static final int SEQ_BITS = 40;

  static final long MOST_SEQ = (1L << SEQ_BITS) - 1;

  private static final String COLUMNS =
      "SELECT r.id, r.at, r.event, r.decision, r.run, r.prev, r.payload, r.hash,"
          + " p.salt, p.value, p.erased FROM log_record r LEFT JOIN log_payload p ON p.id = r.id";

  final Session session;

  public LogQueries(Session session) {
    this.session = session;
  }

  /** The records of a decision, oldest first. */
  public List<LogRecord> ofDecision(String identity, String decision) {
    return list(
        identity,
        COLUMNS + " WHERE r.decision = ? AND r.decision <> '' ORDER BY r.at, r.id",
        decision);
  }

  /** The records of a run in both logs, oldest first. */
  public List<LogRecord> ofRun(String identity, String run) {
    return list(identity, COLUMNS + " WHERE r.run = ? AND r.run <> '' ORDER BY r.at, r.id", run);
  }

  /** The newest records of a log, newest first. */
  public List<LogRecord> latest(String identity, LogName log, int most) {
    List<LogRecord> found = new ArrayList<>();
    chains()
        .forEach((id, chain) -> {
          if (chain.identity().equals(identity) && chain.log() == log) {
            found.addAll(
                session.list(
                    COLUMNS + " WHERE r.id BETWEEN ? AND ? ORDER BY r.id DESC LIMIT ?",
                    row -> record(chain, row),
                    id << SEQ_BITS,
                    (id << SEQ_BITS) | MOST_SEQ,
                    most));
          }
        });
    found.sort((a, b) -> b.time().compareTo(a.time()));
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }

  /** Calls for each record of an identity's log from a time on, chain by chain, oldest first. */
  public void each(String identity, LogName log, Instant from, Consumer<LogRecord> action) {
    chains()
        .forEach((id, chain) -> {
          if (chain.identity().equals(identity) && chain.log() == log) {
            eachOf(
                id,
                chain,
                record -> {
                  if (!record.time().isBefore(from)) {
                    action.accept(record);
                  }
                });
          }
        });
  }

  /**
   * Where the payloads are that a selection may mean, in order.
   *
   * @param after only those behind this place; 0 for all
   * @param most how many at most
   */
  public List<Long> places(Selection selection, long after, int most) {
    List<@Nullable Object> arguments = new ArrayList<>();
    arguments.add(after);
    arguments.add(selection.identity());
    arguments.addAll(selection.arguments());
    arguments.add(most);
    return session.list(
        "SELECT p.id FROM log_payload p"
            + " JOIN log_record r ON r.id = p.id JOIN log_chain c ON c.id = p.id >> 40"
            + " WHERE p.id > ? AND c.identity = ? AND r.event NOT IN ('log_erased', 'log_retained')"
            + " AND "
            + selection.where()
            + " ORDER BY p.id LIMIT ?",
        row -> row.getLong(1),
        arguments.toArray());
  }

  /** All checkpoints, oldest first. */
  public List<Checkpoint> checkpoints() {
    return session.list(
        "SELECT body FROM log_checkpoint ORDER BY no", row -> Checkpoint.parse(row.getString(1)));
  }

  /** The newest checkpoint. */
  public Optional<Checkpoint> lastCheckpoint() {
    return session.first(
        "SELECT body FROM log_checkpoint ORDER BY no DESC LIMIT 1",
        row -> Checkpoint.parse(row.getString(1)));
  }

  /** The chains by their ids. */
  Map<Long, Chain> chains() {
    Map<Long, Chain> chains = new HashMap<>();
    session.each(
        "SELECT id, identity, log, writer FROM log_chain ORDER BY id",
        row ->
            chains.put(
                row.getLong(1),
                new Chain(row.getString(2), LogName.of(row.getString(3)), row.getString(4))));
    return chains;
  }

  /** Where a chain begins. */
  Root root(long chain) {
    return session
        .first(
            "SELECT root_seq, root_prev, root FROM log_chain WHERE id = ?",
            row -> new Root(row.getLong(1), row.getString(2), row.getString(3)),
            chain)
        .orElse(Root.FIRST);
  }

  void eachOf(long id, Chain chain, Consumer<LogRecord> action) {
    session.each(
        COLUMNS + " WHERE r.id BETWEEN ? AND ? ORDER BY r.id",
        row -> action.accept(record(chain, row)),
        id << SEQ_BITS,
        (id << SEQ_BITS) | MOST_SEQ);
  }

  private List<LogRecord> list(String identity, String sql, String argument) {
    Map<Long, Chain> chains = chains();
    List<LogRecord> found = new ArrayList<>();
    session.each(
        sql,
        row -> {
          Chain chain = chains.get(row.getLong(1) >> SEQ_BITS);
          if (chain != null && chain.identity().equals(identity)) {
            found.add(record(chain, row));
          }
        },
        argument);
    return List.copyOf(found);
  }

  static LogRecord record(Chain chain, ResultSet row) throws SQLException {
    String salt = row.getString(9);
    return new LogRecord(
        chain,
        row.getLong(1) & MOST_SEQ,
        Instant.ofEpochMilli(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        salt == null
            ? Optional.empty()
            : Payload.parse(row.getString(10), salt, row.getString(11)));
  }
}
