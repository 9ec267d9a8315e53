package dev.bylaw.store.log;

import dev.bylaw.store.log.LogRecord.Chain;

/**
 * One log of one identity, to append to. Each record joins the transaction it is appended in: it is
 * there if and only if the rest is.
 */
public final class AuditLog {
  private final Chains chains;
  private final String identity;
  private final LogName log;

  AuditLog(Chains chains, String identity, LogName log) {
    this.chains = chains;
    this.identity = identity;
    this.log = log;
  }

  /**
   * Appends a record, masked and sealed here.
   *
   * @return its place in the chain
   */
  public long append(Draft draft) {
    return append(Sealed.of(draft, chains.masking()));
  }

  /**
   * Appends a record that was sealed on another thread.
   *
   * @return its place in the chain
   */
  public long append(Sealed sealed) {
    if (!sealed.event.belongsTo(log)) {
      throw new IllegalArgumentException(
          sealed.event.text() + " does not belong to the " + log.text() + " log");
    }
    return chains.append(new Chain(identity, log, chains.writer()), sealed);
  }
}
