package dev.bylaw.cedar.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads JSON only to say what is wrong with it first, in the words of the JSON library of Cedar's
 * own tool: they are the first line where that tool puts nothing before them. Columns count bytes.
 */
class JsonWords {
  private static final int DEEPEST = 127;

  private final byte[] text;
  private final String where;
  private int at;
  private int depth;

  JsonWords(String text) {
    this(text.getBytes(StandardCharsets.UTF_8), "");
  }

  /** A part that was read already: whatever is wrong with it is told at one place. */
  JsonWords(byte[] text, String where) {
    this.text = text;
    this.where = where;
  }

  /** Where the reader stands. */
  final int offset() {
    return at;
  }

  /** What was read since. */
  final byte[] since(int start) {
    return Arrays.copyOfRange(text, start, at);
  }

  /** The end of messages that tell a mistake at the last byte read. */
  final String here() {
    return where.isEmpty() ? place(at) : where;
  }

  /** The first mistake. */
  static final class Mistake extends RuntimeException {
    Mistake(String message) {
      super(message, null, false, false);
    }
  }

  /** A value, of which only its start is read. */
  enum Kind {
    NULL("null"),
    TRUE("boolean `true`"),
    FALSE("boolean `false`"),
    NUMBER(""),
    STRING(""),
    ARRAY("sequence"),
    OBJECT("map");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }
  }

  /** Reads a member's value; the reader stands before it. */
  @FunctionalInterface
  interface Member {
    void read(String name);
  }

  /** A mistake told at the last byte read. */
  final Mistake mistake(String message) {
    return at(message, at);
  }

  /** A mistake told at the byte that is next. */
  private Mistake peeked(String message) {
    return at(message, Math.min(at + 1, text.length));
  }

  private Mistake at(String message, int end) {
    return new Mistake(message + (where.isEmpty() ? place(end) : where));
  }

  private String place(int end) {
    int line = 1;
    int column = 0;
    for (int i = 0; i < end; i++) {
      boolean newLine = text[i] == '\n';
      line += newLine ? 1 : 0;
      column = newLine ? 0 : column + 1;
    }
    return " at line " + line + " column " + column;
  }

  /** The next byte behind blanks, or -1. */
  final int peek() {
    while (at < text.length
        && (text[at] == ' '
            || (text[at] >= 9 && text[at] <= 13 && text[at] != 11 && text[at] != 12))) {
      at++;
    }
    return at < text.length ? text[at] & 0xff : -1;
  }

  /** After the one value there must be nothing. */
  final void end() {
    if (peek() >= 0) {
      throw peeked("trailing characters");
    }
  }

  /** What the next value is, by how it begins. */
  private Kind kind() {
    int c = peek();
    return switch (c) {
      case -1 -> throw peeked("EOF while parsing a value");
      case 'n' -> Kind.NULL;
      case 't' -> Kind.TRUE;
      case 'f' -> Kind.FALSE;
      case '"' -> Kind.STRING;
      case '[' -> Kind.ARRAY;
      case '{' -> Kind.OBJECT;
      default -> {
        if (c == '-' || (c >= '0' && c <= '9')) {
          yield Kind.NUMBER;
        }
        throw peeked("expected value");
      }
    };
  }

  /** Tells that the next value is not what is wanted. */
  final Mistake wrong(String expected) {
    Kind kind = kind();
    String shown =
        switch (kind) {
          case STRING -> "string " + quoted(string());
          case NUMBER -> number();
          case ARRAY, OBJECT -> kind.shown;
          case NULL, TRUE, FALSE -> {
            word(kind.name().toLowerCase(Locale.ROOT));
            yield kind.shown;
          }
        };
    return mistake("invalid type: " + shown + ", expected " + expected);
  }

  private static String quoted(String text) {
    return dev.bylaw.cedar.value.CedarText.quote(text);
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at == text.length) {
        throw mistake("EOF while parsing a value");
      }
      if (text[at++] != word.charAt(i)) {
        throw mistake("expected ident");
      }
    }
  }

  final boolean isNext(Kind kind) {
    return kind() == kind;
  }

  /** Reads a string. */
  final String text(String expected) {
    if (kind() != Kind.STRING) {
      throw wrong(expected);
    }
    return string();
  }

  /** Reads a truth. */
  final void bool() {
    Kind kind = kind();
    if (kind != Kind.TRUE && kind != Kind.FALSE) {
      throw wrong("a boolean");
    }
    word(kind.name().toLowerCase(Locale.ROOT));
  }

  /** Reads any value. */
  final void any() {
    Kind kind = kind();
    switch (kind) {
      case STRING -> string();
      case NUMBER -> number();
      case NULL, TRUE, FALSE -> word(kind.name().toLowerCase(Locale.ROOT));
      case ARRAY -> array("", this::any);
      case OBJECT ->
          object(
              "",
              _ -> {
                colon();
                any();
              });
    }
  }

  /** Reads an array. */
  final void array(String expected, Runnable element) {
    if (kind() != Kind.ARRAY) {
      throw wrong(expected);
    }
    descend();
    for (boolean first = true; ; first = false) {
      int c = peek();
      if (c == ']') {
        at++;
        depth--;
        return;
      }
      if (!first) {
        if (c < 0) {
          throw peeked("EOF while parsing a list");
        }
        if (c != ',') {
          throw peeked("expected `,` or `]`");
        }
        at++;
        c = peek();
        if (c == ']') {
          throw peeked("trailing comma");
        }
        if (c < 0) {
          throw peeked("EOF while parsing a value");
        }
      } else if (c < 0) {
        throw peeked("EOF while parsing a list");
      }
      element.run();
    }
  }

  /** Reads an object. */
  final void object(String expected, Member member) {
    if (kind() != Kind.OBJECT) {
      throw wrong(expected);
    }
    descend();
    for (boolean first = true; ; first = false) {
      int c = peek();
      if (c < 0) {
        throw peeked("EOF while parsing an object");
      }
      if (c == '}') {
        at++;
        depth--;
        return;
      }
      if (!first) {
        if (c != ',') {
          throw peeked("expected `,` or `}`");
        }
        at++;
        c = peek();
        if (c < 0) {
          throw peeked("EOF while parsing a value");
        }
      }
      if (c == '}') {
        throw peeked("trailing comma");
      }
      if (c != '"') {
        throw peeked("key must be a string");
      }
      member.read(string());
    }
  }

  /** Reads the colon between a name and its value. */
  final void colon() {
    int c = peek();
    if (c != ':') {
      throw peeked(c < 0 ? "EOF while parsing an object" : "expected `:`");
    }
    at++;
  }

  private void descend() {
    if (++depth > DEEPEST) {
      throw peeked("recursion limit exceeded");
    }
    at++;
  }

  private String string() {
    int start = ++at;
    var out = new StringBuilder();
    while (true) {
      if (at == text.length) {
        throw mistake("EOF while parsing a string");
      }
      int c = text[at++] & 0xff;
      if (c == '"') {
        out.append(new String(text, start, at - 1 - start, StandardCharsets.UTF_8));
        return out.toString();
      }
      if (c < ' ') {
        throw mistake("control character (\\u0000-\\u001F) found while parsing a string");
      }
      if (c == '\\') {
        out.append(new String(text, start, at - 1 - start, StandardCharsets.UTF_8));
        escape(out);
        start = at;
      }
    }
  }

  private void escape(StringBuilder out) {
    if (at == text.length) {
      throw mistake("EOF while parsing a string");
    }
    int c = text[at++];
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      out.append("\"\\/\b\f\n\r\t".charAt(simple));
      return;
    }
    if (c != 'u') {
      throw mistake("invalid escape");
    }
    int unit = hex();
    if (Character.isLowSurrogate((char) unit)) {
      throw mistake("lone leading surrogate in hex escape");
    }
    out.append((char) unit);
    if (Character.isHighSurrogate((char) unit)) {
      for (char wanted : new char[] {'\\', 'u'}) {
        if (at == text.length || text[at++] != wanted) {
          throw mistake("unexpected end of hex escape");
        }
      }
      int low = hex();
      if (!Character.isLowSurrogate((char) low)) {
        throw mistake("lone leading surrogate in hex escape");
      }
      out.append((char) low);
    }
  }

  private int hex() {
    if (at + 4 > text.length) {
      at = text.length;
      throw mistake("EOF while parsing a string");
    }
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text[at + i], 16);
      if (digit < 0) {
        at += 4;
        throw mistake("invalid escape");
      }
      unit = unit * 16 + digit;
    }
    at += 4;
    return unit;
  }

  private boolean isDigit() {
    return at < text.length && text[at] >= '0' && text[at] <= '9';
  }

  /** Reads a number; what it is called. */
  private String number() {
    int start = at;
    at += text[at] == '-' ? 1 : 0;
    if (!isDigit()) {
      throw peeked(at == text.length ? "EOF while parsing a value" : "invalid number");
    }
    if (text[at++] == '0') {
      if (isDigit()) {
        throw peeked("invalid number");
      }
    } else {
      digits();
    }
    boolean real = false;
    if (at < text.length && text[at] == '.') {
      at++;
      fraction();
      real = true;
    }
    if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (at < text.length && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      fraction();
      real = true;
    }
    String written = new String(text, start, at - start, StandardCharsets.UTF_8);
    var exact = new java.math.BigDecimal(written);
    boolean fits =
        exact.signum() < 0
            ? exact.compareTo(java.math.BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
            : exact.compareTo(new java.math.BigDecimal("18446744073709551615")) <= 0;
    if (!real && fits) {
      return "integer `" + exact.toBigInteger() + "`";
    }
    double value = exact.doubleValue();
    if (Double.isInfinite(value)) {
      throw mistake("number out of range");
    }
    String plain = new java.math.BigDecimal(Double.toString(value)).toPlainString();
    return "floating point `" + plain + "`";
  }

  private void digits() {
    while (isDigit()) {
      at++;
    }
  }

  private void fraction() {
    if (!isDigit()) {
      throw peeked(at == text.length ? "EOF while parsing a value" : "invalid number");
    }
    digits();
  }
}
