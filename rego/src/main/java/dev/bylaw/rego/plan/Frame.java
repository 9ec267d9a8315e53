package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/** The variables of one activation of a rule, function or query. */
final class Frame {
  final @Nullable Value[] slots;

  /** What comprehensions collect into. */
  final @Nullable Collector[] collectors;

  /** Changes within {@code with}. */
  Evaluation evaluation;

  /** The value so far, of what yields one. */
  @Nullable Value result;

  /** Where the solutions of a partial rule or of a query go; null where the first one is enough. */
  @Nullable Collector solutions;

  Frame(int slots, int collectors, Evaluation evaluation) {
    this.slots = slots == 0 ? NO_SLOTS : new Value[slots];
    this.collectors = collectors == 0 ? NONE : new Collector[collectors];
    this.evaluation = evaluation;
  }

  private static final @Nullable Collector[] NONE = new Collector[0];
  private static final @Nullable Value[] NO_SLOTS = new Value[0];

  /** The value of a slot that is bound. */
  Value bound(int slot) {
    Value value = slots[slot];
    if (value == null) {
      throw new IllegalStateException("slot " + slot + " is read before it is bound");
    }
    return value;
  }
}
