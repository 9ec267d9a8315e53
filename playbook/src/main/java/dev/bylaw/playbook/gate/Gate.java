package dev.bylaw.playbook.gate;

import dev.bylaw.playbook.action.ActionOutcome;

/**
 * Decides before each action of a playbook and takes the report after it.
 *
 * <p>An implementation that cannot decide answers {@link Verdict.Kind#BLOCK}; it never lets through
 * because something is missing.
 */
public interface Gate {
  /**
   * Decides an action that is about to run. A supposed decision ({@link GateRequest#supposed()})
   * reserves nothing. A key that was reserved before with the same parameters is the same
   * reservation.
   */
  Verdict decide(GateRequest request);

  /**
   * Takes the final outcome of an action, commits its reservation or, where it is known not to have
   * happened, releases it, and decides whether the result may be used.
   */
  Verdict report(GateReport report);

  /**
   * Ends a reservation whose action will not be tried again and has no result to decide on.
   *
   * @param idempotencyKey the key it was reserved under
   * @param effect whether an earlier attempt may have had its effect: committed then, else released
   */
  void settle(String idempotencyKey, ActionOutcome.Effect effect);
}
