package dev.bylaw.store.erasure;

/**
 * What retention dropped.
 *
 * @param records of the logs
 * @param runs that had ended
 * @param approvals that were answered
 */
public record Retained(int records, int runs, int approvals) {}
