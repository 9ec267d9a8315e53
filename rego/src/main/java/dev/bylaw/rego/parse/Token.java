package dev.bylaw.rego.parse;

/**
 * A token.
 *
 * @param text of an identifier, number, comment or operator as written; of a string, its value
 * @param spaced whether white space or a comment stands before it
 * @param line counted from 0
 */
record Token(Kind kind, String text, int start, int end, boolean spaced, int line) {
  enum Kind {
    EOF("eof"),
    ILLEGAL("illegal"),
    IDENT("identifier"),
    NUMBER("number"),
    STRING("string"),
    RAW_STRING("string"),
    /** Opens an interpolated string; its text is the quote. */
    TEMPLATE("template string"),
    TEMPLATE_TEXT("template string"),
    TEMPLATE_EXPRESSION("{"),
    TEMPLATE_EXPRESSION_END("}"),
    TEMPLATE_END("template string"),
    LBRACK("["),
    RBRACK("]"),
    LBRACE("{"),
    RBRACE("}"),
    LPAREN("("),
    RPAREN(")"),
    COMMA(","),
    COLON(":"),
    SEMICOLON(";"),
    DOT("."),
    PLUS("plus"),
    MINUS("minus"),
    TIMES("mul"),
    DIVIDE("div"),
    REMAINDER("rem"),
    AND("and"),
    OR("or"),
    UNIFY("eq"),
    ASSIGN("assign"),
    EQUAL("equal"),
    NOT_EQUAL("neq"),
    LESS("lt"),
    LESS_EQUAL("lte"),
    GREATER("gt"),
    GREATER_EQUAL("gte");

    /** What messages call it; for operators also the name of the builtin. */
    final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  boolean is(String word) {
    return kind == Kind.IDENT && text.equals(word);
  }
}
