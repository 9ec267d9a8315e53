package dev.bylaw.content;

import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text made plain, with the way back: invisible characters and combining marks are dropped,
 * compatibility forms (full-width letters, circled digits) and the digits, dashes and spaces of all
 * scripts become their ASCII counterparts, and words that only pretend to be Latin (a Cyrillic "о"
 * in "jоhn") become Latin. A text that is plain already shares its characters.
 */
final class PlainText {
  private final String text;
  // Where each plain character came from; null when the text is its own plain form.
  private final int @Nullable [] starts;
  private final int @Nullable [] ends;

  PlainText(String text, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  static PlainText of(String original) {
    int i = 0;
    while (i < original.length() && isPlain(original.charAt(i))) {
      i++;
    }
    return i == original.length()
        ? new PlainText(original, null, null)
        : new Maker(original).make();
  }

  /** The plain form of a text whose characters came from these places of another. */
  static PlainText of(String text, int[] starts, int[] ends) {
    PlainText plain = of(text);
    int length = plain.text.length();
    int[] originalStarts = new int[length];
    int[] originalEnds = new int[length];
    for (int i = 0; i < length; i++) {
      originalStarts[i] = starts[plain.originalStart(i)];
      originalEnds[i] = ends[plain.originalEnd(i + 1) - 1];
    }
    return new PlainText(plain.text, originalStarts, originalEnds);
  }

  /** A text that was hidden as a whole in {@code start..end} of the original. */
  static PlainText hidden(String text, int start, int end) {
    String plain = of(text).text;
    int[] starts = new int[plain.length()];
    int[] ends = new int[plain.length()];
    Arrays.fill(starts, start);
    Arrays.fill(ends, end);
    return new PlainText(plain, starts, ends);
  }

  String text() {
    return text;
  }

  int originalStart(int index) {
    return starts == null ? index : starts[index];
  }

  /** The original offset after the plain character before {@code index}. */
  int originalEnd(int index) {
    return ends == null ? index : ends[index - 1];
  }

  private static boolean isPlain(char c) {
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t';
  }

  /** Builds the plain form in one pass over the characters and one over the words. */
  private static final class Maker {
    private static final char SYMBOL = '\u25a0';

    private final String original;
    private final StringBuilder plain;
    private int[] starts;
    private int[] ends;

    Maker(String original) {
      this.original = original;
      this.plain = new StringBuilder(original.length());
      this.starts = new int[original.length()];
      this.ends = new int[original.length()];
    }

    PlainText make() {
      for (int i = 0; i < original.length(); ) {
        char c = original.charAt(i);
        if (isPlain(c)) {
          add(c, i, i + 1);
          i++;
        } else {
          int point = original.codePointAt(i);
          int next = i + Character.charCount(point);
          addPlain(point, i, next);
          i = next;
        }
      }
      foldLookAlikes();
      int length = plain.length();
      return new PlainText(
          plain.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
    }

    private void add(char c, int start, int end) {
      int length = plain.length();
      if (length == starts.length) {
        starts = Arrays.copyOf(starts, length * 2 + 16);
        ends = Arrays.copyOf(ends, length * 2 + 16);
      }
      plain.append(c);
      starts[length] = start;
      ends[length] = end;
    }

    private void addPlain(int point, int start, int end) {
      switch (Character.getType(point)) {
        case Character.FORMAT, Character.UNASSIGNED -> {}
        case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> {
          // A mark goes with its letter; variation selectors are marks too.
          if (!plain.isEmpty()) {
            ends[plain.length() - 1] = end;
          }
        }
        case Character.DECIMAL_DIGIT_NUMBER ->
            add((char) ('0' + Character.digit(point, 10)), start, end);
        case Character.DASH_PUNCTUATION -> add('-', start, end);
        case Character.SPACE_SEPARATOR -> add(' ', start, end);
        case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> add('\n', start, end);
        case Character.CONTROL -> addControl(point, start, end);
        default -> addDecomposed(point, start, end);
      }
    }

    private void addControl(int point, int start, int end) {
      if (point == '\r' || point == 0x0b || point == 0x0c || point == 0x85) {
        add('\n', start, end);
      } else {
        add(' ', start, end);
      }
    }

    private void addDecomposed(int point, int start, int end) {
      if (isIgnorable(point)) {
        return;
      }
      char known = LookAlikes.punctuation(point);
      if (known != 0) {
        add(known, start, end);
        return;
      }
      // Hangul and the ideographs stay whole: nothing is hidden in them, and they are many.
      if (point >= 0x3400 && point <= 0xd7ff) {
        add((char) point, start, end);
        return;
      }
      String forms = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD);
      if (!Character.isLetterOrDigit(point) && Character.isSurrogate(forms.charAt(0))) {
        // An emoji must not look like a part of the word that it touches.
        add(SYMBOL, start, end);
        return;
      }
      for (int i = 0; i < forms.length(); i++) {
        char c = forms.charAt(i);
        int type = Character.getType(c);
        if (type == Character.DECIMAL_DIGIT_NUMBER) {
          add((char) ('0' + Character.digit(c, 10)), start, end);
        } else if (c == 0x2044) {
          add('/', start, end);
        } else if (type != Character.NON_SPACING_MARK && type != Character.FORMAT) {
          add(c, start, end);
        }
      }
    }

    private static boolean isIgnorable(int point) {
      // Fillers that are letters or symbols by category, yet show nothing.
      return point == 0x115f
          || point == 0x1160
          || point == 0x3164
          || point == 0xffa0
          || point == 0x2800
          || (point >= 0xfff0 && point <= 0xfff8);
    }

    /**
     * A word that mixes Latin with look-alikes, holds digits beside them, or consists of nothing
     * but look-alikes becomes Latin; an honest word of another script has a letter that looks like
     * no Latin one and stays.
     */
    private void foldLookAlikes() {
      int length = plain.length();
      for (int i = 0; i < length; ) {
        if (!Character.isLetterOrDigit(plain.charAt(i))) {
          i++;
          continue;
        }
        int start = i;
        boolean latin = false;
        boolean alike = false;
        boolean honest = false;
        for (; i < length && Character.isLetterOrDigit(plain.charAt(i)); i++) {
          char c = plain.charAt(i);
          if (c < 0x80) {
            latin = true;
          } else if (LookAlikes.letter(c) != 0) {
            alike = true;
          } else {
            honest = true;
          }
        }
        if (alike && (latin || !honest)) {
          for (int k = start; k < i; k++) {
            char folded = LookAlikes.letter(plain.charAt(k));
            if (folded != 0) {
              plain.setCharAt(k, folded);
            }
          }
        }
      }
    }
  }
}
