package dev.bylaw.policy.approval;

import dev.bylaw.policy.request.Grant;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What people are asked: may this one action be done, although these rules say otherwise?
 *
 * @param id of the approval
 * @param identity the tenant
 * @param agent who would act
 * @param requesters who can never answer: the agent, and the person the run was started by
 * @param key the request key or run step that it is for
 * @param actionDigest of the action, after obligations
 * @param action the action as people see it
 * @param because why they are asked, for people
 * @param decision the id of the decision that asks
 * @param rules the violations they would agree to
 * @param terms who may answer, how many, how long
 * @param at when it was asked
 * @param usableFor how long after people have agreed that can be used; empty for no end
 */
public record Question(
    String id,
    String identity,
    String agent,
    Set<String> requesters,
    String key,
    String actionDigest,
    ObjectValue action,
    String because,
    String decision,
    Set<Grant.GrantedRule> rules,
    ApprovalTerms terms,
    Instant at,
    Optional<Duration> usableFor) {
  public Question {
    Objects.requireNonNull(id);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(agent);
    requesters = Set.copyOf(requesters);
    Objects.requireNonNull(key);
    Objects.requireNonNull(actionDigest);
    Objects.requireNonNull(action);
    Objects.requireNonNull(because);
    Objects.requireNonNull(decision);
    rules = Set.copyOf(rules);
    Objects.requireNonNull(terms);
    Objects.requireNonNull(at);
    Objects.requireNonNull(usableFor);
  }

  /**
   * Whether the other asks the same: of the same agent's same action, for the same request or step,
   * about the same violations. Equal pending questions share one approval.
   */
  public boolean sameAs(Question other) {
    return identity.equals(other.identity)
        && agent.equals(other.agent)
        && key.equals(other.key)
        && actionDigest.equals(other.actionDigest)
        && rules.equals(other.rules);
  }
}
