package dev.bylaw.store.erasure;

import dev.bylaw.store.ledger.Ledger;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.sql.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Drops what an identity holds for longer than it may, a page in each transaction, so that nobody
 * waits long for the writer. What is left after any of them is whole: a process that ends in
 * between has dropped a part, and the rest is dropped when it is asked for again.
 */
public final class Retention {
  /** How many rows, each with what hangs on it, are dropped in one transaction, at most. */
  static final int PAGE = 200;

  /** Charges stay for longer than the longest calendar window, whatever is asked for. */
  private static final Duration CHARGES = Duration.ofDays(400);

  private final String identity;
  private final Instant before;
  private final Set<Long> announced = new HashSet<>();

  /** Drops what is from before an instant. */
  public Retention(String identity, Instant before) {
    this.identity = identity;
    this.before = before;
  }

  /** Drops the oldest records of a log; how many, 0 if there is none left. */
  public int records(Chains chains) {
    return chains.retain(identity, before, PAGE, announced);
  }

  /** Drops runs that have ended; how many, 0 if there is none left. */
  public int runs(Session session) {
    List<Long> runs =
        session.list(
            "SELECT no FROM run WHERE identity = ? AND ended IS NOT NULL AND ended < ?"
                + " ORDER BY no LIMIT ?",
            row -> row.getLong(1),
            identity,
            before.toEpochMilli(),
            PAGE);
    for (long no : runs) {
      session.update("DELETE FROM run_event WHERE run = ?", no);
      session.update("DELETE FROM run_snapshot WHERE run = ?", no);
      session.update("DELETE FROM run WHERE no = ?", no);
    }
    return runs.size();
  }

  /** Drops approvals that were answered; how many, 0 if there is none left. */
  public int approvals(Session session) {
    List<String> approvals =
        session.list(
            "SELECT id FROM approval WHERE identity = ? AND requested < ? AND expires IS NULL"
                + " AND status <> 'pending' ORDER BY id LIMIT ?",
            row -> row.getString(1),
            identity,
            before.toEpochMilli(),
            PAGE);
    for (String id : approvals) {
      session.update("DELETE FROM approval_event WHERE approval = ?", id);
      session.update("DELETE FROM approval_waiter WHERE approval = ?", id);
      session.update("DELETE FROM approval WHERE id = ?", id);
    }
    return approvals.size();
  }

  /** Drops what decisions were known by; how many, 0 if there is none left. */
  public int decisions(Session session) {
    return session.update(
        "DELETE FROM decision WHERE id IN (SELECT id FROM decision WHERE identity = ? AND at < ?"
            + " ORDER BY id LIMIT ?)",
        identity,
        before.toEpochMilli(),
        PAGE);
  }

  /** Drops what no window of a cap looks back to; how many, 0 if there is none left. */
  public int charges(Session session, Ledger ledger, Instant now) {
    long charges = Math.min(before.toEpochMilli(), now.minus(CHARGES).toEpochMilli());
    int dropped =
        session.update(
            "DELETE FROM cap_charge WHERE (counter, at, reservation) IN (SELECT counter, at,"
                + " reservation FROM cap_charge WHERE at < ? AND counter IN"
                + " (SELECT id FROM cap_counter WHERE identity = ?) AND reservation NOT IN"
                + " (SELECT no FROM reservation WHERE open IS NOT NULL)"
                + " ORDER BY counter, at, reservation LIMIT ?)",
            charges,
            identity,
            PAGE);
    dropped +=
        session.update(
            "DELETE FROM reservation WHERE identity = ? AND key IN (SELECT key FROM reservation"
                + " WHERE identity = ? AND at < ? AND open IS NULL ORDER BY key LIMIT ?)",
            identity,
            identity,
            charges,
            PAGE);
    ledger.forgetMemory();
    return dropped;
  }
}
