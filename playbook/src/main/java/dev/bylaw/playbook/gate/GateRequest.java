package dev.bylaw.playbook.gate;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;

/**
 * An action that a step is about to take.
 *
 * @param idempotencyKey {@code runId/stepId/iteration}; the same for every attempt
 * @param step the step's id
 * @param iteration which pass of a loop, from 0; {@code 0} outside loops
 * @param action the action's name
 * @param checkpoint the step's {@code policy_check}, or the action's name where it has none
 * @param params rendered parameters; secrets are references ({@code Secrets})
 * @param attempt counted from 1
 * @param supposed whether to decide as if people had agreed already: nothing is reserved, and what
 *     is blocked all the same is not worth asking about
 * @param approval the approval that was given for this action; empty if none
 */
public record GateRequest(
    String idempotencyKey,
    String step,
    String iteration,
    String action,
    String checkpoint,
    ObjectValue params,
    int attempt,
    boolean supposed,
    String approval) {

  /** The request as JSON. */
  public ObjectValue toValue() {
    return ObjectValue.builder(9)
        .put("idempotency_key", idempotencyKey)
        .put("step", step)
        .put("iteration", iteration)
        .put("action", action)
        .put("checkpoint", checkpoint)
        .put("params", params)
        .put("attempt", NumberValue.of(attempt))
        .put("supposed", BooleanValue.of(supposed))
        .put("approval", approval)
        .build();
  }
}
