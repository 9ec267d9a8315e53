package dev.bylaw.playbook.gate;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.value.ObjectValue;

/**
 * What came of an action, reported once, after its last attempt.
 *
 * @param idempotencyKey the key it was decided under
 * @param step the step's id
 * @param iteration which pass of a loop, from 0
 * @param action the action's name
 * @param checkpoint the checkpoint it was decided at
 * @param params the parameters it ran with
 * @param outcome how the last attempt ended
 * @param effect whether any attempt had, or may have had, its effect: the reservation is committed
 *     then, else released
 * @param decision the id of the decision that let it run
 */
public record GateReport(
    String idempotencyKey,
    String step,
    String iteration,
    String action,
    String checkpoint,
    ObjectValue params,
    ActionOutcome outcome,
    ActionOutcome.Effect effect,
    String decision) {}
