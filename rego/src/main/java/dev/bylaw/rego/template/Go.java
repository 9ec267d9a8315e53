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
 * Texts and values as Go has them. A value is a {@code Value} of JSON, a {@code Long} or {@code
 * Double} of the template's own, or null where there is none.
 */
final class Go {
  /** From this exponent on a double is written with one. */
  private static final int LARGE_EXPONENT = 6;

  private static final int SMALL_EXPONENT = -4;

  private Go() {}

  static long line(String text, int place) {
    return 1
        + text.substring(0, Math.min(place, text.length())).chars().filter(c -> c == '\n').count();
  }

  /** A text in quotes, as {@code %q} writes it. */
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
              if (c < ' ') {
                out.append("\\x%02x".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.append('"').toString();
  }

  /** What a text between quotation marks, apostrophes or backquotes says. */
  static String unquoted(String written) {
    String inner = written.substring(1, written.length() - 1);
    if (written.charAt(0) == '`' || inner.indexOf('\\') < 0) {
      return inner;
    }
    var out = new StringBuilder();
    int i = 0;
    while (i < inner.length()) {
      char c = inner.charAt(i++);
      if (c != '\\' || i == inner.length()) {
        out.append(c);
        continue;
      }
      char kind = inner.charAt(i++);
      int digits =
          switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> -3;
            default -> 0;
          };
      if (digits == 0) {
        int place = "abfnrtv\\'\"".indexOf(kind);
        if (place < 0) {
          throw new TemplateException("1: invalid syntax");
        }
        out.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(place));
        continue;
      }
      int from = digits < 0 ? i - 1 : i;
      int to = from + Math.abs(digits);
      try {
        out.appendCodePoint(Integer.parseInt(inner.substring(from, to), digits < 0 ? 8 : 16));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new TemplateException("1: invalid syntax");
      }
      i = to;
    }
    return out.toString();
  }

  /** A whole number as {@code Long}, another as {@code Double}; null if the text is none. */
  static @Nullable Object number(String written) {
    String text = written.startsWith("+") ? written.substring(1) : written;
    boolean negative = text.startsWith("-");
    String digits = (negative ? text.substring(1) : text).replace("_", "");
    String low = digits.toLowerCase(java.util.Locale.ROOT);
    try {
      if (low.startsWith("0x") || low.startsWith("0o") || low.startsWith("0b")) {
        int base = low.charAt(1) == 'x' ? 16 : low.charAt(1) == 'o' ? 8 : 2;
        long number = Long.parseLong(low.substring(2), base);
        return negative ? -number : number;
      }
      if (low.length() > 1 && low.matches("0[0-7]+")) {
        long number = Long.parseLong(low, 8);
        return negative ? -number : number;
      }
      if (low.matches("[0-9]+")) {
        return Long.parseLong((negative ? "-" : "") + low);
      }
      if (!low.matches("[0-9]*\\.?[0-9]*(e[+-]?[0-9]+)?") || low.startsWith("e")) {
        return null;
      }
      double number = Double.parseDouble(low);
      double signed = negative ? -number : number;
      // As a constant without a type it is whole, if it is.
      return low.indexOf('.') < 0 && signed == Math.rint(signed) && Math.abs(signed) < 1L << 62
          ? (Object) (long) signed
          : (Object) signed;
    } catch (NumberFormatException e) {
      return null;
    }
  }

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
