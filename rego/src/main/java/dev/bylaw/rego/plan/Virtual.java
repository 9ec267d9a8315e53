package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document that rules make; its value is worked out once an evaluation. */
@SuppressWarnings("ReferenceEquality") // Undefined is one object.
abstract class Virtual {
  final int number;
  final List<String> path;

  /** The value, if it is the same for all evaluations and nobody watches them. */
  @Nullable Value constant;

  Virtual(int number, List<String> path) {
    this.number = number;
    this.path = path;
  }

  final @Nullable Value value(Evaluation e) {
    Value known = e.values[number];
    if (known == null) {
      e.session.step();
      Value computed = compute(e);
      known = computed == null ? Evaluation.UNDEFINED : computed;
      e.values[number] = known;
    }
    return known == Evaluation.UNDEFINED ? null : known;
  }

  abstract @Nullable Value compute(Evaluation e);

  /** The value under a key; by default from the whole document. */
  @Nullable Value lookup(Evaluation e, Value key) {
    Value all = value(e);
    return all == null ? null : Nodes.step(all, key);
  }
}
