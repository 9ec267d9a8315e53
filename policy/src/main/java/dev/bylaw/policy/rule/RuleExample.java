package dev.bylaw.policy.rule;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import java.util.Objects;

/**
 * A request that shows a rule: one that it allows or one that violates it.
 *
 * @param violated which of the two
 * @param request as written, in the form of an action request
 * @param span where it stands
 */
public record RuleExample(boolean violated, ObjectValue request, Span span) {
  public RuleExample {
    Objects.requireNonNull(request);
    Objects.requireNonNull(span);
  }
}
