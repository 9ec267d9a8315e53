package dev.bylaw.store;

/**
 * A question to the store as it was last committed. It asks the snapshot and nothing else of the
 * store: there are few connections for readers.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface Query<T> {
  /** Asks. */
  T in(Snapshot snapshot);
}
