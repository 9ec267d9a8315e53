package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.Value;

/**
 * Comparison and membership. Plans have nodes of their own for these; the table serves the rest.
 */
final class Comparisons {
  private Comparisons() {}

  static Value equal(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(a.equals(b));
  }

  static Value notEqual(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(!a.equals(b));
  }

  static Value less(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(a.compareTo(b) < 0);
  }

  static Value lessOrEqual(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(a.compareTo(b) <= 0);
  }

  static Value greater(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(a.compareTo(b) > 0);
  }

  static Value greaterOrEqual(BuiltinContext c, Value a, Value b) {
    return BooleanValue.of(a.compareTo(b) >= 0);
  }

  static Value member(BuiltinContext c, Value a, Value in) {
    return BooleanValue.of(
        switch (in) {
          case ArrayValue v -> v.elements().contains(a);
          case SetValue v -> v.contains(a);
          case ObjectValue v -> {
            boolean found = false;
            for (int i = 0; i < v.size() && !found; i++) {
              found = v.value(i).equals(a);
            }
            yield found;
          }
          default -> false;
        });
  }

  static Value memberAt(BuiltinContext c, Value key, Value a, Value in) {
    Value found = Objects.step(in, key);
    return BooleanValue.of(found != null && found.equals(a));
  }

  /** All paths and values of a document, where it is not scanned. */
  static Value walk(BuiltinContext c, Value a) {
    return ArrayValue.of(ArrayValue.EMPTY, a);
  }
}
