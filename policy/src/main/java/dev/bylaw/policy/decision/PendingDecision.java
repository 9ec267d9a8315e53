package dev.bylaw.policy.decision;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.policy.request.Grant.GrantedRule;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Obligation;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A decision that lacks only its caps. Immutable; {@link #settle} may be called again, on another
 * view of the ledger: however it is completed it is the same decision, under one id.
 */
public final class PendingDecision {
  private final ActionRequest request;
  private final Facts facts;
  private final @Nullable PolicySet policies;
  private final @Nullable AgentPolicy agent;
  private final @Nullable Verdict verdict;
  private final Reason reason;
  private final String note;
  private final String revision;
  private final DecidedAction action;
  private final String id;

  private PendingDecision(
      ActionRequest request,
      Facts facts,
      @Nullable PolicySet policies,
      @Nullable AgentPolicy agent,
      @Nullable Verdict verdict,
      Reason reason,
      String note,
      String revision,
      DecidedAction action,
      Supplier<String> ids) {
    this.request = request;
    this.facts = facts;
    this.policies = policies;
    this.agent = agent;
    this.verdict = verdict;
    this.reason = reason;
    this.note = note;
    this.revision = revision;
    this.action = action;
    this.id = ids.get();
  }

  static PendingDecision refused(
      ActionRequest request,
      Facts facts,
      Reason reason,
      String note,
      String revision,
      Supplier<String> ids) {
    return new PendingDecision(
        request,
        facts,
        null,
        null,
        null,
        reason,
        note,
        revision,
        action(request, facts, request.params()),
        ids);
  }

  static PendingDecision of(
      PolicySet policies,
      AgentPolicy agent,
      ActionRequest request,
      Facts facts,
      Supplier<String> ids,
      @Nullable CapUsage glance) {
    Set<GrantedRule> granted = facts.grant().map(Grant::rules).orElse(DecisionPoint.NOTHING);
    boolean agreed = facts.grant().isPresent() || facts.approvalDemanded();
    Verdict verdict = Verdict.of(policies, agent, request, facts, agreed, granted, glance);
    ObjectValue params =
        facts.result().isEmpty() && verdict.carried() instanceof ObjectValue changed
            ? changed
            : request.params();
    DecidedAction action = action(request, facts, params);
    if (facts.grant().isPresent()) {
      String refusal = DecisionPoint.refusal(facts.grant().get(), action, facts);
      if (!refusal.isEmpty()) {
        return refused(request, facts, Reason.APPROVAL_REFUSED, refusal, policies.revision(), ids);
      }
    }
    return new PendingDecision(
        request,
        facts,
        policies,
        agent,
        verdict,
        Reason.RULES,
        "",
        policies.revision(),
        action,
        ids);
  }

  private static DecidedAction action(ActionRequest request, Facts facts, ObjectValue params) {
    return new DecidedAction(
        facts.identity(),
        request.agent(),
        facts.tool(),
        facts.capability(),
        request.checkpoint(),
        request.key(),
        request.resource(),
        params,
        null);
  }

  /** The action as it would be done, with the digest that approvals and reservations bind to. */
  public DecidedAction action() {
    return action;
  }

  /** Whether the ledger will be asked. */
  public boolean hasCaps() {
    return verdict != null && verdict.effect() != Effect.BLOCK && !verdict.charges().isEmpty();
  }

  /**
   * Completes the decision as a refusal, whatever the rules say: the key is taken, the approval is
   * no good.
   *
   * @param why what it rests on
   * @param told for people: lower case, no full stop
   */
  public Settled refuse(Reason why, String told) {
    return settled(Effect.BLOCK, why, told, List.of(), List.of(), Optional.empty(), List.of());
  }

  /**
   * Completes the decision over what is used of its caps.
   *
   * @param usage the ledger inside the transaction that will reserve, or a snapshot of it
   */
  public Settled settle(CapUsage usage) {
    if (verdict == null || policies == null || agent == null) {
      return settled(Effect.BLOCK, reason, note, List.of(), List.of(), Optional.empty(), List.of());
    }
    Caps caps = Caps.ask(verdict, verdict.effect(), usage, facts.time(), granted());
    Effect effect = caps.effect;
    List<Violation> violations = new ArrayList<>(verdict.violations());
    violations.addAll(caps.violations);
    Reason why = Reason.RULES;
    if (!verdict.isCovered() && facts.result().isEmpty()) {
      Effect uncovered = DecisionPoint.uncovered(policies);
      if (uncovered.compareTo(effect) > 0 || violations.isEmpty()) {
        why = Reason.DEFAULT;
      }
      effect = effect.or(uncovered);
    }
    if (effect == Effect.REQUIRE_APPROVAL || (facts.approvalDemanded() && effect != Effect.BLOCK)) {
      return asking(effect, why, violations, caps, usage);
    }
    String told =
        why == Reason.DEFAULT && effect == Effect.BLOCK
            ? "no rule covers `" + facts.tool() + "`, and the identity blocks what none covers"
            : "";
    boolean allowed = effect != Effect.BLOCK;
    return settled(
        effect,
        why,
        told,
        violations,
        caps.standings,
        Optional.empty(),
        allowed ? caps.charges : List.of());
  }

  /** People are to be asked, or have been: what would be blocked all the same is blocked now. */
  private Settled asking(
      Effect effect, Reason why, List<Violation> violations, Caps caps, CapUsage usage) {
    PolicySet set = java.util.Objects.requireNonNull(policies);
    AgentPolicy whose = java.util.Objects.requireNonNull(agent);
    Verdict now = java.util.Objects.requireNonNull(verdict);
    boolean open = effect == Effect.REQUIRE_APPROVAL;
    if (!open && facts.grant().isPresent()) {
      return settled(effect, why, "", violations, caps.standings, Optional.empty(), caps.charges);
    }
    Set<GrantedRule> rules = new LinkedHashSet<>();
    collect(violations, rules);
    if (!facts.approvalDemanded() && facts.grant().isEmpty()) {
      Verdict agreed = Verdict.of(set, whose, request, facts, true, DecisionPoint.NOTHING, usage);
      Caps agreedCaps =
          Caps.ask(agreed, agreed.effect(), usage, facts.time(), DecisionPoint.NOTHING);
      List<Violation> stillThere = new ArrayList<>(agreed.violations());
      stillThere.addAll(agreedCaps.violations);
      if (agreedCaps.effect == Effect.BLOCK) {
        return settled(
            Effect.BLOCK,
            why,
            "it would be blocked even if people agreed",
            stillThere,
            agreedCaps.standings,
            Optional.empty(),
            List.of());
      }
      collect(stillThere, rules);
    }
    return settled(
        Effect.REQUIRE_APPROVAL,
        open ? why : Reason.STEP,
        open ? "" : "the step demands that people agree",
        violations,
        caps.standings,
        Optional.of(new Ask(rules, now.terms())),
        List.of());
  }

  private static void collect(List<Violation> violations, Set<GrantedRule> rules) {
    for (Violation violation : violations) {
      if (violation.enforcement() == Enforcement.REQUIRE_APPROVAL) {
        rules.add(violation.grantable());
      }
    }
  }

  private Set<GrantedRule> granted() {
    return facts.grant().map(Grant::rules).orElse(DecisionPoint.NOTHING);
  }

  private Settled settled(
      Effect effect,
      Reason why,
      String told,
      List<Violation> violations,
      List<CapStanding> standings,
      Optional<Ask> ask,
      List<CapCharge> charges) {
    List<Violation> strongestFirst = violations;
    if (violations.size() > 1) {
      strongestFirst = new ArrayList<>(violations);
      strongestFirst.sort(
          Comparator.comparing(Violation::enforcement)
              .thenComparing(Violation::severity)
              .reversed());
    }
    List<Obligation> obligations = verdict == null ? List.of() : verdict.obligations();
    List<RuleId> consulted = verdict == null ? List.of() : verdict.consulted();
    Decision decision =
        new Decision(
            id,
            effect,
            why,
            action,
            strongestFirst,
            obligations,
            standings,
            overridden(),
            consulted,
            ask,
            told,
            revision,
            facts.time(),
            verdict == null ? Optional.empty() : facts.result().map(_ -> verdict.carried()));
    return new Settled(decision, charges);
  }

  private List<Overridden> overridden() {
    if (agent == null || agent.overridden().isEmpty()) {
      return List.of();
    }
    PolicyInput input = new PolicyInput(request, facts, action.params(), facts.grant().isPresent());
    List<Overridden> all = new ArrayList<>();
    for (EffectiveRule rule : agent.overridden()) {
      if (rule.rule().pattern().matches(input)
          && rule.rule().phase().holds(facts.result().isPresent())) {
        all.add(new Overridden(rule.rule().id(), rule.overriddenBy().orElseThrow(), rule.why()));
      }
    }
    return all;
  }

  /** What caps say, asked last and only where nothing blocks. */
  private static final class Caps {
    private final List<Violation> violations = new ArrayList<>(0);
    private final List<CapStanding> standings = new ArrayList<>(0);
    private final List<CapCharge> charges = new ArrayList<>(0);
    private Effect effect;

    private Caps(Effect effect) {
      this.effect = effect;
    }

    static Caps ask(
        Verdict verdict, Effect effect, CapUsage usage, Instant at, Set<GrantedRule> granted) {
      Caps caps = new Caps(effect);
      if (effect == Effect.BLOCK) {
        return caps;
      }
      for (Verdict.Charge each : verdict.charges()) {
        caps.one(verdict, each, usage, at, granted);
      }
      return caps;
    }

    private void one(
        Verdict verdict,
        Verdict.Charge each,
        CapUsage usage,
        Instant at,
        Set<GrantedRule> granted) {
      EffectiveRule rule = each.rule();
      boolean hard = rule.enforcement() == Enforcement.BLOCK;
      CapCharge charge = each.charge();
      if (hard != charge.hard()) {
        charge =
            new CapCharge(
                charge.counter(),
                charge.amount(),
                charge.limit(),
                charge.inclusive(),
                charge.window(),
                hard);
      }
      BigDecimal used = usage.used(charge.counter(), charge.window(), at);
      String window = rule.rule().body() instanceof RuleBody.Cap(var spec) ? spec.windowText() : "";
      CapStanding standing =
          new CapStanding(
              rule.rule().id(),
              charge.counter().key(),
              used,
              charge.amount(),
              charge.limit(),
              charge.inclusive(),
              charge.counter().currency(),
              window);
      standings.add(standing);
      charges.add(charge);
      if (!charge.fits(used)) {
        Violation violation = verdict.capViolation(rule, Explanation.usage(standing), granted);
        violations.add(violation);
        if (!violation.granted()) {
          effect = effect.or(violation.enforcement().effect());
        }
      }
    }
  }
}
