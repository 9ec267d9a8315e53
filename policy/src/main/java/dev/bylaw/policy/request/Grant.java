package dev.bylaw.policy.request;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What people have agreed to: exactly the violations they were asked about, for one action.
 *
 * @param approval the id of the approval
 * @param actionDigest of the action they saw, see {@code Decision.digest}
 * @param key the request key or run step it is for
 * @param rules the violations they agreed to
 * @param expires when it is no longer good; {@link Instant#MAX} for never
 */
public record Grant(
    String approval, String actionDigest, String key, Set<GrantedRule> rules, Instant expires) {

  /**
   * One violation that people agreed to.
   *
   * @param rule the rule's name, {@code pack/rule}
   * @param digest of the rule as it was
   */
  public record GrantedRule(String rule, String digest) {
    public GrantedRule {
      Objects.requireNonNull(rule);
      Objects.requireNonNull(digest);
    }
  }

  public Grant {
    Objects.requireNonNull(approval);
    Objects.requireNonNull(actionDigest);
    Objects.requireNonNull(key);
    rules = Set.copyOf(rules);
    Objects.requireNonNull(expires);
  }

  /** The grant as JSON. */
  public ObjectValue toValue() {
    return ObjectValue.builder()
        .put("approval", approval)
        .put("action_digest", actionDigest)
        .put("key", key)
        .put("rules", rulesToValue(rules))
        .put("expires", expires.toString())
        .build();
  }

  /** Reads what {@link #toValue} wrote. */
  public static Grant fromValue(ObjectValue value) {
    return new Grant(
        value.text("approval"),
        value.text("action_digest"),
        value.text("key"),
        rulesFromValue(value.get("rules") instanceof ArrayValue rules ? rules : ArrayValue.EMPTY),
        Instant.parse(value.text("expires")));
  }

  /** Rules as JSON, in order of name. */
  public static ArrayValue rulesToValue(Set<GrantedRule> rules) {
    return ArrayValue.of(
        rules.stream()
            .sorted(
                java.util.Comparator.comparing(GrantedRule::rule)
                    .thenComparing(GrantedRule::digest))
            .map(rule ->
                (Value)
                    ObjectValue.of(
                        "rule", Value.of(rule.rule()), "digest", Value.of(rule.digest())))
            .toList());
  }

  /** Reads what {@link #rulesToValue} wrote. */
  public static Set<GrantedRule> rulesFromValue(ArrayValue values) {
    Set<GrantedRule> rules = new LinkedHashSet<>();
    for (Value each : values) {
      if (each instanceof ObjectValue rule) {
        rules.add(new GrantedRule(rule.text("rule"), rule.text("digest")));
      }
    }
    return rules;
  }
}
