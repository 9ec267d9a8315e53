package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;

/** What a policy may know of where it runs. Metadata and prints are the planner's business. */
final class Surroundings {
  private Surroundings() {}

  static Value trace(BuiltinContext c, Value note) {
    Operands.string(note, 1);
    return BooleanValue.TRUE;
  }

  static Value runtime(BuiltinContext c) {
    return c.runtime();
  }

  static Value print(BuiltinContext c, Value parts) {
    Operands.array(parts, 1);
    return BooleanValue.TRUE;
  }

  static Value testCase(BuiltinContext c, Value names) {
    Operands.array(names, 1);
    return BooleanValue.TRUE;
  }

  static Value metadata(BuiltinContext c) {
    return ObjectValue.EMPTY;
  }
}
