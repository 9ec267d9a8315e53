package dev.bylaw.actions.sql;

import dev.bylaw.actions.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a statement into tokens, strictly: whatever two readers of SQL could see differently
 * (prefixed and dollar-quoted strings, back-slashes, nested comments, invisible characters) is
 * refused.
 */
final class SqlTokens {
  static final int MOST_CHARACTERS = 64 * 1024;
  static final int MOST_TOKENS = 8_000;
  static final int MOST_NESTED = 40;

  private static final String PUNCTUATION = "(),.;[]";

  private final String sql;
  private final Dialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int nested;

  private SqlTokens(String sql, Dialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
  }

  static List<Token> read(String sql, Dialect dialect) throws SqlRefusal {
    if (sql.length() > MOST_CHARACTERS) {
      throw new SqlRefusal(
          "E0501", 0, "the statement is longer than " + MOST_CHARACTERS + " characters");
    }
    var reader = new SqlTokens(sql, dialect);
    while (reader.skipSpaceAndComments()) {
      reader.token();
      if (reader.tokens.size() > MOST_TOKENS) {
        throw reader.refusal("E0501", "the statement has more than " + MOST_TOKENS + " tokens");
      }
    }
    return reader.tokens;
  }

  /** Moves to the next token; false at the end. */
  private boolean skipSpaceAndComments() throws SqlRefusal {
    while (at < sql.length()) {
      if (Ascii.isSpace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = at;
        while (end < sql.length() && sql.charAt(end) != '\n') {
          if (sql.charAt(end) == '\r'
              || Character.isISOControl(sql.charAt(end)) && !Ascii.isSpace(sql.charAt(end))) {
            throw refusal("E0502", "a comment with a control character in it");
          }
          end++;
        }
        at = end;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        if (end < 0) {
          throw refusal("E0502", "a comment without an end");
        }
        String comment = sql.substring(at + 2, end);
        if (comment.contains("/*") || comment.startsWith("!") || comment.startsWith("+")) {
          throw refusal("E0502", "a nested or executable comment, which not every reader skips");
        }
        at = end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private void token() throws SqlRefusal {
    char c = sql.charAt(at);
    if (Ascii.isLetter(c)) {
      word();
    } else if (Ascii.isDigit(c)
        || (c == '.' && at + 1 < sql.length() && digitAt(at + 1) && !afterName())) {
      number();
    } else if (c == '\'') {
      add(Kind.STRING, quoted('\'', '\''));
    } else if (c == '"') {
      add(Kind.QUOTED, quoted('"', '"'));
    } else if (c == '`' && dialect == Dialect.SQLITE) {
      add(Kind.QUOTED, quoted('`', '`'));
    } else if (c == '[' && dialect == Dialect.SQLITE) {
      bracketed();
    } else if (c == '?') {
      bind();
    } else if (c == ':' && !sql.startsWith("::", at)) {
      namedBind();
    } else {
      operator(c);
    }
  }

  private void word() throws SqlRefusal {
    int start = at;
    while (at < sql.length() && (Ascii.isLetter(sql.charAt(at)) || digitAt(at))) {
      at++;
    }
    String written = sql.substring(start, at);
    if (at < sql.length()) {
      char next = sql.charAt(at);
      if (next == '\'') {
        throw new SqlRefusal(
            "E0503",
            start,
            "a string with the prefix `" + written + "`: give the text as a bind instead");
      }
      if (next == '"' || next == '`' || next == '$' || next == '#' || next == '@' || next > 126) {
        throw new SqlRefusal(
            "E0503", start, "an identifier with `" + shown(next) + "`: write it in double quotes");
      }
      if (next == '&' && at + 1 < sql.length() && "'\"".indexOf(sql.charAt(at + 1)) >= 0) {
        throw new SqlRefusal(
            "E0503", start, "a text in Unicode escapes: give the text as a bind instead");
      }
    }
    tokens.add(new Token(Kind.WORD, Ascii.lower(written), written, start));
  }

  private void number() throws SqlRefusal {
    int start = at;
    while (at < sql.length() && digitAt(at)) {
      at++;
    }
    if (at < sql.length() && sql.charAt(at) == '.') {
      at++;
      while (at < sql.length() && digitAt(at)) {
        at++;
      }
    }
    if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < sql.length() && "+-".indexOf(sql.charAt(exponent)) >= 0) {
        exponent++;
      }
      if (exponent < sql.length() && digitAt(exponent)) {
        at = exponent;
        while (at < sql.length() && digitAt(at)) {
          at++;
        }
      }
    }
    if (at < sql.length()
        && (Ascii.isLetter(sql.charAt(at)) || "'\".$".indexOf(sql.charAt(at)) >= 0)) {
      throw new SqlRefusal("E0503", start, "a number with something at its end");
    }
    String text = sql.substring(start, at);
    tokens.add(new Token(Kind.NUMBER, text, text, start));
  }

  /** Reads to the closing quote, which stands for itself when doubled, and gives the content. */
  private String quoted(char open, char close) throws SqlRefusal {
    int start = at;
    var content = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == close) {
        if (at + 1 >= sql.length() || sql.charAt(at + 1) != close) {
          at++;
          if (content.isEmpty() && open != '\'') {
            throw new SqlRefusal("E0503", start, "an identifier without a name");
          }
          return content.toString();
        }
        at++;
      } else if (c == '\\') {
        throw refusal("E0503", "a back-slash in quotes: give the text as a bind instead");
      } else if (c == 0 || (c == '?' && open != '\'')) {
        throw refusal("E0503", "a character in quotes that cannot be read safely");
      }
      content.append(c);
      at++;
    }
    at = start;
    throw refusal("E0503", "quotes without an end");
  }

  private void bracketed() throws SqlRefusal {
    int start = at;
    int end = sql.indexOf(']', at);
    String name = end < 0 ? "" : sql.substring(at + 1, end);
    if (name.isEmpty() || !name.matches("[A-Za-z0-9_ .-]+")) {
      throw refusal("E0503", "an identifier in brackets: write it in double quotes");
    }
    at = end + 1;
    tokens.add(new Token(Kind.QUOTED, name, name, start));
  }

  private void bind() throws SqlRefusal {
    if (at + 1 < sql.length() && (digitAt(at + 1) || "?|&".indexOf(sql.charAt(at + 1)) >= 0)) {
      throw refusal("E0504", "a `?` that is not a bind: binds are `?` or `:name`");
    }
    tokens.add(new Token(Kind.BIND, "", "", at));
    at++;
  }

  private void namedBind() throws SqlRefusal {
    int start = at++;
    while (at < sql.length() && (Ascii.isLetter(sql.charAt(at)) || digitAt(at))) {
      at++;
    }
    String name = sql.substring(start + 1, at);
    if (name.isEmpty() || Ascii.isDigit(name.charAt(0))) {
      at = start;
      throw refusal("E0504", "a `:` that is not a bind: binds are `?` or `:name`");
    }
    tokens.add(new Token(Kind.BIND, name, name, start));
  }

  private void operator(char c) throws SqlRefusal {
    int start = at;
    if (PUNCTUATION.indexOf(c) >= 0) {
      nested += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (nested > MOST_NESTED) {
        throw refusal("E0501", "parentheses nested deeper than " + MOST_NESTED);
      }
      if (nested < 0) {
        throw refusal("E0505", "a closing parenthesis without its beginning");
      }
      at++;
      tokens.add(new Token(Kind.OPERATOR, String.valueOf(c), String.valueOf(c), start));
      return;
    }
    int end = at;
    while (end < sql.length()
        && "+-*/<>=~!@#%^&|:".indexOf(sql.charAt(end)) >= 0
        && !sql.startsWith("--", end)
        && !sql.startsWith("/*", end)) {
      end++;
    }
    String run = sql.substring(start, end);
    while (!run.isEmpty()) {
      String rest = run;
      String operator =
          dialect.operators().stream().filter(rest::startsWith).findFirst().orElse("");
      // `=-1` is two operators, `|/` or `@@` may be anyone's: all must be known, and only a sign
      // may follow another operator without a space.
      boolean first = rest.length() == end - start;
      if (operator.isEmpty() || (!first && !operator.equals("-") && !operator.equals("+"))) {
        throw refusal("E0503", "`" + shown(c) + "` begins something that is not known here");
      }
      tokens.add(new Token(Kind.OPERATOR, operator, operator, at));
      at += operator.length();
      run = run.substring(operator.length());
    }
    if (at == start) {
      throw refusal("E0503", "`" + shown(c) + "` begins something that is not known here");
    }
  }

  private void add(Kind kind, String content) {
    tokens.add(new Token(kind, content, content, at));
  }

  private boolean digitAt(int place) {
    return Ascii.isDigit(sql.charAt(place));
  }

  private boolean afterName() {
    return at > 0
        && (Ascii.isLetter(sql.charAt(at - 1)) || "\"`])".indexOf(sql.charAt(at - 1)) >= 0);
  }

  private static String shown(char c) {
    return c > ' ' && c < 127 ? String.valueOf(c) : "U+%04X".formatted((int) c);
  }

  private SqlRefusal refusal(String code, String message) {
    return new SqlRefusal(code, at, message);
  }
}
