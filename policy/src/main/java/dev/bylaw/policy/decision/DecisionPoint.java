package dev.bylaw.policy.decision;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.policy.request.PolicyInput;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides action requests over the policies of one identity. Thread-safe; policies are swapped
 * atomically, and a decision sees one version from its beginning to its end.
 *
 * <pre>{@code
 * var pending = point.prepare(request, registry.facts(request, touched, now));
 * var settled = pending.settle(usage); // in the transaction that reserves settled.charges()
 * }</pre>
 */
public final class DecisionPoint {
  private final Supplier<String> ids;
  private final @Nullable CapUsage glance;
  private volatile @Nullable PolicySet policies;
  private volatile String unavailable;

  /**
   * A point without policies: it blocks everything until it has some.
   *
   * @param ids gives each decision its own id
   */
  public DecisionPoint(Supplier<String> ids) {
    this(ids, null);
  }

  /**
   * A point whose policies may look at caps.
   *
   * @param glance a snapshot of the ledger, asked from the thread that decides; null for none
   */
  public DecisionPoint(Supplier<String> ids, @Nullable CapUsage glance) {
    this.ids = Objects.requireNonNull(ids);
    this.glance = glance;
    this.unavailable = "no policies have been loaded";
  }

  /** Decides by other policies from now on. */
  public void use(PolicySet newer) {
    policies = Objects.requireNonNull(newer);
    unavailable = "";
  }

  /**
   * Blocks everything until {@link #use} is called: the store or the log is not there.
   *
   * @param reason for people: lower case, no full stop
   */
  public void suspend(String reason) {
    unavailable = Objects.requireNonNull(reason);
  }

  /** The policies of now. */
  public Optional<PolicySet> policies() {
    return Optional.ofNullable(policies);
  }

  /**
   * Decides everything but caps.
   *
   * @param request in the caller's words
   * @param facts ours, see {@code Registry.facts}
   */
  public PendingDecision prepare(ActionRequest request, Facts facts) {
    PolicySet now = policies;
    String closed = unavailable;
    if (now == null || !closed.isEmpty()) {
      return refused(request, facts, Reason.UNAVAILABLE, closed, "");
    }
    String revision = now.revision();
    AgentPolicy agent = now.agent(request.agent()).orElse(null);
    if (agent == null) {
      return refused(
          request,
          facts,
          Reason.UNKNOWN_AGENT,
          "there is no agent `" + request.agent() + "`",
          revision);
    }
    if (!agent.unavailable().isEmpty()) {
      return refused(request, facts, Reason.UNAVAILABLE, agent.unavailable(), revision);
    }
    String forged = PolicyInput.forged(request);
    if (!forged.isEmpty()) {
      return refused(
          request,
          facts,
          Reason.FORGED_FACT,
          "`" + forged + "` is not the caller's to state",
          revision);
    }
    return PendingDecision.of(now, agent, request, facts, ids, glance);
  }

  /**
   * Says why each rule did or did not bite on a request; decides it on the way and changes nothing.
   *
   * @param usage a snapshot of the ledger
   */
  public Trace why(ActionRequest request, Facts facts, CapUsage usage) {
    Decision decision = prepare(request, facts).settle(usage).decision();
    PolicySet now = policies;
    Optional<AgentPolicy> agent = now == null ? Optional.empty() : now.agent(request.agent());
    return now == null || agent.isEmpty()
        ? new Trace(decision, List.of())
        : Trace.of(now, agent.get(), request, facts, decision, usage);
  }

  private PendingDecision refused(
      ActionRequest request, Facts facts, Reason reason, String note, String revision) {
    return PendingDecision.refused(request, facts, reason, note, revision, ids);
  }

  /** Why a grant is no good for an action; empty if it is. */
  static String refusal(Grant grant, DecidedAction action, Facts facts) {
    if (!facts.time().isBefore(grant.expires())) {
      return "the approval was good until " + grant.expires();
    }
    if (!grant.key().equals(action.key())) {
      return "the approval is for another request";
    }
    return grant.actionDigest().equals(action.digest())
        ? ""
        : "the approval is for other arguments";
  }

  /** What is granted before anybody was asked. */
  static final Set<Grant.GrantedRule> NOTHING = Set.of();

  /** The effect of an action that no rule covers. */
  static Effect uncovered(PolicySet policies) {
    return policies.registry().allowUncovered() ? Effect.ALLOW : Effect.BLOCK;
  }
}
