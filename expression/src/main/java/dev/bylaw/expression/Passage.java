package dev.bylaw.expression;

import dev.bylaw.syntax.Span;

/** The text of an expression and where it stands in its file. */
final class Passage {
  private final String text;
  private final Tokens tokens;
  private final Placement placement;

  /** Whether code points and UTF-16 units are counted alike. */
  private final boolean isPlain;

  Passage(String text, Span scalar) {
    this.text = text;
    this.tokens = new Tokens(text);
    this.placement = Placement.of(text, scalar);
    this.isPlain = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  String text() {
    return text;
  }

  Tokens tokens() {
    return tokens;
  }

  /** The offset of a place that dev.cel names, which counts code points. */
  int offset(int codePoint) {
    int within = Math.clamp(codePoint, 0, text.length());
    return isPlain || within > text.codePointCount(0, text.length())
        ? within
        : text.offsetByCodePoints(0, within);
  }

  /** A range of the text as a place in the file. */
  Span span(int start, int end) {
    return placement.span(start, end);
  }

  /** A token's place; the end of the text where there is no such token. */
  Span token(int token) {
    return token < 0 || token >= tokens.count()
        ? span(text.length(), text.length())
        : span(tokens.start(token), tokens.end(token));
  }

  Span whole() {
    return tokens.count() == 0
        ? span(0, text.length())
        : span(tokens.start(0), tokens.end(tokens.count() - 1));
  }
}
