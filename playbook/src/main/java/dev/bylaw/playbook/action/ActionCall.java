package dev.bylaw.playbook.action;

import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.util.Optional;

/**
 * One call of an action, decided and ready to be made.
 *
 * @param action the name
 * @param params rendered parameters, after obligations, with secrets in place of their references
 * @param idempotencyKey {@code runId/stepId/iteration}; the same on a retry
 * @param timeout how long it may take
 * @param credential as whom it acts; chosen by the runtime, never by the caller
 * @param agent whose action it is
 */
public record ActionCall(
    String action,
    ObjectValue params,
    String idempotencyKey,
    Duration timeout,
    Optional<Credential> credential,
    String agent) {

  /**
   * As whom an action acts.
   *
   * @param id the name in {@code bylaw.yaml}
   * @param kind {@code service_account}, {@code user} or {@code api_key}
   * @param write whether it may change things
   */
  public record Credential(String id, String kind, boolean write) {}

  /** The same with other parameters. */
  public ActionCall withParams(ObjectValue others) {
    return new ActionCall(action, others, idempotencyKey, timeout, credential, agent);
  }
}
