package dev.bylaw.store.approval;

import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.Texts;
import dev.bylaw.value.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks for approvals. */
public class ApprovalQueries {
  private static final String SELECT =
      "SELECT id, identity, run, digest, status, requested, expires, version, value FROM approval";

  /**
   * Something that happened to an approval.
   *
   * @param at when
   * @param value what
   */
  public record Event(Instant at, Value value) {}

  /**
   * Who goes on when an approval is answered.
   *
   * @param run the run; empty for a request outside a run
   * @param key the step of the run, or the request's key
   */
  public record Waiter(String run, String key) {}

  final Session session;

  public ApprovalQueries(Session session) {
    this.session = session;
  }

  /** An approval. */
  public Optional<KeptApproval> find(String id) {
    return session.first(SELECT + " WHERE id = ?", ApprovalQueries::read, id);
  }

  /** The approvals of an identity that have one status, oldest first. */
  public List<KeptApproval> withStatus(String identity, String status) {
    return session.list(
        SELECT + " WHERE identity = ? AND status = ? ORDER BY requested, id",
        ApprovalQueries::read,
        identity,
        status);
  }

  /** The approvals of an identity that are decided and that somebody waits for, oldest first. */
  public List<String> untold(String identity) {
    return session.list(
        "SELECT a.id FROM approval a WHERE a.identity = ? AND a.status NOT IN ('pending',"
            + " 'cancelled') AND a.id IN (SELECT approval FROM approval_waiter)"
            + " ORDER BY a.requested, a.id",
        row -> row.getString(1),
        identity);
  }

  /** The newest approvals of an identity, newest first. */
  public List<KeptApproval> latest(String identity, int most) {
    return session.list(
        SELECT + " WHERE identity = ? ORDER BY requested DESC, id DESC LIMIT ?",
        ApprovalQueries::read,
        identity,
        most);
  }

  /** The approvals for an action, oldest first: equal pending requests share one. */
  public List<KeptApproval> forAction(String identity, String digest) {
    return session.list(
        SELECT + " WHERE identity = ? AND digest = ? ORDER BY requested, id",
        ApprovalQueries::read,
        identity,
        digest);
  }

  /** The approvals that a run asked for, oldest first. */
  public List<KeptApproval> ofRun(String run) {
    return session.list(
        SELECT + " WHERE run = ? AND run <> '' ORDER BY requested, id", ApprovalQueries::read, run);
  }

  /** The approvals to be looked at by now, most overdue first. */
  public List<KeptApproval> due(Instant now, int most) {
    return session.list(
        SELECT + " WHERE expires IS NOT NULL AND expires <= ? ORDER BY expires LIMIT ?",
        ApprovalQueries::read,
        now.toEpochMilli(),
        most);
  }

  /** When the next approval is to be looked at. */
  public Optional<Instant> nextDue() {
    return session
        .first(
            "SELECT expires FROM approval WHERE expires IS NOT NULL ORDER BY expires LIMIT 1",
            row -> row.getLong(1))
        .map(Instant::ofEpochMilli);
  }

  /** What happened to an approval, in order. */
  public List<Event> history(String id) {
    return session.list(
        "SELECT at, value FROM approval_event WHERE approval = ? ORDER BY seq",
        row -> new Event(Instant.ofEpochMilli(row.getLong(1)), Texts.value(row.getString(2))),
        id);
  }

  /** Who goes on when it is answered. */
  public List<Waiter> waiters(String id) {
    return session.list(
        "SELECT run, key FROM approval_waiter WHERE approval = ? ORDER BY run, key",
        row -> new Waiter(row.getString(1), row.getString(2)),
        id);
  }

  private static KeptApproval read(ResultSet row) throws SQLException {
    return new KeptApproval(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Instant.ofEpochMilli(row.getLong(6)),
        Texts.instant(row, 7),
        row.getLong(8),
        Texts.value(row.getString(9)));
  }
}
