package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/** What can be called: a function of the policy, or a builtin. */
interface Callable {
  /** The result, or null where it is undefined. */
  @Nullable Value call(Evaluation evaluation, Value[] arguments);
}
