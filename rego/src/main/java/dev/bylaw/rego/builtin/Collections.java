package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arrays, what goes for all collections, and kinds of values. */
final class Collections {
  private static final int MOST_PATHS = 100_000;
  private static final int MOST_NODES = 2_000;

  private Collections() {}

  static Value count(BuiltinContext c, Value a) {
    return switch (a) {
      case ArrayValue v -> NumberValue.of(v.size());
      case ObjectValue v -> NumberValue.of(v.size());
      case SetValue v -> NumberValue.of(v.size());
      case StringValue v -> NumberValue.of(v.text().codePointCount(0, v.text().length()));
      default -> Operands.fail(1, "one of {array, object, set, string}", a);
    };
  }

  static @Nullable Value max(BuiltinContext c, Value a) {
    Value most = null;
    for (Value v : Operands.collection(a, 1)) {
      most = most == null || v.compareTo(most) > 0 ? v : most;
    }
    return most;
  }

  static @Nullable Value min(BuiltinContext c, Value a) {
    Value least = null;
    for (Value v : Operands.collection(a, 1)) {
      least = least == null || v.compareTo(least) < 0 ? v : least;
    }
    return least;
  }

  static Value sort(BuiltinContext c, Value a) {
    List<Value> sorted = new ArrayList<>(Operands.collection(a, 1));
    java.util.Collections.sort(sorted);
    return ArrayValue.of(sorted);
  }

  static Value all(BuiltinContext c, Value a) {
    return BooleanValue.of(
        Operands.collection(a, 1, "one of {array, set}").stream()
            .allMatch(v -> v == BooleanValue.TRUE));
  }

  static Value any(BuiltinContext c, Value a) {
    return BooleanValue.of(
        Operands.collection(a, 1, "one of {array, set}").stream()
            .anyMatch(v -> v == BooleanValue.TRUE));
  }

  static Value concat(BuiltinContext c, Value a, Value b) {
    List<Value> both = new ArrayList<>(Operands.array(a, 1).elements());
    both.addAll(Operands.array(b, 2).elements());
    return ArrayValue.of(both);
  }

  static Value flatten(BuiltinContext c, Value a) {
    List<Value> flat = new ArrayList<>();
    for (Value v : Operands.array(a, 1)) {
      if (v instanceof ArrayValue inner) {
        flat.addAll(inner.elements());
      } else {
        flat.add(v);
      }
    }
    return ArrayValue.of(flat);
  }

  static Value reverse(BuiltinContext c, Value a) {
    return ArrayValue.of(new ArrayList<>(Operands.array(a, 1).elements()).reversed());
  }

  static Value slice(BuiltinContext c, Value a, Value from, Value to) {
    ArrayValue array = Operands.array(a, 1);
    int start = clamp(from, 2, array.size());
    int stop = clamp(to, 3, array.size());
    return start >= stop
        ? ArrayValue.EMPTY
        : ArrayValue.of(new ArrayList<>(array.elements().subList(start, stop)));
  }

  private static int clamp(Value v, int position, int size) {
    return Math.clamp(Operands.intValue(v, position), 0, size);
  }

  static Value typeName(BuiltinContext c, Value a) {
    return StringValue.of(a.kind().word());
  }

  static Builtin.F1 is(Value.Kind kind) {
    return (c, a) -> BooleanValue.of(a.kind() == kind);
  }

  static Value castArray(BuiltinContext c, Value a) {
    return a instanceof SetValue || a instanceof ArrayValue
        ? ArrayValue.of(Operands.collection(a, 1))
        : Operands.fail(1, "one of {array, set}", a);
  }

  static Value castSet(BuiltinContext c, Value a) {
    return a instanceof SetValue || a instanceof ArrayValue
        ? SetValue.of(Operands.collection(a, 1))
        : Operands.fail(1, "one of {array, set}", a);
  }

  static Builtin.F1 cast(Value.Kind kind) {
    return (c, a) -> a.kind() == kind ? a : Operands.fail(1, kind.word(), a);
  }

  static Value toNull(BuiltinContext c, Value a) {
    return a == NullValue.NULL ? a : Operands.fail(1, "null", a);
  }

  /** {@code graph.reachable}: what can be reached from some nodes, themselves included. */
  static Value reachable(BuiltinContext c, Value graph, Value from) {
    ObjectValue edges = Operands.object(graph, 1);
    var reached = new SetValue.Builder();
    List<Value> open = new ArrayList<>(Operands.collection(from, 2, "{array, set}"));
    while (!open.isEmpty()) {
      Value node = open.removeLast();
      Value next = edges.get(node);
      if (next != null && reached.add(node)) {
        for (Value neighbour : neighbours(next)) {
          c.tick();
          open.add(neighbour);
        }
      }
    }
    return reached.build();
  }

  private static List<Value> neighbours(Value v) {
    return switch (v) {
      case ArrayValue a -> a.elements();
      case SetValue s -> s.members();
      default -> List.of();
    };
  }

  /** {@code graph.reachable_paths}: the longest ways from some nodes, up to a loop. */
  static Value reachablePaths(BuiltinContext c, Value graph, Value from) {
    ObjectValue edges = Operands.object(graph, 1);
    Set<Value> paths = new LinkedHashSet<>();
    for (Value node : Operands.collection(from, 2, "{array, set}")) {
      Value next = edges.get(node);
      if (next == null) {
        continue;
      }
      ArrayValue path = ArrayValue.of(node);
      List<Value> neighbours = neighbours(next);
      if (neighbours.isEmpty()) {
        paths.add(path);
      }
      // A loop at the first node itself is gone through once.
      for (Value n : neighbours) {
        paths(c, edges, path, n, new HashSet<>(Set.of(node)), paths);
      }
    }
    return SetValue.of(paths);
  }

  private static void paths(
      BuiltinContext c,
      ObjectValue edges,
      ArrayValue before,
      Value node,
      Set<Value> seen,
      Set<Value> found) {
    c.tick();
    Value next = edges.get(node);
    if (next == null) {
      found.add(before);
      return;
    }
    if (found.size() > MOST_PATHS || before.size() > MOST_NODES) {
      throw BuiltinFailure.error("too many paths, or too long ones");
    }
    ArrayValue path = before.with(node);
    List<Value> neighbours = neighbours(next);
    if (neighbours.isEmpty()) {
      found.add(path);
    }
    boolean added = seen.add(node);
    for (Value n : neighbours) {
      if (seen.contains(n)) {
        found.add(path);
      } else {
        paths(c, edges, path, n, seen, found);
      }
    }
    if (added) {
      seen.remove(node);
    }
  }
}
