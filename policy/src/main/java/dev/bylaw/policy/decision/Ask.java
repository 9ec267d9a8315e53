package dev.bylaw.policy.decision;

import dev.bylaw.policy.approval.ApprovalTerms;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import java.util.Set;

/**
 * What people are to be asked before an action may go on.
 *
 * @param rules the violations they would agree to; may be empty where the step itself demands it
 * @param terms who may answer, how many, how long
 */
public record Ask(Set<Grant.GrantedRule> rules, ApprovalTerms terms) {
  public Ask {
    rules = Set.copyOf(rules);
  }

  /** The question as JSON. */
  public ObjectValue toValue() {
    return ObjectValue.of("rules", Grant.rulesToValue(rules), "terms", terms.toValue());
  }

  /** Reads what {@link #toValue} wrote. */
  public static Ask fromValue(ObjectValue value) {
    return new Ask(
        Grant.rulesFromValue(
            value.get("rules") instanceof ArrayValue rules ? rules : ArrayValue.EMPTY),
        ApprovalTerms.fromValue(
            value.get("terms") instanceof ObjectValue terms ? terms : ObjectValue.EMPTY));
  }
}
