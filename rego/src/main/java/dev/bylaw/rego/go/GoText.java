package dev.bylaw.rego.go;

/** Texts in quotes, as Go's {@code strconv} writes them. */
public final class GoText {
  private GoText() {}

  /** In double quotes; what cannot be printed is escaped. */
  public static String quote(String text) {
    return quote(text, '"', false);
  }

  /**
   * In quotes.
   *
   * @param quote single or double
   * @param ascii whether everything beyond ASCII is escaped as well
   */
  public static String quote(String text, char quote, boolean ascii) {
    var out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> write(c, quote, ascii, out));
    return out.append(quote).toString();
  }

  private static void write(int c, char quote, boolean ascii, StringBuilder out) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
      return;
    }
    if (c < 0x7f ? c >= ' ' : !ascii && isPrintable(c)) {
      out.appendCodePoint(c);
      return;
    }
    int known = "\u0007\b\f\n\r\t\u000b".indexOf(c);
    if (known >= 0) {
      out.append('\\').append("abfnrtv".charAt(known));
    } else if (c < ' ' || c == 0x7f) {
      out.append(String.format("\\x%02x", c));
    } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      out.append("\\ufffd");
    } else {
      out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
    }
  }

  /** Whether it is a letter, a mark, a digit, a sign or a symbol; of spaces, only the usual one. */
  public static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
