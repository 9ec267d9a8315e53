package dev.bylaw.actions.sql;

/**
 * A piece of SQL.
 *
 * @param kind what it is
 * @param text a word in lower case, the content of quotes, a number or operator as it stands, the
 *     name of a bind (empty for {@code ?})
 * @param written the word as it was written; else the same as {@code text}
 * @param start where it stands in the text, in UTF-16 units
 */
record Token(Kind kind, String text, String written, int start) {
  /** What a token is. */
  enum Kind {
    WORD,
    QUOTED,
    STRING,
    NUMBER,
    BIND,
    OPERATOR
  }

  /** Whether it is this word, in whatever case, outside quotes. */
  boolean is(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Whether it is this operator or punctuation. */
  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** Whether it can name something. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** The token in SQL that every reader of this dialect reads alike. */
  String sql() {
    return switch (kind) {
      case WORD, NUMBER, OPERATOR -> written;
      case QUOTED -> '"' + text.replace("\"", "\"\"") + '"';
      case STRING -> "'" + text.replace("'", "''") + "'";
      case BIND -> "?";
    };
  }
}
