package dev.bylaw.playbook.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where the holes of an SQL statement stand: only where a value can stand may a bind parameter be.
 *
 * <p>A tokenizer for the common ground of SQL dialects: quotes ({@code '…'}, {@code E'…'}, {@code
 * "…"}, {@code `…`}), dollar quotes, comments (nested too). Whatever is in doubt counts as no place
 * for a value: the statement is refused, never sent with a value in the wrong place.
 */
final class SqlShape {
  /** Stands for a hole in the scanned text; a noncharacter, which no statement has. */
  static final char HOLE = '\uFDD2';

  /** Where a hole stands, or what else is wrong. */
  enum Place {
    VALUE,
    QUOTED,
    COMMENTED,
    IDENTIFIER
  }

  /**
   * What came of it.
   *
   * @param holes the place of each hole, in order
   * @param placeholder whether the statement has a {@code ?} of its own
   * @param unclosed whether a quote or comment is not closed
   */
  record Shape(List<Place> holes, boolean placeholder, boolean unclosed) {}

  /** Behind these words stands a value. */
  private static final Set<String> BEFORE_VALUE =
      Set.of(
          "ALL",
          "AND",
          "ANY",
          "BETWEEN",
          "CASE",
          "DISTINCT",
          "DIV",
          "ELSE",
          "ESCAPE",
          "FETCH",
          "FIRST",
          "FOR",
          "GLOB",
          "HAVING",
          "ILIKE",
          "IS",
          "LIKE",
          "LIMIT",
          "MATCH",
          "MOD",
          "NEXT",
          "NOT",
          "OFFSET",
          "ON",
          "OR",
          "REGEXP",
          "RETURNING",
          "RLIKE",
          "SELECT",
          "SOME",
          "THEN",
          "TOP",
          "WHEN",
          "WHERE",
          "XOR",
          "ZONE");

  private static final Set<String> CLAUSES =
      Set.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP",
          "ORDER",
          "HAVING",
          "LIMIT",
          "OFFSET",
          "VALUES",
          "SET",
          "INTO",
          "JOIN",
          "ON",
          "UPDATE",
          "RETURNING",
          "FETCH",
          "USING",
          "PARTITION",
          "WINDOW");

  /** A list in one of these clauses is one of tables or columns. */
  private static final Set<String> LISTS_OF_NAMES =
      Set.of("FROM", "JOIN", "GROUP", "ORDER", "INTO", "UPDATE", "USING", "PARTITION", "WINDOW");

  private static final String OPERATORS = "=<>!+-*/%|&^~@#";

  /** What is open: the statement or a parenthesis in it. */
  private static final class Frame {
    final boolean names;
    String clause = "";
    boolean selects;

    Frame(boolean names) {
      this.names = names;
    }
  }

  private final String sql;
  private final List<Place> holes = new ArrayList<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private boolean placeholder;
  private boolean unclosed;
  private int at;

  /** The token before: a word in upper case, one character, {@code v} for a value, or nothing. */
  private String before = "";

  private SqlShape(String sql) {
    this.sql = sql;
  }

  /** The shape of a statement with {@link #HOLE} in place of each hole. */
  static Shape of(String sql) {
    var shape = new SqlShape(sql);
    shape.frames.push(new Frame(false));
    while (shape.at < sql.length()) {
      shape.token();
    }
    return new Shape(shape.holes, shape.placeholder, shape.unclosed);
  }

  private void token() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (c == HOLE) {
      holes.add(place());
      at++;
      before = "v";
    } else if (c == '\'') {
      boolean escapes = before.equals("E") && at > 0 && isWord(sql.charAt(at - 1));
      quoted(c, escapes, Place.QUOTED);
      before = "v";
    } else if (c == '"' || c == '`') {
      quoted(c, false, Place.IDENTIFIER);
      before = "i";
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      skipTo(end < 0 ? sql.length() : end, Place.COMMENTED);
    } else if (sql.startsWith("/*", at)) {
      comment();
    } else if (c == '$' && dollarTag() > 0) {
      dollarQuoted();
    } else if (isWord(c)) {
      word();
    } else {
      punctuation(c);
    }
  }

  private void punctuation(char c) {
    at++;
    switch (c) {
      case '(' ->
          frames.push(
              new Frame(frame().names || frame().clause.equals("INTO") || before.equals("USING")));
      case ')' -> {
        if (frames.size() > 1) {
          frames.pop();
        }
      }
      case ';' -> frame().clause = "";
      case '?' -> placeholder = true;
      default -> {}
    }
    before = String.valueOf(c);
  }

  private void word() {
    int start = at;
    while (at < sql.length() && isWord(sql.charAt(at))) {
      at++;
    }
    String word = sql.substring(start, at).toUpperCase(Locale.ROOT);
    boolean qualified = before.equals(".") || (at < sql.length() && sql.charAt(at) == '.');
    if (Character.isDigit(word.charAt(0))) {
      before = "v";
    } else {
      if (!qualified && CLAUSES.contains(word)) {
        frame().clause = word;
        frame().selects |= word.equals("SELECT");
      }
      before = qualified ? "i" : word;
    }
  }

  private void quoted(char quote, boolean escapes, Place inside) {
    int end = at + 1;
    while (end < sql.length()) {
      char c = sql.charAt(end);
      if (escapes && c == '\\') {
        end += 2;
      } else if (c == quote && end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
        end += 2;
      } else if (c == quote) {
        skipTo(end + 1, inside);
        return;
      } else {
        end++;
      }
    }
    unclosed = true;
    skipTo(sql.length(), inside);
  }

  private void comment() {
    int depth = 0;
    int end = at;
    do {
      if (sql.startsWith("/*", end)) {
        depth++;
        end += 2;
      } else if (sql.startsWith("*/", end)) {
        depth--;
        end += 2;
      } else {
        end++;
      }
    } while (depth > 0 && end < sql.length());
    unclosed |= depth > 0;
    skipTo(Math.min(end, sql.length()), Place.COMMENTED);
  }

  /** The length of the dollar quote's tag that begins here, or 0. */
  private int dollarTag() {
    if (at > 0 && isWord(sql.charAt(at - 1))) {
      return 0;
    }
    int end = at + 1;
    while (end < sql.length() && isWord(sql.charAt(end))) {
      end++;
    }
    boolean tagged = end == at + 1 || !Character.isDigit(sql.charAt(at + 1));
    return tagged && end < sql.length() && sql.charAt(end) == '$' ? end + 1 - at : 0;
  }

  private void dollarQuoted() {
    int length = dollarTag();
    int end = sql.indexOf(sql.substring(at, at + length), at + length);
    unclosed |= end < 0;
    skipTo(end < 0 ? sql.length() : end + length, Place.QUOTED);
    before = "v";
  }

  private void skipTo(int end, Place inside) {
    for (; at < end; at++) {
      if (sql.charAt(at) == HOLE) {
        holes.add(inside);
      }
    }
  }

  /** The place of the hole that begins here, outside quotes and comments. */
  private Place place() {
    if (touches(at - 1) || touches(at + 1) || frame().names) {
      return Place.IDENTIFIER;
    }
    char next = next();
    if (next == '(') {
      return Place.IDENTIFIER;
    }
    boolean fits =
        switch (before.isEmpty() ? ' ' : before.charAt(0)) {
          case '(' -> true;
          case ',' -> !LISTS_OF_NAMES.contains(frame().clause);
          case ':' -> false;
          default ->
              before.length() == 1 && OPERATORS.indexOf(before.charAt(0)) >= 0
                  || BEFORE_VALUE.contains(before)
                  // substring(x FROM ?), extract(day FROM ?): a FROM of no SELECT
                  || (before.equals("FROM") && frames.size() > 1 && !frame().selects);
        };
    boolean assigned =
        frame().clause.equals("SET") && next == '=' && (before.equals("SET") || before.equals(","));
    return fits && !assigned ? Place.VALUE : Place.IDENTIFIER;
  }

  private boolean touches(int index) {
    if (index < 0 || index >= sql.length()) {
      return false;
    }
    char c = sql.charAt(index);
    return isWord(c) || c == '.' || c == '"' || c == '`' || c == '\'' || c == '$' || c == HOLE;
  }

  private char next() {
    int i = at + 1;
    while (i < sql.length() && Character.isWhitespace(sql.charAt(i))) {
      i++;
    }
    return i < sql.length() ? sql.charAt(i) : ' ';
  }

  private Frame frame() {
    return frames.element();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
