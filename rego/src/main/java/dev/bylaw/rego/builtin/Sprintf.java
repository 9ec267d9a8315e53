package dev.bylaw.rego.builtin;

import dev.bylaw.rego.go.GoText;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** {@code sprintf}, with the verbs and flags of Go's formats. */
final class Sprintf {
  private static final int MOST_WIDE = 1_000_000;

  /** From this power of ten on, doubles have an exponent where no precision is given. */
  private static final int MOST_PLAIN = 6;

  private final String format;
  private final ArrayValue values;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;
  private boolean reordered;
  private boolean known;

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
    boolean verbose;
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
    known = true;
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
    } else if (!known) {
      out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
    } else if (next >= values.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      if (verb == 'v') {
        flags.verbose = flags.sharp;
        flags.sharp = false;
        flags.plus = false;
      }
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
    if (at >= format.length() || format.charAt(at) != '[') {
      return;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    String inside = close < 0 ? "" : format.substring(at + 1, close);
    int given = inside.matches("[0-9]{1,6}") ? Integer.parseInt(inside) : 0;
    if (given >= 1 && given <= values.size()) {
      next = given - 1;
    } else {
      known = false;
    }
    at = close < 0 ? at + 1 : close + 1;
  }

  private int number(Flags flags, boolean width) {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      if (next < values.size() && values.get(next++) instanceof NumberValue n && n.isLong()) {
        long given = n.longValue();
        if (Math.abs(given) <= MOST_WIDE) {
          flags.minus |= given < 0 && width;
          return (int) (width ? Math.abs(given) : given);
        }
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
      pad((type(v).equals("big.Int") ? "*" : "") + type(v), flags);
    } else if (v instanceof NumberValue n) {
      switch (type(v)) {
        case "float64" -> fraction(n, v, verb, flags);
        case "string" -> text(v, n.toString(), verb, flags);
        default -> integer(n.decimal().toBigIntegerExact(), v, verb, flags);
      }
    } else {
      text(v, Strings.text(v), verb, flags);
    }
  }

  /** The type that a value has in Go; what is no double is given as its text. */
  private static String type(Value v) {
    if (!(v instanceof NumberValue n)) {
      return "string";
    }
    String written = n.toString();
    if (written.indexOf('.') >= 0 || written.indexOf('e') >= 0 || written.indexOf('E') >= 0) {
      return Double.isInfinite(n.doubleValue()) ? "string" : "float64";
    }
    return n.isLong() ? "int64" : "big.Int";
  }

  private static String typed(Value v) {
    return type(v) + "=" + (v instanceof NumberValue n ? plain(n) : Strings.text(v));
  }

  private static String plain(NumberValue n) {
    return switch (type(n)) {
      case "float64" -> (n.toString().startsWith("-") ? "-" : "") + general(n, -1, 'e');
      case "int64" -> n.plain().toString();
      default -> n.toString();
    };
  }

  private void bad(Value v, int verb, Flags flags) {
    out.append("%!").appendCodePoint(verb).append('(').append(type(v)).append('=');
    if (v instanceof NumberValue n && type(v).equals("big.Int")) {
      out.append(plain(n));
    } else {
      value(v, 'v', flags);
    }
    out.append(')');
  }

  private void integer(BigInteger n, Value v, int verb, Flags flags) {
    boolean big = n.bitLength() > 63;
    String digits =
        switch (verb) {
          case 'd', 'v' -> n.abs().toString();
          case 'b' -> (flags.sharp ? "0b" : "") + n.abs().toString(2);
          case 'o' -> (flags.sharp ? "0" : "") + n.abs().toString(8);
          case 'O' -> "0o" + n.abs().toString(8);
          case 'x' -> (flags.sharp ? "0x" : "") + n.abs().toString(16);
          case 'X' -> (flags.sharp ? "0X" : "") + n.abs().toString(16).toUpperCase(Locale.ROOT);
          case 's' -> big ? n.abs().toString() : null;
          default -> null;
        };
    if (digits != null) {
      if (flags.precision >= 0) {
        boolean nothing = flags.precision == 0 && n.signum() == 0;
        digits = nothing ? "" : "0".repeat(Math.max(0, flags.precision - digits.length())) + digits;
        flags.zero = false;
      }
      signed(digits, n.signum() < 0, flags);
    } else if (!big && (verb == 'c' || verb == 'q' || verb == 'U')) {
      character(n, verb, flags);
    } else {
      bad(v, verb, flags);
    }
  }

  private void character(BigInteger n, int verb, Flags flags) {
    boolean valid = n.bitLength() < 22 && Character.isValidCodePoint(n.intValue());
    int point = valid ? n.intValue() : 0xFFFD;
    String text = Character.toString(point);
    if (verb == 'U') {
      boolean shown = flags.sharp && valid && GoText.isPrintable(point);
      String code = String.format(Locale.ROOT, "U+%04X", n);
      pad(shown ? code + " '" + text + "'" : code, flags);
    } else {
      pad(verb == 'c' ? text : GoText.quote(text, '\'', flags.plus), flags);
    }
  }

  private void fraction(NumberValue n, Value v, int verb, Flags flags) {
    BigDecimal exact = new BigDecimal(Math.abs(n.doubleValue()));
    String digits =
        switch (verb) {
          case 'f', 'F' ->
              exact
                  .setScale(flags.precision < 0 ? 6 : flags.precision, RoundingMode.HALF_EVEN)
                  .toPlainString();
          case 'e', 'E' -> exponent(exact, flags.precision < 0 ? 6 : flags.precision, (char) verb);
          case 'g', 'G', 'v' -> general(n, flags.precision, verb == 'G' ? 'E' : 'e');
          case 'b' -> binary(Math.abs(n.doubleValue()));
          case 'x', 'X' -> hexadecimal(Math.abs(n.doubleValue()), verb == 'X');
          default -> null;
        };
    if (digits == null) {
      bad(v, verb, flags);
    } else {
      signed(digits, n.toString().startsWith("-"), flags);
    }
  }

  /** A mantissa of 53 bits and an exponent: {@code 6755399441055744p-52}. */
  private static String binary(double d) {
    int exponent = Math.max(Math.getExponent(d), Double.MIN_EXPONENT) - 52;
    String mantissa = new BigDecimal(Math.scalb(d, -exponent)).toBigInteger().toString();
    return mantissa + "p" + (exponent < 0 ? "" : "+") + exponent;
  }

  private static String hexadecimal(double d, boolean upper) {
    String[] parts = Double.toHexString(d).replace(".0p", "p").split("p", 2);
    int power = Integer.parseInt(parts[1]);
    String text =
        parts[0] + (power < 0 ? "p-" : "p+") + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
    return upper ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String exponent(BigDecimal exact, int precision, char e) {
    BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
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

  /** With an exponent where the number is far from one. */
  private static String general(NumberValue n, int precision, char e) {
    double d = Math.abs(n.doubleValue());
    BigDecimal shortest =
        precision < 0
            ? new BigDecimal(Double.toString(d)).stripTrailingZeros()
            : new BigDecimal(d)
                .round(new MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    int power = shortest.signum() == 0 ? 0 : shortest.precision() - shortest.scale() - 1;
    int limit = precision < 0 ? MOST_PLAIN : Math.max(1, precision);
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
      case 'v', 's' -> pad(flags.verbose ? GoText.quote(cut) : cut, flags);
      case 'q' ->
          pad(
              flags.sharp && !cut.contains("`")
                  ? "`" + cut + "`"
                  : GoText.quote(cut, '"', flags.plus),
              flags);
      case 'x', 'X' -> pad(hex(text, verb == 'X', flags), flags);
      default -> bad(v, verb, flags);
    }
  }

  private static String hex(String text, boolean upper, Flags flags) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (flags.precision >= 0 && flags.precision < bytes.length) {
      bytes = Arrays.copyOf(bytes, flags.precision);
    }
    HexFormat form = flags.space ? HexFormat.ofDelimiter(" ") : HexFormat.of();
    String before = upper ? "0X" : "0x";
    form = flags.sharp && flags.space ? form.withPrefix(before) : form;
    form = upper ? form.withUpperCase() : form;
    String all = form.formatHex(bytes);
    return flags.sharp && !flags.space && bytes.length > 0 ? before + all : all;
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
