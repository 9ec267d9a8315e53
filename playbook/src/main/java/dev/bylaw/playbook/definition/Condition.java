package dev.bylaw.playbook.definition;

import dev.bylaw.playbook.template.Scope;
import dev.bylaw.value.ObjectValue;
import java.util.Set;

/** A condition in CEL: the {@code if} of a step or the {@code retry_if} of a retry. */
public interface Condition {
  /**
   * What came of it.
   *
   * @param holds whether it is true; false where it failed
   * @param failure why it has no answer, one line; empty where it has one
   */
  record Answer(boolean holds, String failure) {}

  /**
   * Evaluates it.
   *
   * @param failure of the attempt before: {@code code}, {@code message}, {@code retryable}, {@code
   *     effect}; empty for {@code if}
   * @param attempt counted from 1
   */
  Answer test(Scope scope, ObjectValue failure, int attempt);

  /** The names of inputs and vars it refers to. */
  Set<String> names();
}
