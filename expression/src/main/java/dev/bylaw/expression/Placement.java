package dev.bylaw.expression;

import dev.bylaw.syntax.Span;

/**
 * Where each character of a condition stands in the file it was read from.
 *
 * <p>The file may quote, escape or fold the text (a YAML or JSON scalar). The text is followed
 * through the scalar as far as it can be; where that fails, everything stands at the scalar as a
 * whole.
 */
final class Placement {
  private final Span scalar;

  /** The offset in the source for each offset of the text and the one behind; empty if unknown. */
  private final int[] offsets;

  private Placement(Span scalar, int[] offsets) {
    this.scalar = scalar;
    this.offsets = offsets;
  }

  static Placement of(String text, Span scalar) {
    String written = scalar.text();
    int[] offsets = new int[text.length() + 1];
    int exact = written.indexOf(text);
    if (exact >= 0) {
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = scalar.start() + exact + i;
      }
      return new Placement(scalar, offsets);
    }
    return new Placement(scalar, follow(text, written, scalar.start(), offsets));
  }

  private static int[] follow(String text, String written, int base, int[] offsets) {
    int at = scalarStart(written);
    char quote = at < written.length() && at > 0 ? written.charAt(at - 1) : 0;
    for (int i = 0; i < text.length(); i++) {
      char wanted = text.charAt(i);
      if (Character.isWhitespace(wanted)) {
        at = offset(written, at, base, offsets, i);
        boolean more = i + 1 < text.length() && Character.isWhitespace(text.charAt(i + 1));
        at = more ? Math.min(at + 1, written.length()) : skipBlanks(written, at);
        continue;
      }
      at = skipBlanks(written, at);
      offsets[i] = base + at;
      int used = used(written, at, wanted, quote);
      if (used == 0) {
        return new int[0];
      }
      at += used;
    }
    offsets[text.length()] = base + at;
    return offsets;
  }

  private static int offset(String written, int at, int base, int[] offsets, int i) {
    offsets[i] = base + at;
    boolean escaped = written.startsWith("\\n", at) || written.startsWith("\\t", at);
    return escaped ? at + 2 : at;
  }

  /** Behind the opening quote, or behind the line of a block scalar's header. */
  private static int scalarStart(String written) {
    if (written.startsWith("\"") || written.startsWith("'")) {
      return 1;
    }
    if (written.startsWith("|") || written.startsWith(">")) {
      return Math.max(0, written.indexOf('\n') + 1);
    }
    return 0;
  }

  private static int skipBlanks(String written, int from) {
    int at = from;
    while (at < written.length() && Character.isWhitespace(written.charAt(at))) {
      at++;
    }
    return at;
  }

  /** How many written characters stand for the wanted one; 0 if they do not. */
  private static int used(String written, int at, char wanted, char quote) {
    if (at >= written.length()) {
      return 0;
    }
    char c = written.charAt(at);
    if (quote == '\'' && c == '\'') {
      return wanted == '\'' && written.startsWith("''", at) ? 2 : 0;
    }
    if (quote == '"' && c == '\\' && at + 1 < written.length()) {
      char escape = written.charAt(at + 1);
      if (escape == wanted) {
        return 2;
      }
      int digits = escape == 'u' ? 4 : escape == 'x' ? 2 : 0;
      return digits > 0 && at + 2 + digits <= written.length() ? 2 + digits : 0;
    }
    return c == wanted ? 1 : 0;
  }

  /** The place of a range of the text. */
  Span span(int start, int end) {
    if (offsets.length == 0) {
      return scalar;
    }
    int from = offsets[Math.clamp(start, 0, offsets.length - 1)];
    int to = end <= start ? from : offsets[Math.clamp(end - 1, 0, offsets.length - 1)] + 1;
    return scalar.source().span(from, Math.clamp(to, from, scalar.source().text().length()));
  }
}
