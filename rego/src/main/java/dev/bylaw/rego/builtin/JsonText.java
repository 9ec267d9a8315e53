package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * JSON as OPA writes it: keys sorted, sets as sorted arrays, {@code <}, {@code >}, {@code &}
 * escaped.
 */
public final class JsonText {
  private JsonText() {}

  /** Without white space. */
  public static String compact(Value value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /** One entry a line, indented by two. */
  public static String pretty(Value value) {
    return indented(value, "", "  ");
  }

  /** As {@link #pretty}, with keys in the order that they were given in. */
  public static String report(Value value) {
    var out = new StringBuilder();
    write(value, out, "\n", "  ", false);
    return out.toString();
  }

  /** The value with its objects' keys given in the order that they are written in. */
  public static Value sorted(Value value) {
    return switch (value) {
      case ObjectValue o -> {
        ObjectValue.Builder all = ObjectValue.builder(o.size());
        for (int i : order(o)) {
          all.put(o.sortedKey(i), sorted(o.sortedValue(i)));
        }
        yield all.build();
      }
      case ArrayValue a -> ArrayValue.of(a.elements().stream().map(JsonText::sorted).toList());
      case SetValue s -> ArrayValue.of(s.members().stream().map(JsonText::sorted).toList());
      default -> value;
    };
  }

  static String indented(Value value, String prefix, String indent) {
    var out = new StringBuilder(prefix);
    write(value, out, "\n" + prefix, indent, true);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case ObjectValue o -> {
        out.append('{');
        int[] order = order(o);
        for (int i = 0; i < order.length; i++) {
          if (i > 0) {
            out.append(',');
          }
          out.append(string(key(o.sortedKey(order[i])))).append(':');
          write(o.sortedValue(order[i]), out);
        }
        out.append('}');
      }
      case ArrayValue a -> elements(a.elements(), out);
      case SetValue s -> elements(s.members(), out);
      default -> out.append(scalar(value));
    }
  }

  private static void elements(List<Value> all, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < all.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(all.get(i), out);
    }
    out.append(']');
  }

  private static void write(
      Value value, StringBuilder out, String line, String indent, boolean sorted) {
    List<Value> keys = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    boolean object = value instanceof ObjectValue;
    switch (value) {
      case ObjectValue o when sorted -> {
        for (int i : order(o)) {
          keys.add(o.sortedKey(i));
          values.add(o.sortedValue(i));
        }
      }
      case ObjectValue o ->
          o.forEach((key, inner) -> {
            keys.add(key);
            values.add(inner);
          });
      case ArrayValue a -> values.addAll(a.elements());
      case SetValue s -> values.addAll(s.members());
      default -> {
        out.append(scalar(value));
        return;
      }
    }
    out.append(object ? '{' : '[');
    for (int i = 0; i < values.size(); i++) {
      out.append(i > 0 ? "," : "").append(line).append(indent);
      if (object) {
        out.append(string(key(keys.get(i)))).append(": ");
      }
      write(values.get(i), out, line + indent, indent, sorted);
    }
    if (!values.isEmpty()) {
      out.append(line);
    }
    out.append(object ? '}' : ']');
  }

  /** The places of the entries, in order of the texts of their keys; of equal texts, the last. */
  static int[] order(ObjectValue o) {
    int[] places = new int[o.size()];
    boolean texts = true;
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
      texts &= o.sortedKey(i) instanceof StringValue;
    }
    if (texts) {
      return places;
    }
    TreeMap<StringValue, Integer> byText = new TreeMap<>();
    for (int place : places) {
      byText.put(StringValue.of(key(o.sortedKey(place))), place);
    }
    return byText.values().stream().mapToInt(Integer::intValue).toArray();
  }

  static String key(Value key) {
    return key instanceof StringValue s ? s.text() : compact(key);
  }

  private static String scalar(Value value) {
    return value instanceof StringValue s ? string(s.text()) : value.toString();
  }

  private static String string(String text) {
    return Json.write(StringValue.of(text))
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
