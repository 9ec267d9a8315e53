package dev.bylaw.rego.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits a template into texts and the tokens of its actions. */
final class Lexer {
  enum Kind {
    TEXT,
    OPEN,
    CLOSE,
    WORD,
    FIELD,
    VARIABLE,
    STRING,
    CHARACTER,
    NUMBER,
    SYMBOL,
    END
  }

  /**
   * A token.
   *
   * @param spaced whether white space stands before it
   */
  record Token(Kind kind, String text, int at, boolean spaced) {
    boolean is(String symbol) {
      return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(symbol);
    }
  }

  static final Set<String> KEYWORDS =
      Set.of(
          "block",
          "break",
          "continue",
          "define",
          "else",
          "end",
          "if",
          "nil",
          "range",
          "template",
          "with");

  private static final String SPACE = " \t\r\n";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int depth;

  Lexer(String text) {
    this.text = text;
  }

  List<Token> tokens() {
    boolean trims = false;
    while (true) {
      int open = text.indexOf("{{", at);
      String plain = text.substring(at, open < 0 ? text.length() : open);
      int start = at;
      if (trims) {
        plain = trimmed(plain, true);
      }
      if (open < 0) {
        add(Kind.TEXT, plain, start);
        add(Kind.END, "", text.length());
        return tokens;
      }
      at = open + 2;
      boolean trimsBefore = text.startsWith("-", at) && isSpace(at + 1);
      if (trimsBefore) {
        plain = trimmed(plain, false);
        at += 2;
      }
      add(Kind.TEXT, plain, start);
      trims = text.startsWith("/*", at) ? comment() : action(open);
    }
  }

  private static String trimmed(String plain, boolean left) {
    int from = 0;
    int to = plain.length();
    while (left && from < to && SPACE.indexOf(plain.charAt(from)) >= 0) {
      from++;
    }
    while (!left && to > 0 && SPACE.indexOf(plain.charAt(to - 1)) >= 0) {
      to--;
    }
    return plain.substring(from, to);
  }

  private void add(Kind kind, String word, int start) {
    if (kind != Kind.TEXT || !word.isEmpty()) {
      tokens.add(new Token(kind, word, start, false));
    }
  }

  private boolean isSpace(int place) {
    return place < text.length() && SPACE.indexOf(text.charAt(place)) >= 0;
  }

  /** Whether the white space behind it is trimmed. */
  private boolean comment() {
    int end = text.indexOf("*/", at);
    if (end < 0) {
      throw failure("unclosed comment");
    }
    at = end + 2;
    boolean trims = isSpace(at) && text.startsWith("-}}", at + 1);
    if (trims) {
      at += 4;
      return true;
    }
    if (!text.startsWith("}}", at)) {
      throw failure("comment ends before closing delimiter");
    }
    at += 2;
    return false;
  }

  private boolean action(int open) {
    tokens.add(new Token(Kind.OPEN, "{{", open, false));
    depth = 0;
    while (true) {
      boolean spaced = false;
      while (isSpace(at)) {
        spaced = true;
        at++;
      }
      boolean trims = spaced && text.startsWith("-}}", at);
      if (trims || text.startsWith("}}", at)) {
        if (depth > 0) {
          throw failure("unclosed left paren");
        }
        tokens.add(new Token(Kind.CLOSE, "}}", at, spaced));
        at += trims ? 3 : 2;
        return trims;
      }
      if (at >= text.length()) {
        throw failure("unclosed action");
      }
      int start = at;
      Kind kind = token();
      tokens.add(new Token(kind, text.substring(start, at), start, spaced));
    }
  }

  private Kind token() {
    char c = text.charAt(at);
    return switch (c) {
      case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
      case '\'' -> quoted('\'', Kind.CHARACTER, "unterminated character constant");
      case '`' -> {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
          throw failure("unterminated raw quoted string");
        }
        at = end + 1;
        yield Kind.STRING;
      }
      case '(', ')', '|', ',', '=' -> {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0) {
          throw failure("unexpected right paren");
        }
        at++;
        yield Kind.SYMBOL;
      }
      case ':' -> {
        if (!text.startsWith(":=", at)) {
          throw failure("expected :=");
        }
        at += 2;
        yield Kind.SYMBOL;
      }
      default -> word(c);
    };
  }

  private Kind word(char c) {
    boolean digit = at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    if (Character.isDigit(c) || ((c == '+' || c == '-' || c == '.') && digit)) {
      number();
      return Kind.NUMBER;
    }
    if (c == '$') {
      at++;
      letters();
      ends();
      return Kind.VARIABLE;
    }
    if (c == '.') {
      at++;
      int start = at;
      letters();
      ends();
      return at == start ? Kind.SYMBOL : Kind.FIELD;
    }
    int start = at;
    letters();
    if (at == start) {
      throw bad();
    }
    ends();
    return Kind.WORD;
  }

  private void number() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean sign = (c == '+' || c == '-') && "eEpP".indexOf(text.charAt(at - 1)) >= 0;
      if (!sign && c != '.' && c != '_' && !Character.isLetterOrDigit(c)) {
        return;
      }
      at++;
    }
  }

  private void letters() {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (c != '_' && !Character.isLetterOrDigit(c)) {
        return;
      }
      at += Character.charCount(c);
    }
  }

  /** A name is not followed by just anything. */
  private void ends() {
    if (at < text.length()
        && !isSpace(at)
        && ".,|:=()".indexOf(text.charAt(at)) < 0
        && !text.startsWith("}}", at)) {
      throw bad();
    }
  }

  private TemplateException bad() {
    int c = text.codePointAt(at);
    return failure("bad character U+%04X '%s'".formatted(c, Character.toString(c)));
  }

  private Kind quoted(char mark, Kind kind, String unterminated) {
    for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
      if (text.charAt(at) == mark) {
        at++;
        return kind;
      }
      if (text.charAt(at) == '\\') {
        at++;
      }
    }
    throw failure(unterminated);
  }

  private TemplateException failure(String message) {
    long line =
        1 + text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
    return new TemplateException(line + ": " + message);
  }
}
