package dev.bylaw.store.log;

import dev.bylaw.store.log.Finding.Kind;
import dev.bylaw.store.log.LogRecord.Chain;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What checkpoints say about the chains, once their signatures were verified. */
final class Heads {
  private final Map<Chain, NavigableMap<Long, String>> heads = new HashMap<>();
  private int checkpoints;

  /** Takes what a checkpoint says, or finds that it is not signed. */
  void add(Checkpoint checkpoint, PublicKey key, Findings findings) {
    if (!checkpoint.signedBy(key)) {
      findings.add(
          Kind.SIGNATURE,
          "",
          checkpoint.no(),
          "checkpoint " + checkpoint.no() + " is not signed with the key of these logs");
      return;
    }
    checkpoints++;
    for (Checkpoint.Head head : checkpoint.heads()) {
      String before =
          heads
              .computeIfAbsent(head.chain(), _ -> new TreeMap<>())
              .putIfAbsent(head.seq(), head.hash());
      if (before != null && !before.equals(head.hash())) {
        findings.add(
            Kind.REWRITTEN,
            head.chain(),
            head.seq(),
            "two checkpoints were signed over different records " + head.seq());
      }
    }
  }

  /** Takes the checkpoints of a store, each of which names the one before. */
  void addAll(List<Checkpoint> list, PublicKey key, Findings findings) {
    String previous = Digests.NOTHING_BEFORE;
    for (Checkpoint checkpoint : list) {
      if (!checkpoint.previous().equals(previous)) {
        findings.add(
            Kind.DROPPED,
            "",
            checkpoint.no(),
            "checkpoint " + checkpoint.no() + " does not follow the one before it");
      }
      previous = checkpoint.hash();
      add(checkpoint, key, findings);
    }
  }

  NavigableMap<Long, String> of(Chain chain) {
    return heads.getOrDefault(chain, new TreeMap<>());
  }

  /** Finds the chains that were signed and are not there at all. */
  void missing(Set<Chain> seen, Predicate<Chain> wanted, Findings findings) {
    heads.forEach((chain, signed) -> {
      if (!seen.contains(chain) && wanted.test(chain) && signed.lastKey() > 0) {
        findings.add(
            Kind.CUT,
            chain,
            1,
            "the whole chain is gone, of which record " + signed.lastKey() + " was signed");
      }
    });
  }

  int checkpoints() {
    return checkpoints;
  }
}
