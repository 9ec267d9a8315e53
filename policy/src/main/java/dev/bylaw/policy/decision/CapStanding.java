package dev.bylaw.policy.decision;

import dev.bylaw.policy.RuleId;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;

/**
 * Where a cap stands with an action.
 *
 * @param rule which cap
 * @param key whose usage
 * @param used before the action, in the window
 * @param amount what the action adds
 * @param limit how much there may be
 * @param inclusive whether exactly the limit is still within it
 * @param currency of a sum of money; empty otherwise
 * @param window {@code day}, {@code PT1H rolling}, {@code concurrent}
 */
public record CapStanding(
    RuleId rule,
    String key,
    BigDecimal used,
    BigDecimal amount,
    BigDecimal limit,
    boolean inclusive,
    String currency,
    String window) {

  /** The usage as JSON. */
  public ObjectValue toValue() {
    return ObjectValue.builder(10)
        .put("rule", rule.toString())
        .put("pack", rule.pack())
        .put("version", rule.version())
        .put("id", rule.rule())
        .put("key", key)
        .put("used", NumberValue.of(used))
        .put("amount", NumberValue.of(amount))
        .put("limit", NumberValue.of(limit))
        .put("inclusive", Value.of(inclusive))
        .put("currency", currency)
        .put("window", window)
        .build();
  }

  /** Reads what {@link #toValue} wrote. */
  public static CapStanding fromValue(ObjectValue value) {
    return new CapStanding(
        new RuleId(value.text("pack"), value.text("version"), value.text("id")),
        value.text("key"),
        Decision.decimal(value, "used"),
        Decision.decimal(value, "amount"),
        Decision.decimal(value, "limit"),
        Decision.truth(value, "inclusive"),
        value.text("currency"),
        value.text("window"));
  }
}
