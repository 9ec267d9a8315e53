package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Module.Comment;
import dev.bylaw.rego.parse.Token.Kind;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;

/** Cuts a source into tokens and comments. */
final class Lexer {
  private static final int MOST_NESTED_TEMPLATES = 64;

  private final Source source;
  private final String text;
  private final Diagnostics diagnostics;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private int at;
  private int line;
  private boolean spaced;
  private int templates;

  Lexer(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.text = source.text();
    this.diagnostics = diagnostics;
  }

  /** All tokens; the last is {@link Kind#EOF}. */
  List<Token> tokens() {
    while (at < text.length()) {
      next();
    }
    add(Kind.EOF, "", text.length(), text.length());
    return tokens;
  }

  List<Comment> comments() {
    return comments;
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '\n') {
      line++;
      at++;
      spaced = true;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      at++;
      spaced = true;
    } else if (c == '#') {
      comment();
    } else if (isLetter(c)) {
      int start = at;
      while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
        at++;
      }
      add(Kind.IDENT, text.substring(start, at), start, at);
    } else if (isDigit(c)) {
      number();
    } else if (c == '"') {
      string();
    } else if (c == '`') {
      rawString();
    } else if (c == '$' && (peek(1) == '"' || peek(1) == '`')) {
      template();
    } else {
      operator(c);
    }
  }

  private void comment() {
    int start = at;
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
    int stop = at > start && text.charAt(at - 1) == '\r' ? at - 1 : at;
    comments.add(new Comment(text.substring(start, stop), source.span(start, stop)));
    spaced = true;
  }

  private void number() {
    int start = at;
    if (text.charAt(at) == '0' && isDigit(peek(1))) {
      error(start, start + 1, "illegal number format");
    }
    digits();
    if (peek(0) == '.' && isDigit(peek(1))) {
      at++;
      digits();
    } else if (peek(0) == '.' && !isLetter(peek(1))) {
      error(start, at + 1, "expected fraction");
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      at++;
      if (peek(0) == '+' || peek(0) == '-') {
        at++;
      }
      if (!isDigit(peek(0))) {
        error(start, at, "expected exponent");
      }
      digits();
    }
    if (isLetter(peek(0))) {
      error(start, at, "illegal number format");
    }
    add(Kind.NUMBER, text.substring(start, at), start, at);
  }

  private void digits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  private void string() {
    int start = at++;
    var value = new StringBuilder();
    while (true) {
      if (at >= text.length() || text.charAt(at) == '\n') {
        error(start, at, "non-terminated string");
        add(Kind.ILLEGAL, "", start, at);
        return;
      }
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        add(Kind.STRING, value.toString(), start, at);
        return;
      }
      if (c == '\\') {
        escape(value, false);
      } else {
        value.append(c);
        at++;
      }
    }
  }

  /** Reads one escape sequence; in interpolated strings an opening brace can be escaped too. */
  private void escape(StringBuilder value, boolean brace) {
    int start = at++;
    char c = peek(0);
    at++;
    switch (c) {
      case '"', '\\', '/' -> value.append(c);
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(peek(0), 16);
          if (digit < 0) {
            error(start, Math.min(at, text.length()), "invalid string escape");
            return;
          }
          code = code * 16 + digit;
          at++;
        }
        value.append((char) code);
      }
      default -> {
        if (brace && c == '{') {
          value.append(c);
        } else {
          at = Math.min(at, text.length());
          error(start, at, "illegal escape sequence");
        }
      }
    }
  }

  private void rawString() {
    int start = at;
    int end = text.indexOf('`', at + 1);
    int firstLine = line;
    if (end < 0) {
      at = text.length();
      error(start, start + 1, "non-terminated string");
      add(Kind.ILLEGAL, "", start, at);
      return;
    }
    at = end + 1;
    String value = text.substring(start + 1, end);
    tokens.add(new Token(Kind.RAW_STRING, value, start, at, spaced, firstLine));
    line += countLines(start, end);
    spaced = false;
  }

  private void template() {
    int start = at;
    char quote = text.charAt(at + 1);
    at += 2;
    add(Kind.TEMPLATE, String.valueOf(quote), start, at);
    if (++templates > MOST_NESTED_TEMPLATES) {
      error(start, at, "interpolated strings nested too deeply");
      at = text.length();
      return;
    }
    var value = new StringBuilder();
    int from = at;
    while (true) {
      if (at >= text.length() || (quote == '"' && text.charAt(at) == '\n')) {
        error(start, at, "non-terminated string");
        add(Kind.ILLEGAL, "", start, at);
        break;
      }
      char c = text.charAt(at);
      if (c == quote) {
        add(Kind.TEMPLATE_TEXT, value.toString(), from, at);
        at++;
        add(Kind.TEMPLATE_END, "", at - 1, at);
        break;
      }
      if (c == '{') {
        add(Kind.TEMPLATE_TEXT, value.toString(), from, at);
        value.setLength(0);
        templateExpression();
        from = at;
      } else if (c == '\\' && quote == '"') {
        escape(value, true);
      } else if (c == '\\' && peek(1) == '{') {
        value.append('{');
        at += 2;
      } else {
        if (c == '\n') {
          line++;
        }
        value.append(c);
        at++;
      }
    }
    templates--;
  }

  private void templateExpression() {
    add(Kind.TEMPLATE_EXPRESSION, "{", at, at + 1);
    at++;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        if (depth-- == 0) {
          at++;
          add(Kind.TEMPLATE_EXPRESSION_END, "}", at - 1, at);
          return;
        }
      }
      next();
    }
  }

  private void operator(char c) {
    int start = at;
    boolean equals = peek(1) == '=';
    Kind kind =
        switch (c) {
          case '[' -> Kind.LBRACK;
          case ']' -> Kind.RBRACK;
          case '{' -> Kind.LBRACE;
          case '}' -> Kind.RBRACE;
          case '(' -> Kind.LPAREN;
          case ')' -> Kind.RPAREN;
          case ',' -> Kind.COMMA;
          case ';' -> Kind.SEMICOLON;
          case '.' -> Kind.DOT;
          case '+' -> Kind.PLUS;
          case '-' -> Kind.MINUS;
          case '*' -> Kind.TIMES;
          case '/' -> Kind.DIVIDE;
          case '%' -> Kind.REMAINDER;
          case '&' -> Kind.AND;
          case '|' -> Kind.OR;
          case ':' -> equals ? Kind.ASSIGN : Kind.COLON;
          case '=' -> equals ? Kind.EQUAL : Kind.UNIFY;
          case '!' -> equals ? Kind.NOT_EQUAL : Kind.ILLEGAL;
          case '<' -> equals ? Kind.LESS_EQUAL : Kind.LESS;
          case '>' -> equals ? Kind.GREATER_EQUAL : Kind.GREATER;
          default -> Kind.ILLEGAL;
        };
    boolean two =
        switch (kind) {
          case ASSIGN, EQUAL, NOT_EQUAL, LESS_EQUAL, GREATER_EQUAL -> true;
          default -> false;
        };
    at += two ? 2 : Character.charCount(text.codePointAt(at));
    if (kind == Kind.ILLEGAL) {
      error(start, at, c == '!' ? "illegal ! character" : "illegal token");
    }
    add(kind, text.substring(start, at), start, at);
  }

  private int countLines(int from, int to) {
    int n = 0;
    for (int i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) {
      n++;
    }
    return n;
  }

  private void add(Kind kind, String value, int start, int end) {
    tokens.add(new Token(kind, value, start, Math.min(end, text.length()), spaced, line));
    spaced = false;
  }

  private void error(int start, int end, String message) {
    diagnostics.error(Parser.CODE, source.span(start, Math.min(end, text.length())), message);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
