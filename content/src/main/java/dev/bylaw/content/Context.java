package dev.bylaw.content;

import org.jspecify.annotations.Nullable;

/**
 * The words around a candidate, on both sides and in the name of its field, as evidence for what it
 * is. A line break counts as several words, so that the next row of a table speaks less.
 */
final class Context {
  static final int WORDS_BEFORE = 8;
  static final int WORDS_AFTER = 5;
  private static final int LINE_BREAK = 4;

  private Context() {}

  /** A term found near a candidate. */
  record Near(String term, int words, int characters, boolean before) {
    String explanation() {
      return "context word \"%s\" %d characters %s"
          .formatted(term, characters, before ? "before" : "after");
    }
  }

  /**
   * The nearest of {@code terms} around the words {@code first..last}; before goes before after.
   */
  static @Nullable Near nearest(Terms terms, Words words, int first, int last) {
    if (terms == Terms.NONE) {
      return null;
    }
    Near before = before(terms, words, first, WORDS_BEFORE);
    if (before != null && before.words <= 2) {
      return before;
    }
    Near after = after(terms, words, last);
    if (before == null) {
      return after;
    }
    return after == null || before.words <= after.words + 2 ? before : after;
  }

  /** The nearest of {@code terms} within so many words before the word {@code first}. */
  static @Nullable Near before(Terms terms, Words words, int first, int reach) {
    int distance = 0;
    int at = words.start(Math.min(first, words.size() - 1));
    for (int i = first - 1; i >= 0; i--) {
      distance += 1 + lineBreaks(words, words.end(i), words.start(i + 1));
      if (distance > reach) {
        return null;
      }
      String term = terms.at(words, i);
      if (term != null) {
        return new Near(term, distance, at - words.start(i), true);
      }
    }
    return null;
  }

  private static @Nullable Near after(Terms terms, Words words, int last) {
    int distance = 0;
    for (int i = last + 1; i < words.size(); i++) {
      distance += 1 + lineBreaks(words, words.end(i - 1), words.start(i));
      if (distance > WORDS_AFTER) {
        return null;
      }
      String term = terms.at(words, i);
      if (term != null) {
        return new Near(term, distance, words.start(i) - words.end(last), false);
      }
    }
    return null;
  }

  private static int lineBreaks(Words words, int from, int to) {
    if (to - from > 80) {
      return 2 * LINE_BREAK;
    }
    int breaks = 0;
    for (int i = from; i < to && breaks < 2; i++) {
      if (words.text().charAt(i) == '\n') {
        breaks++;
      }
    }
    return breaks * LINE_BREAK;
  }
}
