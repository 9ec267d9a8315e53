package dev.bylaw.store;

import dev.bylaw.store.log.Checkpoint;
import dev.bylaw.store.log.SigningKey;

/** Checkpoints, verification, export, erasure and retention of the logs. */
public final class AuditTrail {
  private final Store store;
  private final SigningKey key;

  AuditTrail(Store store, SigningKey key) {
    this.store = store;
    this.key = key;
  }

  /** Signs how far the logs have come. Keep it outside the store. */
  public Checkpoint checkpoint() {
    return store.transact(tx -> tx.chains().checkpoint());
  }

  /** The public half of the key that signs, base 64. */
  public String publicKey() {
    return key.publicText();
  }
}
