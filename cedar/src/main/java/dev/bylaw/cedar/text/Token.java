package dev.bylaw.cedar.text;

/**
 * A token.
 *
 * @param kind what it is
 * @param text its characters
 * @param start offset of the first one
 * @param end offset after the last one
 */
public record Token(Kind kind, String text, int start, int end) {
  /** What a token is. */
  public enum Kind {
    WORD,
    NUMBER,
    STRING,
    SLOT,
    SYMBOL,
    /** Something that no token begins with; it has been reported. */
    BAD,
    END
  }

  /** Whether it is that symbol. */
  public boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether it is that word. */
  public boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** What messages call it. */
  public String shown() {
    return kind == Kind.END
        ? "the end"
        : "`" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "`";
  }
}
