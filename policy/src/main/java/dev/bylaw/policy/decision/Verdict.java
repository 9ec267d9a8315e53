package dev.bylaw.policy.decision;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.approval.ApprovalTerms;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.language.CompiledPolicy.Breach;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.Grant.GrantedRule;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.Fulfilment;
import dev.bylaw.policy.rule.Obligation;
import dev.bylaw.policy.rule.Outcome;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.RuleCheck;
import dev.bylaw.syntax.Position;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All rules of one agent asked about one request, but for the ledger. Made once with what people
 * have agreed to so far, and where that matters once more as if they had agreed.
 */
final class Verdict {
  private final PolicySet policies;
  private final @Nullable Glance glance;
  private final Set<GrantedRule> granted;
  private final List<Violation> violations = new ArrayList<>(4);
  private final List<RuleId> consulted = new ArrayList<>(24);
  private final List<Charge> charges = new ArrayList<>(4);
  private List<Obligation> obligations = List.of();
  private Value carried;
  private ApprovalTerms terms = ApprovalTerms.DEFAULT;
  private Effect effect = Effect.ALLOW;
  private boolean covered;

  /** What a cap's rule would charge. */
  record Charge(EffectiveRule rule, dev.bylaw.policy.cap.CapCharge charge) {}

  private Verdict(
      PolicySet policies, @Nullable Glance glance, Set<GrantedRule> granted, Value carried) {
    this.policies = policies;
    this.glance = glance;
    this.granted = granted;
    this.carried = carried;
  }

  /**
   * Asks the rules about everything that the action touches: about each resource of several, and
   * what is violated for one of them is violated.
   *
   * @param agreed whether people have agreed, or are taken to have
   * @param granted the violations that they have agreed to
   * @param usage of caps, for rules that look at it; null where there is none to look at
   */
  static Verdict of(
      PolicySet policies,
      AgentPolicy agent,
      ActionRequest request,
      Facts facts,
      boolean agreed,
      Set<GrantedRule> granted,
      @Nullable CapUsage usage) {
    Verdict all = ofOne(policies, agent, request, facts, agreed, granted, usage);
    for (ObjectValue resource : facts.besides()) {
      Facts about = facts.withResource(resource);
      // What obligations have made of the action so far is what the next rules see.
      ActionRequest onward = request;
      if (about.result().isPresent()) {
        about = about.withResult(all.carried);
      } else if (all.carried instanceof ObjectValue params) {
        onward = request.withParams(params);
      }
      all.add(ofOne(policies, agent, onward, about, agreed, granted, usage));
    }
    return all;
  }

  /** Adds what is said about another resource of the same action. */
  private void add(Verdict other) {
    for (Violation violation : other.violations) {
      boolean known =
          violations.stream()
              .anyMatch(each ->
                  each.grantable().equals(violation.grantable())
                      && each.enforcement() == violation.enforcement());
      if (!known) {
        violations.add(violation);
      }
    }
    for (RuleId rule : other.consulted) {
      if (!consulted.contains(rule)) {
        consulted.add(rule);
      }
    }
    for (Charge charge : other.charges) {
      boolean known =
          charges.stream()
              .anyMatch(each -> each.charge().counter().equals(charge.charge().counter()));
      if (!known) {
        charges.add(charge);
      }
    }
    effect = effect.or(other.effect);
    terms = terms.equals(other.terms) ? terms : terms.and(other.terms);
    covered |= other.covered;
    carried = other.carried;
    if (!other.obligations.isEmpty()) {
      List<Obligation> both = new ArrayList<>(obligations);
      both.addAll(other.obligations);
      obligations = List.copyOf(both);
    }
  }

  /**
   * Asks the rules about one resource.
   *
   * @param agreed whether people have agreed, or are taken to have
   * @param granted the violations that they have agreed to
   * @param usage of caps, for rules that look at it; null where there is none to look at
   */
  private static Verdict ofOne(
      PolicySet policies,
      AgentPolicy agent,
      ActionRequest request,
      Facts facts,
      boolean agreed,
      Set<GrantedRule> granted,
      @Nullable CapUsage usage) {
    Verdict verdict =
        new Verdict(
            policies,
            usage == null ? null : new Glance(agent, usage),
            granted,
            facts.result().orElse(request.params()));
    PolicyInput input = new PolicyInput(request, facts, request.params(), agreed);
    Evaluation evaluation = verdict.evaluation(input);
    int[] candidates = agent.candidates(evaluation);
    List<Rule> obliging = new ArrayList<>(0);
    for (int place : candidates) {
      if (agent.obliges(place) && RuleCheck.guard(agent.rule(place).rule(), evaluation) == null) {
        obliging.add(agent.rule(place).rule());
      }
    }
    if (!obliging.isEmpty()) {
      Fulfilment.Fulfilled fulfilled = Fulfilment.of(obliging, evaluation);
      if (!fulfilled.done().isEmpty()) {
        verdict.obligations = fulfilled.done();
        verdict.carried = fulfilled.carried();
        evaluation = verdict.evaluation(verdict.changed(input));
        candidates = agent.candidates(evaluation);
      }
    }
    for (int place : candidates) {
      verdict.ask(agent.rule(place), evaluation);
    }
    verdict.escalate(agent, candidates);
    verdict.covered = agent.covers(input);
    return verdict;
  }

  private Evaluation evaluation(PolicyInput input) {
    return new Evaluation(policies.environment(), input, policies.data(), policies.tenant())
        .glancing(glance);
  }

  private PolicyInput changed(PolicyInput input) {
    if (input.facts().result().isPresent()) {
      return input.withFacts(input.facts().withResult(carried));
    }
    return carried instanceof ObjectValue params ? input.withParams(params) : input;
  }

  private void ask(EffectiveRule effective, Evaluation evaluation) {
    Rule rule = effective.rule();
    Outcome outcome = RuleCheck.check(rule, evaluation);
    if (outcome instanceof Outcome.NotApplicable) {
      return;
    }
    consulted.add(rule.id());
    switch (outcome) {
      case Outcome.NotApplicable _, Outcome.Satisfied _ -> {
        if (rule.body() instanceof RuleBody.Escalation escalation) {
          terms = terms.and(escalation.terms());
        }
      }
      case Outcome.Charged(var charge) -> charges.add(new Charge(effective, charge));
      case Outcome.Violated(var message, var detail) ->
          violate(effective, effective.enforcement(), rule.severity(), message, detail, false);
      case Outcome.Failed(var why) ->
          violate(
              effective,
              effective.enforcement(),
              rule.severity(),
              "the rule could not be evaluated",
              why,
              true);
      case Outcome.Breached(var breaches) -> breaches.forEach(breach -> breach(effective, breach));
    }
    if (rule.body() instanceof RuleBody.Escalation escalation
        && !(outcome instanceof Outcome.Satisfied)) {
      terms = terms.and(escalation.terms());
    }
  }

  private void breach(EffectiveRule effective, Breach breach) {
    Rule rule = effective.rule();
    String found = breach.message();
    if (found.isEmpty()) {
      String own = rule.message();
      found =
          breach.failed()
              ? "`" + breach.rule() + "` could not be evaluated"
              : own.isEmpty() ? "`" + breach.rule() + "` is violated" : own;
    }
    // What the policy states is the rule's own level; the attachment counts as for any other.
    Enforcement enforcement =
        effective.leveling().of(breach.enforcement().orElse(rule.enforcement()));
    violations.add(
        violation(
            effective,
            enforcement,
            breach.severity().orElse(rule.severity()),
            breach.rule(),
            found,
            breach.detail(),
            breach.failed(),
            breach.span()));
    strengthen(violations.getLast());
  }

  /** Notes a violation; what people have agreed to does not strengthen the effect. */
  void violate(
      EffectiveRule effective,
      Enforcement enforcement,
      Severity severity,
      String message,
      String detail,
      boolean failed) {
    Rule rule = effective.rule();
    String told = rule.message().isEmpty() ? message : rule.message();
    String found =
        rule.message().isEmpty() || detail.isEmpty() && !failed
            ? detail
            : message + (detail.isEmpty() ? "" : ": " + detail);
    violations.add(
        violation(effective, enforcement, severity, "", told, found, failed, rule.span()));
    strengthen(violations.getLast());
  }

  /** The violation of a cap that the ledger has found. */
  Violation capViolation(EffectiveRule effective, String usage, Set<GrantedRule> agreedTo) {
    Rule rule = effective.rule();
    Violation violation =
        violation(
            effective,
            effective.enforcement(),
            rule.severity(),
            "",
            rule.message().isEmpty() ? "the cap would be passed: " + usage : rule.message(),
            rule.message().isEmpty() ? "" : usage,
            false,
            rule.span());
    return !violation.granted()
            && violation.enforcement() == Enforcement.REQUIRE_APPROVAL
            && agreedTo.contains(violation.grantable())
        ? violation.asGranted()
        : violation;
  }

  private Violation violation(
      EffectiveRule effective,
      Enforcement enforcement,
      Severity severity,
      String part,
      String message,
      String detail,
      boolean failed,
      Span span) {
    Rule rule = effective.rule();
    Position position = span.position();
    boolean agreed =
        enforcement == Enforcement.REQUIRE_APPROVAL
            && granted.contains(
                Violation.grantable(rule.id(), part, position.line(), rule.digest()));
    return new Violation(
        rule.id(),
        rule.digest(),
        enforcement,
        severity,
        rule.body().type(),
        part,
        message,
        detail,
        failed,
        agreed,
        span.source().name(),
        position.line(),
        position.column());
  }

  private void strengthen(Violation violation) {
    if (!violation.granted()) {
      effect = effect.or(violation.enforcement().effect());
    }
  }

  /** Rules that ask people about what would only be warned of. */
  private void escalate(AgentPolicy agent, int[] candidates) {
    if (effect != Effect.WARN) {
      return;
    }
    for (int place : candidates) {
      EffectiveRule effective = agent.rule(place);
      if (!(effective.rule().body() instanceof RuleBody.Escalation escalation)
          || escalation.severity().isEmpty()
          || !consulted.contains(effective.rule().id())) {
        continue;
      }
      Severity from = escalation.severity().get();
      boolean grave =
          violations.stream().anyMatch(violation -> violation.severity().compareTo(from) >= 0);
      if (grave) {
        violate(
            effective,
            Enforcement.REQUIRE_APPROVAL,
            effective.rule().severity(),
            "a violation of severity " + from.word() + " or above needs an approval",
            "",
            false);
      }
    }
  }

  /** Whether some rule's pattern names the action. */
  boolean isCovered() {
    return covered;
  }

  /** The strongest enforcement among violations that nobody has agreed to. */
  Effect effect() {
    return effect;
  }

  /** The violations so far. */
  List<Violation> violations() {
    return violations;
  }

  /** Every rule that applied. */
  List<RuleId> consulted() {
    return consulted;
  }

  /** What caps would charge. */
  List<Charge> charges() {
    return charges;
  }

  /** What was done to the action. */
  List<Obligation> obligations() {
    return obligations;
  }

  /** The parameters or the result, as obligations have made them. */
  Value carried() {
    return carried;
  }

  /** Who is to be asked. */
  ApprovalTerms terms() {
    return terms;
  }
}
