package dev.bylaw.playbook.action;

/**
 * Something a step can call. Called from many threads at once; may block.
 *
 * <p>An action never decides whether it may run: that is done before it is called.
 */
public interface Action {
  /** What it is; always the same. */
  ActionSpec spec();

  /**
   * Does it.
   *
   * <p>A failure is an outcome, not an exception; an exception is a bug and is taken for a failure
   * whose effect is unknown.
   *
   * @throws InterruptedException if the thread was interrupted; the effect is unknown then
   */
  ActionOutcome perform(ActionCall call) throws InterruptedException;
}
