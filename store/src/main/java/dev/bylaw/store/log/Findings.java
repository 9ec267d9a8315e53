package dev.bylaw.store.log;

import dev.bylaw.store.log.Finding.Kind;
import dev.bylaw.store.log.LogRecord.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers what verification finds. */
final class Findings {
  private static final int MOST = 1_000;

  private final List<Finding> found = new ArrayList<>();
  private final Set<String> erased = new HashSet<>();
  private long records;

  void add(Kind kind, Chain chain, long seq, String message) {
    add(kind, chain.toString(), seq, message);
  }

  void add(Kind kind, String chain, long seq, String message) {
    if (found.size() < MOST) {
      found.add(new Finding(kind, chain, seq, message));
    }
  }

  void count() {
    records++;
  }

  void erased(Chain chain, long seq) {
    erased.add(chain + "#" + seq);
  }

  Verification done(int chains, int checkpoints) {
    return new Verification(records, erased.size(), chains, checkpoints, found);
  }
}
