package dev.bylaw.policy.effective;

import dev.bylaw.policy.registry.AgentEntry;
import dev.bylaw.policy.registry.Capability;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Evaluation;
import dev.bylaw.policy.rule.Fulfilment;
import java.util.List;

/**
 * One agent's policies, ready to be asked: its effective policy and the index over it. Immutable
 * and thread-safe.
 */
public final class AgentPolicy {
  private final AgentEntry agent;
  private final EffectivePolicy policy;
  private final List<EffectiveRule> applying;
  private final List<EffectiveRule> overridden;
  private final boolean[] obliging;
  private final RuleIndex index;
  private final Coverage coverage;
  private final String unavailable;

  /**
   * An agent's policies.
   *
   * @param unavailable why they cannot be asked: a pack that has never loaded; empty if they can
   */
  AgentPolicy(AgentEntry agent, EffectivePolicy policy, String unavailable) {
    this.agent = agent;
    this.policy = policy;
    this.applying = policy.applying();
    this.overridden = policy.overridden();
    this.obliging = new boolean[applying.size()];
    for (int i = 0; i < obliging.length; i++) {
      obliging[i] = Fulfilment.kind(applying.get(i).rule().body()).isPresent();
    }
    this.index = RuleIndex.of(applying);
    this.coverage = new Coverage(applying);
    this.unavailable = unavailable;
  }

  /** Whose. */
  public AgentEntry agent() {
    return agent;
  }

  /** What really applies. */
  public EffectivePolicy effective() {
    return policy;
  }

  /** Why the policies cannot be asked; empty if they can. */
  public String unavailable() {
    return unavailable;
  }

  /** The places of the rules that a request can concern, in order. */
  public int[] candidates(Evaluation evaluation) {
    return index.find(evaluation);
  }

  /** Whether some rule is about the request in so many words. */
  public boolean covers(PolicyInput input) {
    return coverage.holds(input);
  }

  /** Whether some rule is about an action, in so many words or by the type of what it touches. */
  boolean covers(String action, Capability capability) {
    return coverage.names(action)
        || coverage.names(capability.name())
        || coverage.touches(capability.resourceType());
  }

  /** The rule at a place. */
  public EffectiveRule rule(int place) {
    return applying.get(place);
  }

  /** Whether the rule at a place can change an action. */
  public boolean obliges(int place) {
    return obliging[place];
  }

  /** The rules that do not apply because another won. */
  public List<EffectiveRule> overridden() {
    return overridden;
  }
}
