package dev.bylaw.policy.decision;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.request.Grant.GrantedRule;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.Objects;

/**
 * A rule that an action violates.
 *
 * @param rule which
 * @param digest of the rule; with its name what an approval is bound to
 * @param enforcement what it does
 * @param severity how bad that is
 * @param type the kind of rule: {@code require}, {@code cap}, {@code pii}, …
 * @param part the rule within a policy in another language: {@code deny_external_api}; empty for
 *     rules that are one
 * @param message what is wrong, for people
 * @param detail how it was found: the terms that decided, the usage of a cap, why it failed; may be
 *     empty
 * @param failed whether the rule could not be evaluated, which counts as violated
 * @param granted whether people have agreed to it: it stands no more in the way
 * @param file the pack's file
 * @param line counted from 1
 * @param column counted from 1
 */
public record Violation(
    RuleId rule,
    String digest,
    Enforcement enforcement,
    Severity severity,
    String type,
    String part,
    String message,
    String detail,
    boolean failed,
    boolean granted,
    String file,
    int line,
    int column) {
  public Violation {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(enforcement);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(type);
    Objects.requireNonNull(part);
    Objects.requireNonNull(message);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(file);
  }

  /** What an approval names it by: people agree to one part of a policy, not to the rest. */
  public GrantedRule grantable() {
    return grantable(rule, part, line, digest);
  }

  /** The rule, and the part of it: {@code data_protection/data_protection#deny_external_api}. */
  public String title() {
    return part.isEmpty() ? rule.toString() : rule + "#" + part;
  }

  /** With its line: two clauses of one name are two things to agree to. */
  static GrantedRule grantable(RuleId rule, String part, int line, String digest) {
    String name = part.isEmpty() ? rule.name() : rule.name() + "#" + part + ":" + line;
    return new GrantedRule(name, digest);
  }

  /** The same, agreed to. */
  public Violation asGranted() {
    return new Violation(
        rule,
        digest,
        enforcement,
        severity,
        type,
        part,
        message,
        detail,
        failed,
        true,
        file,
        line,
        column);
  }

  /** The violation as JSON. */
  public ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(15);
    out.put("rule", rule.toString())
        .put("pack", rule.pack())
        .put("version", rule.version())
        .put("id", rule.rule())
        .put("digest", digest)
        .put("enforcement", enforcement.word())
        .put("severity", severity.word())
        .put("type", type);
    if (!part.isEmpty()) {
      out.put("part", part);
    }
    out.put("message", message);
    if (!detail.isEmpty()) {
      out.put("detail", detail);
    }
    return out.put("outcome", failed ? "failed" : "violated")
        .put("granted", Value.of(granted))
        .put("file", file)
        .put("line", Value.of(line))
        .put("column", Value.of(column))
        .build();
  }

  /** Reads what {@link #toValue} wrote. */
  public static Violation fromValue(ObjectValue value) {
    return new Violation(
        new RuleId(value.text("pack"), value.text("version"), value.text("id")),
        value.text("digest"),
        Enforcement.named(value.text("enforcement")).orElse(Enforcement.BLOCK),
        Severity.named(value.text("severity")).orElse(Severity.CRITICAL),
        value.text("type"),
        value.text("part"),
        value.text("message"),
        value.text("detail"),
        value.text("outcome").equals("failed"),
        Decision.truth(value, "granted"),
        value.text("file"),
        Decision.number(value, "line"),
        Decision.number(value, "column"));
  }
}
