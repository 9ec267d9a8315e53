package dev.bylaw.store;

import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.store.approval.Approvals;
import dev.bylaw.store.decision.Decisions;
import dev.bylaw.store.journal.Journal;
import dev.bylaw.store.ledger.Ledger;
import dev.bylaw.store.log.AuditLog;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.metrics.Counting;
import dev.bylaw.store.metrics.Latencies;
import dev.bylaw.store.sql.Session;
import java.time.Instant;

/** What a {@link Work} can do. Valid while it runs, on its thread. */
public final class Transaction {
  private final Session session;
  private final StoreOptions options;
  private final Counting counting;
  private final Chains chains;
  private final Ledger ledger;
  private final Journal journal;
  private final Approvals approvals;
  private final Decisions decisions;
  private final Settings settings;

  Transaction(Session session, StoreOptions options, Latencies latencies, Chains chains) {
    this.session = session;
    this.options = options;
    this.chains = chains;
    this.counting = new Counting(session, latencies, options.clock());
    this.ledger = new Ledger(session, new LedgerWatch(chains));
    this.journal = new Journal(session, counting);
    this.approvals = new Approvals(session);
    this.decisions = new Decisions(session, counting);
    this.settings = new Settings(session);
  }

  /** Now, by the store's clock, in whole milliseconds. */
  public Instant now() {
    return Instant.ofEpochMilli(options.clock().millis());
  }

  /** The caps of an identity. */
  public CapLedger ledger(String identity) {
    return ledger.of(identity);
  }

  /** The caps of all identities: recovery and expiry. */
  public Ledger ledger() {
    return ledger;
  }

  /** A log of an identity. */
  public AuditLog log(String identity, LogName log) {
    return chains.log(identity, log);
  }

  /** The runs. */
  public Journal journal() {
    return journal;
  }

  /** The approvals. */
  public Approvals approvals() {
    return approvals;
  }

  /** The index of decisions. */
  public Decisions decisions() {
    return decisions;
  }

  /** What the metrics are made of. */
  public Counting counting() {
    return counting;
  }

  /** Named values. */
  public Settings settings() {
    return settings;
  }

  Session session() {
    return session;
  }

  Chains chains() {
    return chains;
  }
}
