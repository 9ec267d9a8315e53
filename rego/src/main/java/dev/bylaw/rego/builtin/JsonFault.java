package dev.bylaw.rego.builtin;

import dev.bylaw.rego.go.GoText;
import java.nio.charset.StandardCharsets;

/**
 * What is wrong with a text that should be JSON, in the words of Go's reader, which OPA repeats.
 *
 * <p>Go counts and names bytes: one of those that make up a letter beyond ASCII is named by the
 * letter whose number it is. A text with a value and more behind it is a fault of its own.
 */
final class JsonFault {
  private static final int MOST_DEEP = 1000;

  private final byte[] text;
  private int at;
  private int depth;

  private JsonFault(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  /** The reader stopped. */
  private static final class Stop extends RuntimeException {
    Stop(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * The fault of a text that is not one JSON value.
   *
   * @param otherwise what to say of a text that is refused for its size alone
   */
  static String of(String text, String otherwise) {
    var reader = new JsonFault(text);
    try {
      reader.space();
      if (reader.at == reader.text.length) {
        return "EOF";
      }
      reader.value();
      reader.space();
      if (reader.at == reader.text.length) {
        return otherwise;
      }
      return "error: invalid character '" + reader.behind() + "' after top-level value";
    } catch (Stop e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What stands behind the value, as far as it can be read. */
  private String behind() {
    int c = peek();
    int start = at;
    if (c == '[' || c == '{') {
      return String.valueOf((char) c);
    }
    value();
    String found = new String(text, start, at - start, StandardCharsets.UTF_8);
    return switch (c) {
      case '"' -> found.substring(1, found.length() - 1);
      case 't', 'f' -> "%!s(bool=" + found + ")";
      default -> found;
    };
  }

  private int peek() {
    if (at >= text.length) {
      throw new Stop("unexpected EOF");
    }
    return text[at] & 0xff;
  }

  private void space() {
    while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
      at++;
    }
  }

  private Stop invalid(String where) {
    int c = peek();
    String shown =
        switch (c) {
          case '\'' -> "\\'";
          case '"' -> "\"";
          default -> {
            String quoted = GoText.quote(String.valueOf((char) c));
            yield quoted.substring(1, quoted.length() - 1);
          }
        };
    return new Stop("invalid character '" + shown + "' " + where);
  }

  private void value() {
    int c = peek();
    if (++depth > MOST_DEEP) {
      throw new Stop("exceeded max depth");
    }
    switch (c) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c == '-' || isDigit(c)) {
          number();
        } else {
          throw invalid("looking for beginning of value");
        }
      }
    }
    depth--;
  }

  private void object() {
    at++;
    space();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw invalid("looking for beginning of object key string");
      }
      string();
      space();
      if (peek() != ':') {
        throw invalid("after object key");
      }
      at++;
      space();
      value();
      space();
      if (peek() == '}') {
        at++;
        return;
      }
      if (peek() != ',') {
        throw invalid("after object key:value pair");
      }
      at++;
    }
  }

  private void array() {
    at++;
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      space();
      value();
      space();
      if (peek() == ']') {
        at++;
        return;
      }
      if (peek() != ',') {
        throw invalid("after array element");
      }
      at++;
    }
  }

  private void string() {
    at++;
    while (peek() != '"') {
      if (peek() < 0x20) {
        throw invalid("in string literal");
      }
      if (peek() == '\\') {
        at++;
        escape();
      }
      at++;
    }
    at++;
  }

  private void escape() {
    if (peek() == 'u') {
      for (int i = 0; i < 4; i++) {
        at++;
        if (Character.digit(peek(), 16) < 0) {
          throw invalid("in \\u hexadecimal character escape");
        }
      }
    } else if ("bfnrt\\/\"".indexOf(peek()) < 0) {
      throw invalid("in string escape code");
    }
  }

  private void literal(String word) {
    for (int i = 1; i < word.length(); i++) {
      at++;
      if (peek() != word.charAt(i)) {
        throw invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
    at++;
  }

  private void number() {
    if (peek() == '-') {
      at++;
      if (!isDigit(peek())) {
        throw invalid("in numeric literal");
      }
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < text.length && text[at] == '.') {
      at++;
      if (!isDigit(peek())) {
        throw invalid("after decimal point in numeric literal");
      }
      digits();
    }
    if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      if (!isDigit(peek())) {
        throw invalid("in exponent of numeric literal");
      }
      digits();
    }
  }

  private void digits() {
    while (at < text.length && isDigit(text[at])) {
      at++;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
