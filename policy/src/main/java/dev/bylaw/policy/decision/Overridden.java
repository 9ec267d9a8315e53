package dev.bylaw.policy.decision;

import dev.bylaw.policy.RuleId;
import dev.bylaw.value.ObjectValue;

/**
 * A rule that would have matched, had another not overridden it.
 *
 * @param rule the loser
 * @param by the winner
 * @param why {@code identity overrides}, …
 */
public record Overridden(RuleId rule, RuleId by, String why) {

  /** The same as JSON. */
  public ObjectValue toValue() {
    return ObjectValue.builder(3)
        .put("rule", rule.toString())
        .put("by", by.toString())
        .put("why", why)
        .build();
  }

  /** Reads what {@link #toValue} wrote. */
  public static Overridden fromValue(ObjectValue value) {
    return new Overridden(
        Decision.ruleId(value.text("rule")), Decision.ruleId(value.text("by")), value.text("why"));
  }
}
