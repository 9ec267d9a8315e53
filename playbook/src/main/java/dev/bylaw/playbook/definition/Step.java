package dev.bylaw.playbook.definition;

import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.template.Template;
import dev.bylaw.syntax.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One step: one action, and what goes for it.
 *
 * @param id unique in the playbook, fallback steps included
 * @param action what it calls
 * @param checkpoint its {@code policy_check}; the action's name where it has none
 * @param params of the action
 * @param condition {@code if}: where it is false the step is skipped
 * @param approval {@code requires_approval}: whom to ask whatever the rules say
 * @param retry what is tried again
 * @param timeout how long the action may take
 * @param onError what follows a failure
 * @param output what the step gives in place of all that the action gave; empty where that is it
 * @param secrets the names of the secrets that the parameters refer to; the action gets no others
 * @param span where its id stands
 */
public record Step(
    String id,
    ActionSpec action,
    String checkpoint,
    Template.Members params,
    Optional<Condition> condition,
    Optional<ApprovalDemand> approval,
    Retry retry,
    Duration timeout,
    OnError onError,
    Optional<Template.Members> output,
    Set<String> secrets,
    Span span) {
  /** How long an action may take where the step does not say. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  public Step {
    secrets = Set.copyOf(secrets);
  }
}
