package dev.bylaw.policy.effective;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.Objects;
import java.util.Optional;

/**
 * One rule as it applies to one agent, or does not.
 *
 * @param rule the rule as its pack has it
 * @param leveling how its level came about
 * @param from where it came from: {@code pack ops-caps, attached}, {@code agent override}, …
 * @param overriddenBy the rule that won over it; empty if it applies
 * @param why it won or lost; empty where it had no rival
 * @param resolution what was recorded about the conflict; empty if nothing was
 */
public record EffectiveRule(
    Rule rule,
    Leveling leveling,
    String from,
    Optional<RuleId> overriddenBy,
    String why,
    String resolution) {
  public EffectiveRule {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(leveling);
    Objects.requireNonNull(from);
    Objects.requireNonNull(overriddenBy);
    Objects.requireNonNull(why);
    Objects.requireNonNull(resolution);
  }

  /** A rule of a pack that the agent does not use. */
  public static EffectiveRule unattached(Rule rule) {
    return of(rule, Leveling.NONE, "pack " + rule.id().pack() + ", not attached");
  }

  static EffectiveRule of(Rule rule, Leveling leveling, String from) {
    return new EffectiveRule(rule, leveling, from, Optional.empty(), "", "");
  }

  /** The enforcement at the level that counts for this agent. */
  public Enforcement enforcement() {
    return leveling.of(rule.enforcement());
  }

  /** Why the enforcement is what it is. */
  public String level() {
    return leveling.why(rule.enforcement());
  }

  /** Whether it applies. */
  public boolean applies() {
    return overriddenBy.isEmpty();
  }

  EffectiveRule lostTo(RuleId winner, String because, String recorded) {
    return new EffectiveRule(rule, leveling, from, Optional.of(winner), because, recorded);
  }

  EffectiveRule won(String because, String recorded) {
    return new EffectiveRule(rule, leveling, from, Optional.empty(), because, recorded);
  }

  /** The same as JSON. */
  public ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(16);
    out.put("rule", rule.id().toString())
        .put("pack", rule.id().pack())
        .put("version", rule.id().version())
        .put("id", rule.id().rule())
        .put("type", rule.body().type())
        .put("enforcement", enforcement().word())
        .put("severity", rule.severity().word())
        .put("message", rule.message())
        .put("setting", rule.setting())
        .put("from", from)
        .put("level", level())
        .put("applies", Value.of(applies()));
    overriddenBy.ifPresent(winner -> out.put("overridden_by", winner.toString()));
    if (!why.isEmpty()) {
      out.put("why", why);
    }
    if (!resolution.isEmpty()) {
      out.put("resolution", resolution);
    }
    return out.put("file", rule.span().source().name())
        .put("line", Value.of(rule.span().position().line()))
        .build();
  }
}
