package dev.bylaw.policy.rule;

import dev.bylaw.expression.Expression;
import dev.bylaw.expression.Fact;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.Severity;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One checkable statement of a pack, compiled.
 *
 * @param id which
 * @param enforcement its own, else its pack's
 * @param severity its own, else its pack's
 * @param message for people; empty where none is given
 * @param overridable whether an agent's overrides and attachments may change it
 * @param setting what it states; rules of one setting compete. Empty for none
 * @param replaces the rule that this one of an agent takes the place of, {@code pack/rule}; empty
 *     for none
 * @param phase whether it is asked before the action, about its result, or both
 * @param pattern which requests it is about
 * @param when the guard
 * @param body what it demands
 * @param examples requests that show it
 * @param digest SHA-256 of what it says
 * @param span where it stands
 */
public record Rule(
    RuleId id,
    Enforcement enforcement,
    Severity severity,
    String message,
    boolean overridable,
    String setting,
    String replaces,
    Phase phase,
    Pattern pattern,
    Optional<Expression> when,
    RuleBody body,
    List<RuleExample> examples,
    String digest,
    Span span) {

  /** When a rule is asked. */
  public enum Phase {
    ACTION,
    RESULT,
    BOTH;

    /** Whether it is asked before an action, or about a result. */
    public boolean holds(boolean result) {
      return this == BOTH || (this == RESULT) == result;
    }
  }

  public Rule {
    Objects.requireNonNull(id);
    Objects.requireNonNull(enforcement);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(message);
    Objects.requireNonNull(setting);
    Objects.requireNonNull(replaces);
    Objects.requireNonNull(phase);
    Objects.requireNonNull(pattern);
    Objects.requireNonNull(when);
    Objects.requireNonNull(body);
    examples = List.copyOf(examples);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(span);
  }

  /** The actions that the guard itself compares with: then the rule is about those. */
  public Set<String> actionsInGuard() {
    Set<String> actions = new HashSet<>();
    for (Fact fact : when.map(Expression::facts).orElse(List.of())) {
      String variable = fact.reference().variable();
      if (fact.reference().path().isEmpty()
          && (variable.equals("action") || variable.equals("tool"))) {
        for (Value value : fact.values()) {
          if (value instanceof StringValue text) {
            actions.add(text.text());
          }
        }
      }
    }
    return actions;
  }

  /** Whether it is compiled from what the other is. */
  public boolean saysTheSameAs(Rule other) {
    return id.name().equals(other.id.name()) && digest.equals(other.digest);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
