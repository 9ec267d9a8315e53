package dev.bylaw.store.decision;

import dev.bylaw.store.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks for decisions. */
public class DecisionQueries {
  private static final String SELECT =
      "SELECT id, identity, agent, key, action, digest, effect, run, at, outcome FROM decision";

  final Session session;

  public DecisionQueries(Session session) {
    this.session = session;
  }

  /** A decision of an identity. */
  public Optional<KeptDecision> find(String identity, String id) {
    return session.first(
        SELECT + " WHERE id = ? AND identity = ?", DecisionQueries::read, id, identity);
  }

  /** The decisions on one attempt, first to last. */
  public List<KeptDecision> ofKey(String identity, String key) {
    return session.list(
        SELECT + " WHERE identity = ? AND key = ? AND key <> '' ORDER BY at",
        DecisionQueries::read,
        identity,
        key);
  }

  private static KeptDecision read(ResultSet row) throws SQLException {
    return new KeptDecision(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        Instant.ofEpochMilli(row.getLong(9)),
        row.getString(10));
  }
}
