package dev.bylaw.policy.request;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the runtime knows of a request; no caller can change it.
 *
 * @param identity the tenant
 * @param agent the agent: {@code id} and its attributes
 * @param credential what it acts with: {@code id}, {@code kind}, {@code permissions}; empty if none
 * @param capability what the action is to policies: {@code api_call}
 * @param tool the action's own name: {@code http}
 * @param resource the declared attributes of what the action touches; they win over the caller's
 * @param besides the same of the others where it touches several of a kind, two tables say: what
 *     any rule says about any of them counts
 * @param time when
 * @param run the run and step it belongs to: {@code id}, {@code playbook}, {@code step}; empty if
 *     none
 * @param approvalDemanded whether the step itself demands that people agree
 * @param grant what people have agreed to
 * @param result what the action gave, when that is what is decided on; empty before the action
 */
public record Facts(
    String identity,
    ObjectValue agent,
    ObjectValue credential,
    String capability,
    String tool,
    ObjectValue resource,
    List<ObjectValue> besides,
    Instant time,
    ObjectValue run,
    boolean approvalDemanded,
    Optional<Grant> grant,
    Optional<Value> result) {
  public Facts {
    besides = List.copyOf(besides);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(agent);
    Objects.requireNonNull(credential);
    Objects.requireNonNull(capability);
    Objects.requireNonNull(tool);
    Objects.requireNonNull(resource);
    Objects.requireNonNull(time);
    Objects.requireNonNull(run);
    Objects.requireNonNull(grant);
    Objects.requireNonNull(result);
  }

  /** The same with what the action is done with. */
  public Facts withCredential(ObjectValue other) {
    return with(other, run, approvalDemanded, grant, result);
  }

  /** The same within a run. */
  public Facts withRun(ObjectValue other, boolean demanded) {
    return with(credential, other, demanded, grant, result);
  }

  /** The same with what people have agreed to. */
  public Facts withGrant(Optional<Grant> other) {
    return with(credential, run, approvalDemanded, other, result);
  }

  /** The same after the action, to decide on what it gave. */
  public Facts withResult(Value given) {
    return with(credential, run, approvalDemanded, grant, Optional.of(given));
  }

  /** The same about one resource. */
  public Facts withResource(ObjectValue one) {
    return new Facts(
        identity,
        agent,
        credential,
        capability,
        tool,
        one,
        List.of(),
        time,
        run,
        approvalDemanded,
        grant,
        result);
  }

  private Facts with(
      ObjectValue newCredential,
      ObjectValue newRun,
      boolean demanded,
      Optional<Grant> newGrant,
      Optional<Value> newResult) {
    return new Facts(
        identity,
        agent,
        newCredential,
        capability,
        tool,
        resource,
        besides,
        time,
        newRun,
        demanded,
        newGrant,
        newResult);
  }
}
