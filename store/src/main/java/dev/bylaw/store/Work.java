package dev.bylaw.store;

/**
 * Something that reads and changes the store, all of it or nothing.
 *
 * <p>Runs on the writer's thread, which all others wait for: it computes little, never blocks and
 * never waits for another work.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface Work<T> {
  /**
   * Does it.
   *
   * @throws Exception to take everything back; the caller's future fails with it
   */
  T in(Transaction transaction) throws Exception;
}
