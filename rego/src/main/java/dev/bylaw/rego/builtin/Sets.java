package dev.bylaw.rego.builtin;

import dev.bylaw.value.SetValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sets. */
final class Sets {
  private Sets() {}

  static Value difference(SetValue a, SetValue b) {
    List<Value> rest = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      if (!b.contains(a.sorted(i))) {
        rest.add(a.sorted(i));
      }
    }
    return SetValue.of(rest);
  }

  static Value difference(BuiltinContext c, Value a, Value b) {
    return difference(Operands.set(a, 1), Operands.set(b, 2));
  }

  static Value and(BuiltinContext c, Value a, Value b) {
    return intersection(Operands.set(a, 1), Operands.set(b, 2));
  }

  private static SetValue intersection(SetValue a, SetValue b) {
    boolean first = a.size() <= b.size();
    SetValue small = first ? a : b;
    SetValue large = first ? b : a;
    List<Value> both = new ArrayList<>();
    for (int i = 0; i < small.size(); i++) {
      if (large.contains(small.sorted(i))) {
        both.add(small.sorted(i));
      }
    }
    return SetValue.of(both);
  }

  static Value or(BuiltinContext c, Value a, Value b) {
    Set<Value> all = new LinkedHashSet<>(Operands.set(a, 1).members());
    all.addAll(Operands.set(b, 2).members());
    return SetValue.of(all);
  }

  static Value intersection(BuiltinContext c, Value a) {
    SetValue result = null;
    for (Value v : Operands.set(a, 1)) {
      SetValue next = member(v);
      result = result == null ? next : intersection(result, next);
    }
    return result == null ? SetValue.EMPTY : result;
  }

  static Value union(BuiltinContext c, Value a) {
    Set<Value> all = new LinkedHashSet<>();
    for (Value v : Operands.set(a, 1)) {
      all.addAll(member(v).members());
    }
    return SetValue.of(all);
  }

  private static SetValue member(Value v) {
    if (v instanceof SetValue s) {
      return s;
    }
    throw BuiltinFailure.operand(1, "set", v.kind().word());
  }
}
