package dev.bylaw.syntax;

/** Draws a diagnostic with its source line and a caret under the place. */
final class Caret {
  /** Source lines are cut to a window of this many code points round the place. */
  private static final int WIDTH = 120;

  private Caret() {}

  static String render(Diagnostic diagnostic) {
    var out = new StringBuilder();
    out.append(diagnostic.span()).append(": ").append(diagnostic.code()).append(": ");
    if (!diagnostic.isError()) {
      out.append("warning: ");
    }
    out.append(printable(diagnostic.message()));
    underline(out, diagnostic.span(), diagnostic.hint());
    for (Diagnostic.Note note : diagnostic.notes()) {
      out.append("\n  ").append(note.span()).append(": ").append(printable(note.message()));
    }
    return out.toString();
  }

  private static void underline(StringBuilder out, Span span, String hint) {
    if (span.source().text().isEmpty()) {
      // There is nothing to point at: a file that is empty or could not be read as text.
      if (!hint.isEmpty()) {
        out.append("\n  ").append(printable(hint));
      }
      return;
    }
    // What is far away on a long line is never shown, so it is not looked at either.
    String text = span.source().text();
    Span around = span.source().onLine(span.start(), 3 * WIDTH);
    int[] line = printable(around.text()).codePoints().toArray();
    int from = Math.min(text.codePointCount(around.start(), span.start()), line.length);
    int length = span.source().text().codePointCount(span.start(), span.end());
    int to = Math.max(from + 1, Math.min(from + length, line.length));
    int windowStart = line.length <= WIDTH ? 0 : Math.max(0, from - WIDTH / 3);
    int windowEnd = Math.min(line.length, windowStart + WIDTH);
    to = Math.min(to, Math.max(windowEnd, from + 1));
    // Leading blanks carry nothing; dropping them keeps the caret near the margin.
    while (windowStart < from && windowStart < line.length && line[windowStart] == ' ') {
      windowStart++;
    }
    out.append("\n  ").append(new String(line, windowStart, Math.max(0, windowEnd - windowStart)));
    out.append("\n  ").repeat(' ', from - windowStart).repeat('^', to - from);
    if (!hint.isEmpty()) {
      out.append(' ').append(printable(hint));
    }
  }

  /** Control characters as blanks, so that a hostile file cannot drive the terminal. */
  private static String printable(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isHarmless(c) ? c : ' '));
    return out.toString();
  }

  private static boolean isHarmless(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
