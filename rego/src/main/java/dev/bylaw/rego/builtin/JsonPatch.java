package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code json.patch}: RFC 6902, on sets too. What does not apply is an error, and so is a test that
 * does not hold.
 */
final class JsonPatch {
  /** What is patched; null once the whole document is removed. */
  private @Nullable Value document;

  /** Where a member of an object was removed, and whether it had parts of its own. */
  private final Map<List<Value>, Boolean> removed = new HashMap<>();

  private JsonPatch(Value document) {
    this.document = document;
  }

  static Value patch(BuiltinContext c, Value a, Value b) {
    var patch = new JsonPatch(a);
    for (Value v : Operands.array(b, 2)) {
      patch.apply(v);
    }
    if (patch.document == null) {
      throw BuiltinFailure.error("cannot remove the whole document");
    }
    return patch.document;
  }

  private void apply(Value v) {
    if (!(v instanceof ObjectValue o)) {
      throw BuiltinFailure.error(
          "must be an array of JSON-Patch objects, but at least one element is not an object");
    }
    Value written = required(o, "path");
    if (!(required(o, "op") instanceof StringValue op)) {
      throw BuiltinFailure.error(
          "attribute 'op' must be a string but found: " + required(o, "op").kind().word());
    }
    List<Value> path = keys(written);
    switch (op.text()) {
      case "add" -> insert(path, required(o, "value"));
      case "remove" -> delete(path);
      case "replace" -> {
        delete(path);
        insert(path, required(o, "value"));
      }
      case "move" -> {
        List<Value> from = keys(required(o, "from"));
        Value moved = find(from);
        delete(from);
        insert(path, moved);
      }
      case "copy" -> insert(path, find(keys(required(o, "from"))));
      case "test" -> {
        Value found = find(path);
        Value wanted = required(o, "value");
        if (!found.equals(wanted)) {
          throw BuiltinFailure.error(
              "value from EditTree != patch value.\n\nExpected: "
                  + TermText.of(wanted)
                  + "\n\nFound: "
                  + TermText.of(found));
        }
      }
      default -> throw BuiltinFailure.error("unrecognized op: '" + op.text() + "'");
    }
  }

  private static Value required(ObjectValue operation, String attribute) {
    Value v = operation.get(attribute);
    if (v == null) {
      throw BuiltinFailure.error("missing required attribute '" + attribute + "'");
    }
    return v;
  }

  private static List<Value> keys(Value path) {
    return switch (path) {
      case ArrayValue a -> a.elements();
      case StringValue s -> Objects.pointer(s.text());
      default ->
          throw BuiltinFailure.operand(
              2,
              "one of {set, array} containing string paths or array of path segments",
              path.kind().word());
    };
  }

  private Value find(List<Value> path) {
    Value here = document;
    if (here == null) {
      throw BuiltinFailure.error("nil value encountered where composite value was expected");
    }
    for (int at = 0; at < path.size(); at++) {
      here = step(here, path, at);
    }
    return here;
  }

  private void insert(List<Value> path, Value added) {
    removed.keySet().removeIf(p -> begins(p, path));
    if (document == null && !path.isEmpty()) {
      throw BuiltinFailure.error(
          path.size() == 1
              ? "deleted node encountered during insert operation"
              : "nil value encountered where composite value was expected");
    }
    document = document == null ? added : insert(document, path, 0, added);
  }

  private static boolean begins(List<Value> path, List<Value> start) {
    return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
  }

  private void delete(List<Value> path) {
    if (document == null) {
      throw BuiltinFailure.error(
          path.size() < 2
              ? "deleted node encountered during delete operation"
              : "nil value encountered where composite value was expected");
    }
    document = path.isEmpty() ? null : delete(document, path, 0);
  }

  /** What stands one step further down. */
  private Value step(Value here, List<Value> path, int at) {
    Value key = path.get(at);
    return switch (here) {
      case ObjectValue o -> {
        Value next = o.get(key);
        if (next == null) {
          throw absent("unfold", path, at, missing(here, TermText.of(key)));
        }
        yield next;
      }
      case SetValue s -> {
        if (!s.contains(key)) {
          throw missing(here, key instanceof StringValue t ? t.text() : TermText.of(key));
        }
        yield key;
      }
      case ArrayValue a -> a.get(existing(a, key));
      default -> throw scalar(here, " for path " + TermText.of(key));
    };
  }

  private static int existing(ArrayValue a, Value key) {
    int i = index(a.size(), key);
    if (i < 0 || i >= a.size()) {
      throw missing(a, Integer.toString(i));
    }
    return i;
  }

  private static BuiltinFailure missing(Value here, String name) {
    return BuiltinFailure.error(
        "path " + name + " does not exist in " + here.kind().word() + " term " + TermText.of(here));
  }

  /** A member that was removed before is not just absent. */
  private BuiltinFailure absent(String deed, List<Value> path, int at, BuiltinFailure plain) {
    Boolean hadParts = removed.get(path.subList(0, at + 1));
    return hadParts == null
        ? plain
        : BuiltinFailure.error(
            "cannot "
                + deed
                + " the already deleted "
                + (hadParts ? "composite" : "scalar")
                + " node for key "
                + TermText.of(path.get(at)));
  }

  private static BuiltinFailure scalar(Value here, String where) {
    String kind = here.kind().word();
    String type = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
    return BuiltinFailure.error(
        "expected composite type"
            + where
            + ", found value: "
            + TermText.of(here)
            + " (type: ast."
            + type
            + ")");
  }

  /** A place in an array, as number or digits; {@code -} is its end. */
  private static int index(int size, Value key) {
    return switch (key) {
      case NumberValue n when n.isWrittenAsLong() ->
          Math.clamp(n.longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
      case NumberValue n -> throw BuiltinFailure.error("invalid number type for indexing");
      case StringValue s -> {
        String digits = s.text();
        if (digits.equals("-")) {
          yield size;
        }
        if (!digits.matches("[+-]?[0-9]{1,18}")) {
          throw BuiltinFailure.error("invalid string for indexing");
        }
        if (!digits.equals("0") && digits.startsWith("0")) {
          throw BuiltinFailure.error("leading zeros are not allowed in JSON paths");
        }
        yield Math.clamp(Long.parseLong(digits), Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      default -> throw BuiltinFailure.error("invalid type for indexing");
    };
  }

  private Value insert(Value v, List<Value> path, int at, Value added) {
    if (at == path.size()) {
      return added;
    }
    Value key = path.get(at);
    boolean last = at == path.size() - 1;
    Value changed = last ? added : insert(step(v, path, at), path, at + 1, added);
    return switch (v) {
      case ObjectValue o -> {
        ObjectValue.Builder builder = ObjectValue.builder(o.size() + 1);
        o.forEach(builder::put);
        yield builder.put(key, changed).build();
      }
      case ArrayValue a -> {
        List<Value> all = new ArrayList<>(a.elements());
        int i = index(a.size(), key);
        if (!last) {
          all.set(i, changed);
        } else if (i < 0 || i > a.size()) {
          throw BuiltinFailure.error("index for array insertion out of bounds");
        } else {
          all.add(i, added);
        }
        yield ArrayValue.of(all);
      }
      case SetValue s -> {
        List<Value> all = new ArrayList<>(s.members());
        if (!last) {
          all.remove(key);
        } else if (!key.equals(added)) {
          throw BuiltinFailure.error(
              "set key "
                  + TermText.of(key)
                  + " does not equal value to be inserted "
                  + TermText.of(added));
        }
        all.add(changed);
        yield SetValue.of(all);
      }
      default -> throw scalar(v, "");
    };
  }

  private Value delete(Value v, List<Value> path, int at) {
    Value key = path.get(at);
    boolean last = at == path.size() - 1;
    Value changed = last ? null : delete(step(v, path, at), path, at + 1);
    return switch (v) {
      case ObjectValue o -> {
        Value before = o.get(key);
        if (before == null) {
          throw absent("delete", path, at, notThere(key));
        }
        if (last) {
          removed.put(List.copyOf(path), isComposite(before));
        }
        ObjectValue.Builder builder = ObjectValue.builder(o.size());
        o.forEach((k, x) -> {
          if (!k.equals(key)) {
            builder.put(k, x);
          } else if (changed != null) {
            builder.put(k, changed);
          }
        });
        yield builder.build();
      }
      case ArrayValue a -> {
        List<Value> all = new ArrayList<>(a.elements());
        int i = index(a.size(), key);
        if (changed != null) {
          all.set(i, changed);
        } else if (i < 0 || i >= a.size()) {
          throw BuiltinFailure.error("index for array delete out of bounds");
        } else {
          all.remove(i);
        }
        yield ArrayValue.of(all);
      }
      case SetValue s -> {
        List<Value> all = new ArrayList<>(s.members());
        if (!all.remove(key)) {
          throw notThere(key);
        }
        if (changed != null) {
          all.add(changed);
        }
        yield SetValue.of(all);
      }
      default -> throw scalar(v, "");
    };
  }

  private static BuiltinFailure notThere(Value key) {
    return BuiltinFailure.error(
        "cannot delete child key " + TermText.of(key) + " that does not exist");
  }

  private static boolean isComposite(Value v) {
    return v instanceof ObjectValue || v instanceof ArrayValue || v instanceof SetValue;
  }
}
