package dev.bylaw.store.erasure;

/**
 * What retention dropped.
 *
 * @param records of the logs
 * @param runs that had ended
 * @param approvals that were answered
 * @param walCleared whether nothing stays behind in the write-ahead log; see {@link Erased}
 */
public record Retained(int records, int runs, int approvals, boolean walCleared) {}
