package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects. */
final class Objects {
  private Objects() {}

  static Value get(BuiltinContext c, Value object, Value key, Value otherwise) {
    ObjectValue o = Operands.object(object, 1);
    if (!(key instanceof ArrayValue path)) {
      Value found = o.get(key);
      return found == null ? otherwise : found;
    }
    Value here = o;
    for (Value k : path) {
      here = step(here, k);
      if (here == null) {
        return otherwise;
      }
    }
    return here;
  }

  static @Nullable Value step(Value base, Value key) {
    return switch (base) {
      case ObjectValue o -> o.get(key);
      case ArrayValue a ->
          key instanceof dev.bylaw.value.NumberValue n
                  && n.isWrittenAsLong()
                  && n.longValue() >= 0
                  && n.longValue() < a.size()
              ? a.get((int) n.longValue())
              : null;
      case SetValue s -> s.contains(key) ? key : null;
      default -> null;
    };
  }

  static Value keys(BuiltinContext c, Value a) {
    ObjectValue o = Operands.object(a, 1);
    List<Value> keys = new ArrayList<>();
    o.forEach((k, v) -> keys.add(k));
    return SetValue.of(keys);
  }

  private static Set<Value> named(Value v) {
    return switch (v) {
      case ArrayValue a -> new HashSet<>(a.elements());
      case SetValue s -> new HashSet<>(s.members());
      case ObjectValue o -> {
        Set<Value> keys = new HashSet<>();
        o.forEach((k, x) -> keys.add(k));
        yield keys;
      }
      default -> Operands.fail(2, "one of {object, set, array}", v);
    };
  }

  static Value remove(BuiltinContext c, Value a, Value b) {
    ObjectValue o = Operands.object(a, 1);
    Set<Value> names = named(b);
    return filter(o, k -> !names.contains(k));
  }

  static Value filter(BuiltinContext c, Value a, Value b) {
    ObjectValue o = Operands.object(a, 1);
    Set<Value> names = named(b);
    return filter(o, names::contains);
  }

  private static Value filter(ObjectValue o, java.util.function.Predicate<Value> keep) {
    ObjectValue.Builder builder = ObjectValue.builder(o.size());
    o.forEach((k, v) -> {
      if (keep.test(k)) {
        builder.put(k, v);
      }
    });
    return builder.build();
  }

  static Value union(BuiltinContext c, Value a, Value b) {
    return merge(Operands.object(a, 1), Operands.object(b, 2));
  }

  static Value unionN(BuiltinContext c, Value a) {
    ObjectValue result = ObjectValue.EMPTY;
    for (Value v : Operands.array(a, 1)) {
      if (!(v instanceof ObjectValue o)) {
        throw BuiltinFailure.operand(1, "array of objects", "array containing " + v.kind().word());
      }
      result = merge(result, o);
    }
    return result;
  }

  /** The second over the first, objects in both merged. */
  static ObjectValue merge(ObjectValue a, ObjectValue b) {
    ObjectValue.Builder builder = ObjectValue.builder(a.size() + b.size());
    a.forEach(builder::put);
    b.forEach((k, v) -> {
      Value before = a.get(k);
      builder.put(
          k, before instanceof ObjectValue x && v instanceof ObjectValue y ? merge(x, y) : v);
    });
    return builder.build();
  }

  static Value subset(BuiltinContext c, Value a, Value b) {
    boolean result =
        switch (a) {
          case ObjectValue x when b instanceof ObjectValue y -> contains(x, y);
          case SetValue x when b instanceof SetValue y ->
              y.members().stream().allMatch(x::contains);
          case ArrayValue x when b instanceof ArrayValue y -> contains(x, y);
          case ArrayValue x when b instanceof SetValue y ->
              y.members().stream().allMatch(m -> x.elements().contains(m));
          default ->
              throw BuiltinFailure.type(
                  "both arguments object.subset must be of the same type or array and set");
        };
    return BooleanValue.of(result);
  }

  private static boolean contains(ObjectValue a, ObjectValue b) {
    for (int i = 0; i < b.size(); i++) {
      Value x = a.get(b.key(i));
      if (x == null || !part(x, b.value(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean part(Value x, Value y) {
    return switch (y) {
      case ObjectValue b when x instanceof ObjectValue a -> contains(a, b);
      case SetValue b when x instanceof SetValue a -> b.members().stream().allMatch(a::contains);
      case ArrayValue b when x instanceof ArrayValue a -> contains(a, b);
      default -> x.equals(y);
    };
  }

  /** Whether the elements of the second stand in the first, next to each other, in that order. */
  private static boolean contains(ArrayValue a, ArrayValue b) {
    return java.util.Collections.indexOfSubList(a.elements(), b.elements()) >= 0;
  }

  // Paths of json.filter and json.remove.

  /** Keys as a tree: an empty map is the end of a path. */
  private static final class Paths {
    final Map<Value, Paths> next = new LinkedHashMap<>();
    boolean end;
  }

  private static Paths paths(Value v) {
    if (!(v instanceof ArrayValue) && !(v instanceof SetValue)) {
      throw BuiltinFailure.operand(2, "one of {set, array}", v.kind().word());
    }
    Paths root = new Paths();
    for (Value path : Operands.collection(v, 2)) {
      Paths here = root;
      for (Value key : keysOf(path)) {
        here = here.next.computeIfAbsent(key, k -> new Paths());
      }
      here.end = here != root; // An empty path names nothing.
    }
    return root;
  }

  private static List<Value> keysOf(Value path) {
    return switch (path) {
      case ArrayValue a -> a.elements();
      case StringValue s -> pointer(s.text());
      default ->
          throw BuiltinFailure.operand(
              2,
              "one of {set, array} containing string paths or array of path segments",
              path.kind().word());
    };
  }

  /** The keys of a JSON pointer; a leading slash may be missing. */
  static List<Value> pointer(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<Value> keys = new ArrayList<>();
    String rest = text;
    while (rest.startsWith("/")) {
      rest = rest.substring(1);
    }
    for (String key : rest.split("/", -1)) {
      keys.add(StringValue.of(key.replace("~1", "/").replace("~0", "~")));
    }
    return keys;
  }

  static Value jsonFilter(BuiltinContext c, Value a, Value b) {
    Value o = Operands.object(a, 1);
    Value kept = keep(o, paths(b));
    return kept == null ? ObjectValue.EMPTY : kept;
  }

  private static @Nullable Value keep(Value v, Paths paths) {
    if (paths.end || paths.next.isEmpty()) {
      return paths.end ? v : null;
    }
    return switch (v) {
      case ObjectValue o -> {
        ObjectValue.Builder builder = ObjectValue.builder();
        o.forEach((k, x) -> {
          Paths next = paths.next.get(k);
          Value kept = next == null ? null : keep(x, next);
          if (kept != null) {
            builder.put(k, kept);
          }
        });
        yield builder.build();
      }
      case ArrayValue array -> {
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          Paths next = at(paths, i);
          Value kept = next == null ? null : keep(array.get(i), next);
          if (kept != null) {
            all.add(kept);
          }
        }
        yield ArrayValue.of(all);
      }
      case SetValue set -> {
        List<Value> all = new ArrayList<>();
        for (Value x : set) {
          Paths next = paths.next.get(x);
          Value kept = next == null ? null : keep(x, next);
          if (kept != null) {
            all.add(kept);
          }
        }
        yield SetValue.of(all);
      }
      default -> v;
    };
  }

  /** What is said of a place in an array, which paths name by its digits, as a text. */
  private static @Nullable Paths at(Paths paths, int i) {
    return paths.next.get(StringValue.of(Integer.toString(i)));
  }

  static Value jsonRemove(BuiltinContext c, Value a, Value b) {
    return drop(Operands.object(a, 1), paths(b));
  }

  private static Value drop(Value v, Paths paths) {
    return switch (v) {
      case ObjectValue o -> {
        ObjectValue.Builder builder = ObjectValue.builder();
        o.forEach((k, x) -> {
          Paths next = paths.next.get(k);
          if (next == null) {
            builder.put(k, x);
          } else if (!next.end) {
            builder.put(k, drop(x, next));
          }
        });
        yield builder.build();
      }
      case ArrayValue array -> {
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          Paths next = at(paths, i);
          if (next == null) {
            all.add(array.get(i));
          } else if (!next.end) {
            all.add(drop(array.get(i), next));
          }
        }
        yield ArrayValue.of(all);
      }
      case SetValue set -> {
        List<Value> all = new ArrayList<>();
        for (Value x : set) {
          Paths next = paths.next.get(x);
          if (next == null) {
            all.add(x);
          } else if (!next.end) {
            all.add(drop(x, next));
          }
        }
        yield SetValue.of(all);
      }
      default -> v;
    };
  }
}
