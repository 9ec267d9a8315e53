package dev.bylaw.policy.effective;

import dev.bylaw.policy.registry.Precedence;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Objects;

/**
 * The rules that really apply to one agent, and those that do not because others won.
 *
 * @param agent whose
 * @param precedence how conflicts end
 * @param packs the attached packs, {@code name@version}, with the reason in brackets
 * @param rules in order of pack and rule, winners and losers
 */
public record EffectivePolicy(
    String agent, Precedence precedence, List<String> packs, List<EffectiveRule> rules) {
  public EffectivePolicy {
    Objects.requireNonNull(agent);
    Objects.requireNonNull(precedence);
    packs = List.copyOf(packs);
    rules = List.copyOf(rules);
  }

  /** The rules that apply. */
  public List<EffectiveRule> applying() {
    return rules.stream().filter(EffectiveRule::applies).toList();
  }

  /** The rules that do not apply because another won. */
  public List<EffectiveRule> overridden() {
    return rules.stream().filter(rule -> !rule.applies()).toList();
  }

  /** The policy as JSON: what {@code bylaw effective} prints. */
  public ObjectValue toValue() {
    return ObjectValue.builder(4)
        .put("agent", agent)
        .put("precedence", precedence.word())
        .put("packs", Value.of(packs))
        .put("rules", ArrayValue.of(rules.stream().map(EffectiveRule::toValue).toList()))
        .build();
  }
}
