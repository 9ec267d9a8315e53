package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;

/** Values as Rego writes them: {@code {"a", "b"}} is a set, {@code set()} the empty one. */
public final class TermText {
  private TermText() {}

  /** The value as a Rego term. */
  public static String of(Value value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case NullValue _, BooleanValue _, NumberValue _ -> out.append(value);
      case StringValue s -> out.append(Json.write(s));
      case ArrayValue a -> {
        out.append('[');
        for (int i = 0; i < a.size(); i++) {
          separator(i, out);
          write(a.get(i), out);
        }
        out.append(']');
      }
      case ObjectValue o -> {
        out.append('{');
        for (int i = 0; i < o.size(); i++) {
          separator(i, out);
          write(o.sortedKey(i), out);
          out.append(": ");
          write(o.sortedValue(i), out);
        }
        out.append('}');
      }
      case SetValue s -> {
        if (s.size() == 0) {
          out.append("set()");
          return;
        }
        out.append('{');
        for (int i = 0; i < s.size(); i++) {
          separator(i, out);
          write(s.sorted(i), out);
        }
        out.append('}');
      }
    }
  }

  private static void separator(int i, StringBuilder out) {
    if (i > 0) {
      out.append(", ");
    }
  }
}
