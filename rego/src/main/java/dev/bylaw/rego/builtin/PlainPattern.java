package dev.bylaw.rego.builtin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression of the kind that most policies write: characters and classes of them, counted,
 * between anchors, such as {@code \b\d{3}-\d{2}-\d{4}\b} or {@code ^[a-z]+-[0-9]+$}. Where each
 * count can only end in one place, a match is found without ever going back.
 *
 * <p>It knows when it is out of its depth: of other expressions there is none, and for texts beyond
 * ASCII, or for which it would take long, it says {@link Answer#ELSEWHERE}.
 */
final class PlainPattern {
  /** What is known of a text. */
  enum Answer {
    MATCHES,
    DIFFERS,
    ELSEWHERE
  }

  private static final int MOST_LONG = 4096;
  private static final int STEPS_OF_A_CHARACTER = 16;
  private static final int FEWEST_STEPS = 512;

  /**
   * Characters of a kind, so many of them.
   *
   * @param boundary whether a word begins or ends behind them
   */
  record Item(AsciiSet set, int least, int most, boolean boundary) {
    Item bounded() {
      return new Item(set, least, most, true);
    }
  }

  private final Item[] items;
  private final boolean fromStart;
  private final boolean toEnd;

  /** What a match begins with; null if it may be anything. */
  private final @Nullable AsciiSet first;

  private PlainPattern(List<Item> items, boolean fromStart, boolean toEnd) {
    this.items = items.toArray(new Item[0]);
    this.fromStart = fromStart;
    this.toEnd = toEnd;
    int i = 0;
    while (i < this.items.length && this.items[i].most == 0) {
      i++;
    }
    this.first = i < this.items.length && this.items[i].least > 0 ? this.items[i].set : null;
  }

  /** The expression, or null if it is not of this kind. It must be one that RE2 takes. */
  static @Nullable PlainPattern of(String expression) {
    var reader = new PlainPatternReader(expression);
    List<Item> items = reader.items();
    return items == null || !isCertain(items)
        ? null
        : new PlainPattern(new ArrayList<>(items), reader.fromStart(), reader.toEnd());
  }

  /** Whether each count of characters can only end where they do. */
  private static boolean isCertain(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (item.least == item.most) {
        continue;
      }
      if (item.boundary && (item.least == 0 || !item.set.isAllOrNoWord())) {
        return false;
      }
      for (int next = i + 1; next < items.size(); next++) {
        if (item.set.meets(items.get(next).set)) {
          return false;
        }
        if (items.get(next).least > 0) {
          break;
        }
      }
    }
    return true;
  }

  /** Whether the text has a match somewhere. */
  Answer in(String text) {
    int length = text.length();
    if (length > MOST_LONG) {
      return Answer.ELSEWHERE;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) >= AsciiSet.SIZE) {
        return Answer.ELSEWHERE;
      }
    }
    int steps = length * STEPS_OF_A_CHARACTER + FEWEST_STEPS;
    for (int start = 0; start <= (fromStart ? 0 : length); start++) {
      if (first != null && (start == length || !first.has(text.charAt(start)))) {
        continue;
      }
      int end = end(text, start);
      if (end >= 0) {
        return Answer.MATCHES;
      }
      steps += end; // What is less than nothing says how far the attempt went.
      if (steps < 0) {
        return Answer.ELSEWHERE;
      }
    }
    return Answer.DIFFERS;
  }

  /**
   * Where the match ends that begins at a place; if there is none, less than 0 by the work done.
   */
  private int end(String text, int start) {
    int at = start;
    for (int i = 0; i < items.length; i++) {
      Item item = items[i];
      int most = (int) Math.min(text.length(), (long) at + item.most);
      int from = at;
      while (at < most && item.set.has(text.charAt(at))) {
        at++;
      }
      if (at - from < item.least || (item.boundary && !isBoundary(text, at))) {
        return start - at - i - 1;
      }
    }
    return toEnd && at < text.length() ? start - at - items.length - 1 : at;
  }

  private static boolean isBoundary(String text, int at) {
    boolean before = at > 0 && AsciiSet.WORD.has(text.charAt(at - 1));
    boolean behind = at < text.length() && AsciiSet.WORD.has(text.charAt(at));
    return before != behind;
  }
}
