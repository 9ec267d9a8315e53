package dev.bylaw.store;

/**
 * A question to the store as it was last committed.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface Query<T> {
  /** Asks. */
  T in(Snapshot snapshot);
}
