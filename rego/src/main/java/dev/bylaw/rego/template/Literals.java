package dev.bylaw.rego.template;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts and numbers as they are written in templates. */
final class Literals {
  private Literals() {}

  /** The line of a place in a template, from 1. */
  static long line(String text, int place) {
    return 1
        + text.substring(0, Math.min(place, text.length())).chars().filter(c -> c == '\n').count();
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
    String low = digits.toLowerCase(Locale.ROOT);
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
}
