package dev.bylaw.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles patterns of {@code matches}: RE2, which is linear in the text, and no pattern whose
 * counted repetitions, {@code ((a{1000}){1000}){1000}}, unfold to a program that fills the heap.
 */
final class Patterns {
  /** Characters of a pattern. */
  static final int LONGEST = 1_000;

  /** Instructions of a compiled pattern. */
  private static final int MOST = 5_000;

  private Patterns() {}

  /**
   * The compiled pattern.
   *
   * @throws PatternSyntaxException if it is none, or too large
   */
  static Pattern compile(String text) {
    if (text.length() > LONGEST || unfolded(text) > MOST) {
      throw new PatternSyntaxException("too large", text);
    }
    Pattern pattern = Pattern.compile(text);
    if (pattern.programSize() > MOST) {
      throw new PatternSyntaxException("too large", text);
    }
    return pattern;
  }

  /** What a search for the pattern in a text may cost, in steps of the budget. */
  static long cost(Pattern pattern, int length) {
    return 1 + ((long) length * pattern.programSize() >> 3);
  }

  /** About how many items the pattern has when its counted repetitions are written out. */
  private static long unfolded(String text) {
    Deque<Long> outer = new ArrayDeque<>();
    long total = 0;
    long item = 0;
    for (int i = 0; i < text.length() && total <= MOST; i++) {
      switch (text.charAt(i)) {
        case '(' -> {
          outer.push(total);
          total = 0;
          item = 0;
        }
        case ')' -> {
          item = total + 2;
          total = item + (outer.isEmpty() ? 0 : outer.pop());
        }
        case '{' -> {
          long times = most(text, i);
          total += item * (times - 1);
          item *= times;
        }
        case '[' -> {
          i = classEnd(text, i);
          item = 1;
          total++;
        }
        case '\\' -> {
          i++;
          item = 1;
          total++;
        }
        default -> {
          item = 1;
          total++;
        }
      }
    }
    return outer.stream().mapToLong(Long::longValue).sum() + total;
  }

  /** The larger number in braces, at least 1; not more than RE2 takes. */
  private static long most(String text, int brace) {
    long most = 1;
    long number = 0;
    for (int i = brace + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.min(number * 10 + c - '0', 1_000);
        most = Math.max(most, number);
      } else if (c == ',') {
        number = 0;
      } else {
        break;
      }
    }
    return most;
  }

  private static int classEnd(String text, int open) {
    int i = open + 1;
    while (i < text.length() && (text.charAt(i) == '^' || text.charAt(i) == ']')) {
      i++;
    }
    while (i < text.length() && text.charAt(i) != ']') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }
}
