package dev.bylaw.cedar.text;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;

/** Reads the escapes of a string literal: those of Rust, and {@code \*} in patterns. */
public final class StringLiteral {
  private final Source source;
  private final Diagnostics diagnostics;
  private final boolean pattern;
  private final List<String> parts = new ArrayList<>();
  private StringBuilder out = new StringBuilder();

  private StringLiteral(Source source, Diagnostics diagnostics, boolean pattern) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.pattern = pattern;
  }

  /** The string between the quotes; the range includes them. */
  public static String string(Source source, int start, int end, Diagnostics diagnostics) {
    String inner = source.text().substring(start + 1, end - 1);
    if (inner.indexOf('\\') < 0 && inner.indexOf('\r') < 0) {
      return inner;
    }
    var reader = new StringLiteral(source, diagnostics, false);
    reader.read(start + 1, end - 1);
    return reader.out.toString();
  }

  /** The pattern between the quotes; the range includes them. */
  public static Pattern pattern(Source source, int start, int end, Diagnostics diagnostics) {
    var reader = new StringLiteral(source, diagnostics, true);
    reader.read(start + 1, end - 1);
    reader.parts.add(reader.out.toString());
    return new Pattern(reader.parts);
  }

  private void read(int start, int end) {
    String text = source.text();
    int at = start;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '\\') {
        at = escape(text, at, end);
      } else if (c == '*' && pattern) {
        parts.add(out.toString());
        out = new StringBuilder();
        at++;
      } else if (c == '\r') {
        bad(at, at + 1, "a carriage return in a string is written `\\r`");
        at++;
      } else {
        out.append(c);
        at++;
      }
    }
  }

  private int escape(String text, int at, int end) {
    char c = text.charAt(at + 1);
    switch (c) {
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case '0' -> out.append('\0');
      case '\\', '"', '\'' -> out.append(c);
      case 'x' -> {
        return hex(text, at, end);
      }
      case 'u' -> {
        return unicode(text, at, end);
      }
      case '\n' -> {
        int next = at + 2;
        while (next < end && " \t\n\r".indexOf(text.charAt(next)) >= 0) {
          next++;
        }
        return next;
      }
      default -> {
        if (c == '*' && pattern) {
          out.append('*');
        } else {
          bad(at, Math.min(end, text.offsetByCodePoints(at + 1, 1)), "unknown escape");
        }
      }
    }
    return text.offsetByCodePoints(at + 1, 1);
  }

  private int hex(String text, int at, int end) {
    int stop = Math.min(at + 4, end);
    int high = at + 2 < end ? digit(text.charAt(at + 2)) : -1;
    int low = at + 3 < end ? digit(text.charAt(at + 3)) : -1;
    if (high < 0 || low < 0 || high > 7) {
      bad(at, stop, "expected two hexadecimal digits up to `\\x7F`");
    } else {
      out.append((char) (high * 16 + low));
    }
    return stop;
  }

  private int unicode(String text, int at, int end) {
    int close = text.indexOf('}', at);
    if (at + 2 >= end || text.charAt(at + 2) != '{' || close < 0 || close >= end) {
      bad(at, Math.min(at + 2, end), "expected `\\u{…}` with hexadecimal digits");
      return at + 2;
    }
    int value = 0;
    int digits = 0;
    boolean good = text.charAt(at + 3) != '_';
    for (int i = at + 3; i < close; i++) {
      if (text.charAt(i) == '_') {
        continue;
      }
      int digit = digit(text.charAt(i));
      good &= digit >= 0 && ++digits <= 6;
      value = value << 4 | Math.max(digit, 0);
    }
    good &= digits > 0 && Character.isValidCodePoint(value);
    if (!good || (value >= 0xD800 && value <= 0xDFFF)) {
      bad(at, close + 1, "expected one to six hexadecimal digits of a Unicode scalar value");
    } else {
      out.appendCodePoint(value);
    }
    return close + 1;
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private void bad(int start, int end, String message) {
    diagnostics.error("C0103", source.span(start, end), message);
  }
}
