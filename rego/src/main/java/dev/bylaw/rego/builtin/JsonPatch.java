package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code json.patch}: RFC 6902, on sets too. What does not apply is an error, and so is a test that
 * does not hold.
 */
@SuppressWarnings("RefactorSwitch") // The cases are statements with more than one way out.
final class JsonPatch {
  private JsonPatch() {}

  static Value patch(BuiltinContext c, Value a, Value b) {
    Value result = a;
    for (Value v : Operands.array(b, 2)) {
      result = apply(result, operation(v));
    }
    return result;
  }

  private record Operation(String op, List<Value> path, List<Value> from, Value value) {}

  private static Operation operation(Value v) {
    if (!(v instanceof ObjectValue o)) {
      throw BuiltinFailure.error(
          "must be an array of JSON-Patch objects, but at least one element is not an object");
    }
    Value path = required(o, "path");
    if (!(required(o, "op") instanceof StringValue named)) {
      throw BuiltinFailure.error(
          "attribute 'op' must be a string but found: " + required(o, "op").kind().word());
    }
    String op = named.text();
    List<Value> keys = keys(path);
    return switch (op) {
      case "add", "replace", "test" -> new Operation(op, keys, List.of(), required(o, "value"));
      case "move", "copy" -> new Operation(op, keys, keys(required(o, "from")), NullValue.NULL);
      case "remove" -> new Operation(op, keys, List.of(), NullValue.NULL);
      default -> throw BuiltinFailure.error("unrecognized op: '" + op + "'");
    };
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

  private static Value apply(Value v, Operation o) {
    return switch (o.op) {
      case "add" -> add(v, o.path, 0, o.value);
      case "remove" -> remove(v, o.path, 0);
      case "replace" -> {
        find(v, o.path);
        yield o.path.isEmpty() ? o.value : add(remove(v, o.path, 0), o.path, 0, o.value);
      }
      case "move" -> {
        Value moved = find(v, o.from);
        yield add(remove(v, o.from, 0), o.path, 0, moved);
      }
      case "copy" -> add(v, o.path, 0, find(v, o.from));
      default -> {
        Value found = find(v, o.path);
        if (!found.equals(o.value)) {
          throw BuiltinFailure.error(
              "value from EditTree != patch value.\n\nExpected: "
                  + TermText.of(o.value)
                  + "\n\nFound: "
                  + TermText.of(found));
        }
        yield v;
      }
    };
  }

  private static Value find(Value v, List<Value> path) {
    Value here = v;
    for (Value key : path) {
      here = step(here, key);
    }
    return here;
  }

  private static Value step(Value here, Value key) {
    if (here instanceof ArrayValue a) {
      return a.get(index(a, key, a.size() - 1));
    }
    if (!(here instanceof ObjectValue) && !(here instanceof SetValue)) {
      throw scalar(here, key);
    }
    Value next = Objects.step(here, key);
    if (next == null) {
      throw missing(here, key);
    }
    return next;
  }

  private static BuiltinFailure missing(Value here, Value key) {
    // OPA quotes the keys of objects alone.
    String name =
        here instanceof SetValue && key instanceof StringValue s ? s.text() : TermText.of(key);
    return BuiltinFailure.error(
        "path " + name + " does not exist in " + here.kind().word() + " term " + TermText.of(here));
  }

  private static BuiltinFailure scalar(Value here, Value key) {
    String kind = here.kind().word();
    String type = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
    return BuiltinFailure.error(
        "expected composite type for path "
            + TermText.of(key)
            + ", found value: "
            + TermText.of(here)
            + " (type: ast."
            + type
            + ")");
  }

  /** A place in an array, as number or digits. */
  private static int index(ArrayValue a, Value key, int most) {
    int i;
    if (key instanceof NumberValue n && n.isLong()) {
      i = Math.clamp(n.longValue(), -1, Integer.MAX_VALUE);
    } else if (key instanceof StringValue s && s.text().matches("0|[1-9][0-9]{0,8}")) {
      i = Integer.parseInt(s.text());
    } else {
      throw missing(a, key);
    }
    if (i < 0 || i > most) {
      throw missing(a, key);
    }
    return i;
  }

  private static Value add(Value v, List<Value> path, int at, Value added) {
    if (at == path.size()) {
      return added;
    }
    Value key = path.get(at);
    boolean last = at == path.size() - 1;
    switch (v) {
      case ObjectValue o -> {
        Value before = o.get(key);
        if (before == null && !last) {
          throw missing(o, key);
        }
        Value changed = last || before == null ? added : add(before, path, at + 1, added);
        ObjectValue.Builder builder = ObjectValue.builder(o.size() + 1);
        o.forEach(builder::put);
        return builder.put(key, changed).build();
      }
      case ArrayValue a -> {
        List<Value> all = new ArrayList<>(a.elements());
        if (last) {
          boolean end = key instanceof StringValue s && s.text().equals("-");
          all.add(end ? all.size() : index(a, key, all.size()), added);
        } else {
          int i = index(a, key, all.size() - 1);
          all.set(i, add(all.get(i), path, at + 1, added));
        }
        return ArrayValue.of(all);
      }
      case SetValue s -> {
        List<Value> all = new ArrayList<>(s.members());
        if (last) {
          if (!key.equals(added)) {
            throw missing(s, key);
          }
          all.add(added);
        } else {
          if (!all.remove(key)) {
            throw missing(s, key);
          }
          all.add(add(key, path, at + 1, added));
        }
        return SetValue.of(all);
      }
      default -> throw scalar(v, key);
    }
  }

  private static Value remove(Value v, List<Value> path, int at) {
    if (path.isEmpty()) {
      throw BuiltinFailure.error("cannot remove the whole document");
    }
    Value key = path.get(at);
    boolean last = at == path.size() - 1;
    switch (v) {
      case ObjectValue o -> {
        Value before = o.get(key);
        if (before == null) {
          throw missing(o, key);
        }
        ObjectValue.Builder builder = ObjectValue.builder(o.size());
        o.forEach((k, x) -> {
          if (!k.equals(key)) {
            builder.put(k, x);
          } else if (!last) {
            builder.put(k, remove(x, path, at + 1));
          }
        });
        return builder.build();
      }
      case ArrayValue a -> {
        List<Value> all = new ArrayList<>(a.elements());
        int i = index(a, key, all.size() - 1);
        if (last) {
          all.remove(i);
        } else {
          all.set(i, remove(all.get(i), path, at + 1));
        }
        return ArrayValue.of(all);
      }
      case SetValue s -> {
        List<Value> all = new ArrayList<>(s.members());
        if (!all.remove(key)) {
          throw missing(s, key);
        }
        if (!last) {
          all.add(remove(key, path, at + 1));
        }
        return SetValue.of(all);
      }
      default -> throw scalar(v, key);
    }
  }
}
