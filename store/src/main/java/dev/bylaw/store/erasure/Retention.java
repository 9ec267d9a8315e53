package dev.bylaw.store.erasure;

import dev.bylaw.store.ledger.Ledger;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.sql.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Drops what is older than it may be; used inside one transaction. */
public final class Retention {
  /** Charges stay for longer than the longest calendar window, whatever is asked for. */
  private static final Duration CHARGES = Duration.ofDays(400);

  private final Session session;
  private final Chains chains;
  private final Ledger ledger;

  public Retention(Session session, Chains chains, Ledger ledger) {
    this.session = session;
    this.chains = chains;
    this.ledger = ledger;
  }

  /** Drops what an identity's logs, runs, approvals and ledger hold from before an instant. */
  public Retained drop(String identity, Instant before, Instant now) {
    int records = chains.retain(identity, before);
    long millis = before.toEpochMilli();
    List<Long> runs =
        session.list(
            "SELECT no FROM run WHERE identity = ? AND ended IS NOT NULL AND ended < ?",
            row -> row.getLong(1),
            identity,
            millis);
    for (long no : runs) {
      session.update("DELETE FROM run_event WHERE run = ?", no);
      session.update("DELETE FROM run_snapshot WHERE run = ?", no);
      session.update("DELETE FROM run WHERE no = ?", no);
    }
    List<String> approvals =
        session.list(
            "SELECT id FROM approval WHERE identity = ? AND requested < ? AND expires IS NULL"
                + " AND status <> 'pending'",
            row -> row.getString(1),
            identity,
            millis);
    for (String id : approvals) {
      session.update("DELETE FROM approval_event WHERE approval = ?", id);
      session.update("DELETE FROM approval_waiter WHERE approval = ?", id);
      session.update("DELETE FROM approval WHERE id = ?", id);
    }
    session.update("DELETE FROM decision WHERE identity = ? AND at < ?", identity, millis);
    long charges = Math.min(millis, now.minus(CHARGES).toEpochMilli());
    session.update(
        "DELETE FROM cap_charge WHERE at < ? AND counter IN"
            + " (SELECT id FROM cap_counter WHERE identity = ?) AND reservation NOT IN"
            + " (SELECT no FROM reservation WHERE open IS NOT NULL)",
        charges,
        identity);
    session.update(
        "DELETE FROM reservation WHERE identity = ? AND at < ? AND open IS NULL",
        identity,
        charges);
    ledger.forgetMemory();
    return new Retained(records, runs.size(), approvals.size());
  }
}
