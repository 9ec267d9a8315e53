package dev.bylaw.rego.template;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as Go has them. A value is a {@code Value} of JSON, a {@code Long} or {@code Double} of
 * the template's own, or null where there is none.
 */
final class Values {
  /** From this exponent on a double is written with one. */
  private static final int LARGE_EXPONENT = 6;

  private static final int SMALL_EXPONENT = -4;

  private Values() {}

  static String type(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case Long _ -> "int";
      case Double _ -> "float64";
      case BooleanValue _ -> "bool";
      case StringValue _ -> "string";
      case NumberValue _ -> "json.Number";
      case ArrayValue _ -> "[]interface {}";
      case ObjectValue _ -> "map[string]interface {}";
      default -> "<nil>";
    };
  }

  /** Whether it is neither false nor empty. A number of JSON is a text, and never empty. */
  static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Long n -> n != 0;
      case Double d -> d != 0;
      case BooleanValue b -> b == BooleanValue.TRUE;
      case StringValue s -> !s.text().isEmpty();
      case NumberValue _ -> true;
      case ArrayValue a -> a.size() > 0;
      case ObjectValue o -> o.size() > 0;
      default -> false;
    };
  }

  /** A value as {@code %v} writes it. */
  static String print(@Nullable Object value) {
    var out = new StringBuilder();
    print(value, out);
    return out.toString();
  }

  private static void print(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("<nil>");
      case NullValue _ -> out.append("<nil>");
      case StringValue s -> out.append(s.text());
      case Double d -> out.append(decimal(d));
      case ArrayValue a -> {
        out.append('[');
        for (int i = 0; i < a.size(); i++) {
          if (i > 0) {
            out.append(' ');
          }
          print(a.get(i), out);
        }
        out.append(']');
      }
      case ObjectValue o -> {
        out.append("map[");
        for (int i = 0; i < o.size(); i++) {
          if (i > 0) {
            out.append(' ');
          }
          print(o.sortedKey(i), out);
          out.append(':');
          print(o.sortedValue(i), out);
        }
        out.append(']');
      }
      default -> out.append(value);
    }
  }

  private static String decimal(double number) {
    BigDecimal exact = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String sign = number < 0 ? "-" : "";
    int exponent = exact.precision() - exact.scale() - 1;
    if (exact.signum() == 0 || exponent >= SMALL_EXPONENT && exponent < LARGE_EXPONENT) {
      return sign + exact.toPlainString();
    }
    String digits = exact.unscaledValue().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return sign
        + digits.charAt(0)
        + fraction
        + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /**
   * What can be given to a template: JSON, in which a set has no place.
   *
   * @throws TemplateException if there is a set, or an object's key that is no text
   */
  static void require(Value value) {
    List<Value> open = new ArrayList<>(List.of(value));
    while (!open.isEmpty()) {
      switch (open.removeLast()) {
        case SetValue _ -> throw new TemplateException("a set cannot be given to a template");
        case ArrayValue a -> open.addAll(a.elements());
        case ObjectValue o -> {
          for (int i = 0; i < o.size(); i++) {
            if (!(o.key(i) instanceof StringValue)) {
              throw new TemplateException("keys of what is given to a template must be texts");
            }
            open.add(o.value(i));
          }
        }
        default -> {}
      }
    }
  }
}
