package dev.bylaw.rego.builtin;

import dev.bylaw.rego.go.GoText;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.function.UnaryOperator;

/** Values as Rego writes them: {@code {"a", "b"}} is a set, {@code set()} the empty one. */
public final class TermText {
  private final StringBuilder out = new StringBuilder();
  private final UnaryOperator<String> quoting;

  private TermText(UnaryOperator<String> quoting) {
    this.quoting = quoting;
  }

  /** The value as OPA's messages and texts have it. */
  public static String of(Value value) {
    return text(value, GoText::quote);
  }

  /** The value as a term that is read again. */
  public static String source(Value value) {
    return text(value, s -> Json.write(StringValue.of(s)));
  }

  private static String text(Value value, UnaryOperator<String> quoting) {
    var text = new TermText(quoting);
    text.write(value);
    return text.out.toString();
  }

  private void write(Value value) {
    switch (value) {
      case NullValue _, BooleanValue _, NumberValue _ -> out.append(value);
      case StringValue s -> out.append(quoting.apply(s.text()));
      case ArrayValue a -> {
        out.append('[');
        for (int i = 0; i < a.size(); i++) {
          separator(i);
          write(a.get(i));
        }
        out.append(']');
      }
      case ObjectValue o -> {
        out.append('{');
        for (int i = 0; i < o.size(); i++) {
          separator(i);
          write(o.sortedKey(i));
          out.append(": ");
          write(o.sortedValue(i));
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
          separator(i);
          write(s.sorted(i));
        }
        out.append('}');
      }
    }
  }

  private void separator(int i) {
    if (i > 0) {
      out.append(", ");
    }
  }
}
