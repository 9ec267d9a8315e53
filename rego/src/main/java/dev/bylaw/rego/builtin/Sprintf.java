package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** {@code sprintf}, with the verbs and flags of Go's formats. */
final class Sprintf {
  private static final int MOST_WIDE = 1 << 16;

  private final String format;
  private final ArrayValue values;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;
  private boolean reordered;

  private Sprintf(String format, ArrayValue values) {
    this.format = format;
    this.values = values;
  }

  static Value format(BuiltinContext c, Value a, Value b) {
    return StringValue.of(new Sprintf(Operands.string(a, 1), Operands.array(b, 2)).run());
  }

  /** One verb's flags. */
  private static final class Flags {
    boolean minus;
    boolean plus;
    boolean sharp;
    boolean space;
    boolean zero;
    int width = -1;
    int precision = -1;
  }

  private String run() {
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else {
        verb();
        Operands.room(out.length());
      }
    }
    if (!reordered && next < values.size()) {
      extra();
    }
    return out.toString();
  }

  private void extra() {
    out.append("%!(EXTRA ");
    for (int i = next; i < values.size(); i++) {
      if (i > next) {
        out.append(", ");
      }
      out.append(typed(values.get(i)));
    }
    out.append(')');
  }

  private void verb() {
    Flags flags = new Flags();
    flags(flags);
    index();
    flags.width = number(flags, true);
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      index();
      flags.precision = Math.max(0, number(flags, false));
    }
    index();
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (next >= values.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      value(values.get(next++), verb, flags);
    }
  }

  private void flags(Flags flags) {
    for (; at < format.length(); at++) {
      switch (format.charAt(at)) {
        case '-' -> {
          flags.minus = true;
          flags.zero = false;
        }
        case '+' -> flags.plus = true;
        case '#' -> flags.sharp = true;
        case ' ' -> flags.space = true;
        case '0' -> flags.zero = !flags.minus;
        default -> {
          return;
        }
      }
    }
  }

  /** {@code [n]}: the argument to go on with. */
  private void index() {
    if (at < format.length() && format.charAt(at) == '[') {
      int close = format.indexOf(']', at);
      if (close > 0 && format.substring(at + 1, close).matches("[0-9]{1,6}")) {
        next = Integer.parseInt(format.substring(at + 1, close)) - 1;
        reordered = true;
        at = close + 1;
      }
    }
  }

  private int number(Flags flags, boolean width) {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      if (next < values.size() && values.get(next) instanceof NumberValue n && n.isLong()) {
        next++;
        long given = Math.clamp(n.longValue(), -MOST_WIDE, MOST_WIDE);
        if (given < 0 && width) {
          flags.minus = true;
        }
        return (int) Math.abs(given);
      }
      out.append(width ? "%!(BADWIDTH)" : "%!(BADPREC)");
      return -1;
    }
    int start = at;
    while (at < format.length() && Character.isDigit(format.charAt(at)) && at - start < 6) {
      at++;
    }
    return start == at ? -1 : Math.min(Integer.parseInt(format.substring(start, at)), MOST_WIDE);
  }

  private void value(Value v, int verb, Flags flags) {
    if (verb == 'T') {
      pad(type(v), flags);
    } else if (v instanceof NumberValue n) {
      if (n.isInteger()) {
        integer(n.decimal().toBigIntegerExact(), v, verb, flags);
      } else {
        fraction(n, v, verb, flags);
      }
    } else {
      text(v, Strings.text(v), verb, flags);
    }
  }

  private static String type(Value v) {
    if (!(v instanceof NumberValue n) || (n.isInteger() && !n.isLong())) {
      return "string";
    }
    return n.isLong() ? "int64" : "float64";
  }

  private static String typed(Value v) {
    return type(v) + "=" + Strings.text(v);
  }

  private void bad(Value v, int verb) {
    out.append("%!").appendCodePoint(verb).append('(').append(typed(v)).append(')');
  }

  private void integer(BigInteger n, Value v, int verb, Flags flags) {
    String digits =
        switch (verb) {
          case 'd', 'v' -> n.abs().toString();
          case 'b' -> (flags.sharp ? "0b" : "") + n.abs().toString(2);
          case 'o' -> (flags.sharp ? "0" : "") + n.abs().toString(8);
          case 'O' -> "0o" + n.abs().toString(8);
          case 'x' -> (flags.sharp ? "0x" : "") + n.abs().toString(16);
          case 'X' -> (flags.sharp ? "0X" : "") + n.abs().toString(16).toUpperCase(Locale.ROOT);
          case 's' -> n.bitLength() > 63 ? n.abs().toString() : null;
          default -> null;
        };
    boolean real = "fFeEgG".indexOf(verb) >= 0;
    if (real) {
      fraction((NumberValue) v, v, verb, flags);
    } else if (digits != null) {
      if (flags.precision >= 0) {
        digits = "0".repeat(Math.max(0, flags.precision - digits.length())) + digits;
        flags.zero = false;
      }
      signed(digits, n.signum() < 0, flags);
    } else if (verb == 'c' || verb == 'q' || verb == 'U') {
      character(n, verb, flags);
    } else {
      bad(v, verb);
    }
  }

  private void character(BigInteger n, int verb, Flags flags) {
    boolean valid = n.bitLength() < 22 && Character.isValidCodePoint(n.intValue());
    String text = Character.toString(valid ? n.intValue() : 0xFFFD);
    if (verb == 'U') {
      pad(String.format(Locale.ROOT, "U+%04X", n), flags);
    } else {
      pad(verb == 'c' ? text : "'" + text + "'", flags);
    }
  }

  private void fraction(NumberValue n, Value v, int verb, Flags flags) {
    double d = n.doubleValue();
    BigDecimal exact = new BigDecimal(Math.abs(d));
    String digits =
        switch (verb) {
          case 'f', 'F' ->
              exact
                  .setScale(flags.precision < 0 ? 6 : flags.precision, RoundingMode.HALF_EVEN)
                  .toPlainString();
          case 'e', 'E' -> exponent(exact, flags.precision < 0 ? 6 : flags.precision, (char) verb);
          case 'g', 'G', 'v' ->
              general(Math.abs(d), flags.precision, verb == 'G' ? 'E' : 'e', verb);
          default -> null;
        };
    if (digits == null) {
      bad(v, verb);
    } else {
      signed(digits, d < 0, flags);
    }
  }

  private static String exponent(BigDecimal exact, int precision, char e) {
    BigDecimal rounded =
        exact.round(new java.math.MathContext(precision + 1, RoundingMode.HALF_EVEN));
    int power = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String digits = rounded.unscaledValue().toString();
    digits += "0".repeat(Math.max(0, precision + 1 - digits.length()));
    String fraction = digits.substring(1, precision + 1);
    return digits.charAt(0)
        + (fraction.isEmpty() ? "" : "." + fraction)
        + e
        + (power < 0 ? "-" : "+")
        + (Math.abs(power) < 10 ? "0" : "")
        + Math.abs(power);
  }

  private static String general(double d, int precision, char e, int verb) {
    BigDecimal shortest =
        precision < 0
            ? new BigDecimal(Double.toString(d)).stripTrailingZeros()
            : new BigDecimal(d)
                .round(new java.math.MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    int power = shortest.precision() - shortest.scale() - 1;
    int limit = precision < 0 ? 21 : Math.max(1, precision);
    if (verb != 'v' && precision < 0) {
      limit = 21;
    }
    if (power < -4 || power >= limit) {
      return exponent(shortest, Math.max(0, shortest.precision() - 1), e);
    }
    return shortest.toPlainString();
  }

  private void signed(String digits, boolean negative, Flags flags) {
    String sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
    if (flags.zero && flags.width > sign.length() + digits.length()) {
      digits = "0".repeat(flags.width - sign.length() - digits.length()) + digits;
    }
    pad(sign + digits, flags);
  }

  private void text(Value v, String text, int verb, Flags flags) {
    String cut =
        flags.precision >= 0 && flags.precision < text.codePointCount(0, text.length())
            ? text.substring(0, text.offsetByCodePoints(0, flags.precision))
            : text;
    switch (verb) {
      case 'v', 's' -> pad(flags.sharp && verb == 'v' ? quoted(cut) : cut, flags);
      case 'q' -> pad(flags.sharp && !cut.contains("`") ? "`" + cut + "`" : quoted(cut), flags);
      case 'x' -> pad(hex(cut), flags);
      case 'X' -> pad(hex(cut).toUpperCase(Locale.ROOT), flags);
      default -> bad(v, verb);
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return Json.write(StringValue.of(text));
  }

  private void pad(String text, Flags flags) {
    int missing = flags.width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      out.append(text);
    } else if (flags.minus) {
      out.append(text).repeat(" ", missing);
    } else {
      out.repeat(flags.zero ? "0" : " ", missing).append(text);
    }
  }
}
