package dev.bylaw.store;

import dev.bylaw.store.approval.ApprovalQueries;
import dev.bylaw.store.decision.DecisionQueries;
import dev.bylaw.store.journal.Runs;
import dev.bylaw.store.ledger.LedgerQueries;
import dev.bylaw.store.log.LogQueries;
import dev.bylaw.store.metrics.Metrics;
import dev.bylaw.store.sql.Session;

/** The store as it was committed at one moment. Valid while its {@link Query} runs. */
public final class Snapshot {
  private final Session session;

  Snapshot(Session session) {
    this.session = session;
  }

  /** The runs. */
  public Runs runs() {
    return new Runs(session);
  }

  /** The approvals. */
  public ApprovalQueries approvals() {
    return new ApprovalQueries(session);
  }

  /** The index of decisions. */
  public DecisionQueries decisions() {
    return new DecisionQueries(session);
  }

  /** Counters and reservations. */
  public LedgerQueries ledger() {
    return new LedgerQueries(session);
  }

  /** The logs. */
  public LogQueries logs() {
    return new LogQueries(session);
  }

  /** The metrics. */
  public Metrics metrics() {
    return new Metrics(session);
  }

  /** Named values. */
  public SettingQueries settings() {
    return new SettingQueries(session);
  }

  Session session() {
    return session;
  }
}
