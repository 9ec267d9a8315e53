package dev.bylaw.store.log;

import java.security.PublicKey;
import java.util.HashSet;
import java.util.Optional;

/** Verifies the logs inside a store. */
public final class StoreVerifier {
  private StoreVerifier() {}

  /**
   * Verifies all chains against the checkpoints in the store, and against one that was kept
   * elsewhere.
   *
   * @param key the public half of the key that signs them
   */
  public static Verification verify(
      LogQueries logs, PublicKey key, Optional<Checkpoint> keptElsewhere) {
    var findings = new Findings();
    var heads = new Heads();
    heads.addAll(logs.checkpoints(), key, findings);
    keptElsewhere.ifPresent(checkpoint -> heads.add(checkpoint, key, findings));
    var chains = logs.chains();
    chains.forEach((id, chain) -> {
      var verifier = new ChainVerifier(chain, logs.root(id), key, heads.of(chain), findings);
      logs.eachOf(id, chain, verifier::accept);
      verifier.end();
    });
    heads.missing(new HashSet<>(chains.values()), _ -> true, findings);
    return findings.done(chains.size(), heads.checkpoints());
  }
}
