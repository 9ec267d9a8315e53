package dev.bylaw.policy.decision;

import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.pack.Pack;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.Outcome;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.RuleCheck;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Why each rule of an identity did or did not bite on one request: what {@code bylaw why} prints.
 *
 * @param decision what comes of the request
 * @param rules every rule of every pack, and the agent's own
 */
public record Trace(Decision decision, List<Line> rules) {
  public Trace {
    rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param rule as it applies to the agent
   * @param step how far it came
   * @param text why, for people
   */
  public record Line(EffectiveRule rule, Step step, String text) {}

  /** How far a rule came. */
  public enum Step {
    /** Its pack is not attached to the agent. */
    NOT_ATTACHED,
    /** Another rule won over it. */
    OVERRIDDEN,
    /** It is about other actions, checkpoints, resources, or about results. */
    NOT_MATCHED,
    /** Its guard does not hold. */
    GUARD_FALSE,
    /** It has nothing to say about what the request carries. */
    NOT_APPLICABLE,
    SATISFIED,
    VIOLATED,
    /** It could not be evaluated. */
    FAILED;

    /** The name in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Traces a request.
   *
   * @param decision what was decided on it
   */
  static Trace of(
      PolicySet policies,
      AgentPolicy agent,
      ActionRequest request,
      Facts facts,
      Decision decision,
      CapUsage usage) {
    PolicyInput input =
        new PolicyInput(request, facts, decision.params(), facts.grant().isPresent());
    Evaluation evaluation =
        new Evaluation(policies.environment(), input, policies.data(), policies.tenant())
            .glancing(new Glance(agent, usage));
    List<Line> lines = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (EffectiveRule rule : agent.effective().rules()) {
      known.add(rule.rule().id().name());
      lines.add(line(rule, policies, evaluation, decision));
    }
    for (Pack pack : policies.packs().values()) {
      for (Rule rule : pack.rules()) {
        if (known.add(rule.id().name())) {
          lines.add(
              new Line(
                  EffectiveRule.unattached(rule),
                  Step.NOT_ATTACHED,
                  "the pack `" + pack.id() + "` is not attached to `" + request.agent() + "`"));
        }
      }
    }
    return new Trace(decision, lines);
  }

  private static Line line(
      EffectiveRule effective, PolicySet policies, Evaluation evaluation, Decision decision) {
    Rule rule = effective.rule();
    if (!effective.applies()) {
      return new Line(
          effective,
          Step.OVERRIDDEN,
          "overridden by " + effective.overriddenBy().orElseThrow() + ": " + effective.why());
    }
    // An action may touch several resources, and a rule may bite on any of them.
    List<Violation> violations =
        decision.violations().stream().filter(each -> each.rule().equals(rule.id())).toList();
    if (!violations.isEmpty()) {
      boolean failed = violations.stream().allMatch(Violation::failed);
      StringJoiner text = new StringJoiner("\n");
      violations.forEach(each -> text.add(told(effective, each)));
      return new Line(effective, failed ? Step.FAILED : Step.VIOLATED, text.toString());
    }
    boolean consulted = decision.consulted().contains(rule.id());
    if (!consulted
        && (!rule.pattern().matches(evaluation.input())
            || !rule.phase().holds(evaluation.isOfResult()))) {
      return new Line(effective, Step.NOT_MATCHED, about(rule));
    }
    if (!consulted && RuleCheck.guard(rule, evaluation) instanceof Outcome.NotApplicable) {
      String text = rule.when().map(when -> "`" + when.text() + "` is false").orElse("");
      return new Line(effective, Step.GUARD_FALSE, text);
    }
    String why =
        rule.body() instanceof RuleBody.Foreign foreign
            ? foreign
                .policy()
                .explain(evaluation.input(), evaluation, policies.environment().budget())
            : "";
    if (consulted) {
      return new Line(effective, Step.SATISFIED, why.isEmpty() ? "satisfied" : why);
    }
    return new Line(
        effective,
        Step.NOT_APPLICABLE,
        why.isEmpty() ? "the request carries nothing it is about" : why);
  }

  /** What a rule is about, where it is about something else. */
  private static String about(Rule rule) {
    List<String> parts = new ArrayList<>(new TreeSet<>(rule.pattern().actions()));
    rule.pattern().prefixes().forEach(prefix -> parts.add(prefix + "*"));
    rule.pattern().checkpoints().stream().sorted().map("at "::concat).forEach(parts::add);
    if (!rule.pattern().resourceType().isEmpty()) {
      parts.add("resources of type " + rule.pattern().resourceType());
    }
    return parts.isEmpty()
        ? "it is not about this action"
        : "it is about " + String.join(", ", parts);
  }

  private static String told(EffectiveRule effective, Violation violation) {
    return effective.level()
        + " level, "
        + violation.enforcement().word()
        + ": "
        + (violation.part().isEmpty() ? "" : violation.part() + ": ")
        + violation.message()
        + (violation.detail().isEmpty() ? "" : " [" + violation.detail() + "]")
        + (violation.granted() ? ", agreed to" : "");
  }

  /** The trace as JSON. */
  public ObjectValue toValue() {
    List<Value> lines = new ArrayList<>();
    for (Line line : rules) {
      lines.add(
          line.rule()
              .toValue()
              .with("step", Value.of(line.step().word()))
              .with("text", Value.of(line.text())));
    }
    return ObjectValue.of("decision", decision.toValue(), "rules", ArrayValue.of(lines));
  }
}
