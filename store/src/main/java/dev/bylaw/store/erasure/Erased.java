package dev.bylaw.store.erasure;

import java.util.List;

/**
 * What was erased.
 *
 * @param records log records that lost fields
 * @param runs runs that lost their inputs, events and result
 * @param approvals approvals that lost their content and history
 * @param counters counters and reservations of the ledger that got a meaningless key
 * @param left ids of runs, approvals and reservations under way that mention it still: erase again
 *     once they have ended
 * @param walCleared whether nothing stays behind in the write-ahead log; if not, a reader was in
 *     the way, and it is cleared when the store is closed
 */
public record Erased(
    int records, int runs, int approvals, int counters, List<String> left, boolean walCleared) {
  public Erased {
    left = List.copyOf(left);
  }

  /** The same, knowing about the write-ahead log. */
  public Erased withWalCleared(boolean cleared) {
    return new Erased(records, runs, approvals, counters, left, cleared);
  }
}
