package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/** Computes a value. */
abstract class Node {
  /** The value, or null where it is undefined. */
  abstract @Nullable Value eval(Frame f);

  /** The value if it is the same for all evaluations, else null. */
  @Nullable Value constant() {
    return null;
  }
}
