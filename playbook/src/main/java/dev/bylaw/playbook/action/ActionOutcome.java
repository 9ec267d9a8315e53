package dev.bylaw.playbook.action;

import dev.bylaw.value.ObjectValue;

/** How a call of an action ended. */
public sealed interface ActionOutcome {
  /** The name under which a step can hold its output. */
  ObjectValue output();

  /**
   * It was done.
   *
   * @param output what it gave
   */
  record Done(ObjectValue output) implements ActionOutcome {}

  /**
   * It failed.
   *
   * @param code a stable name for {@code retry_if} and for people, for instance {@code timeout}
   * @param message what went wrong, one line, without secrets
   * @param retryable whether the same call may succeed later
   * @param effect whether it may have had its effect all the same
   * @param output what is known of the answer, for instance {@code status}; often empty
   */
  record Failed(String code, String message, boolean retryable, Effect effect, ObjectValue output)
      implements ActionOutcome {
    /** A failure before anything could happen. */
    public static Failed before(String code, String message) {
      return new Failed(code, message, false, Effect.NONE, ObjectValue.EMPTY);
    }
  }

  /** Whether a failed action may have had its effect. */
  enum Effect {
    /** It is known not to have happened. */
    NONE,
    /** It may have happened, in part or in whole. */
    POSSIBLE
  }
}
