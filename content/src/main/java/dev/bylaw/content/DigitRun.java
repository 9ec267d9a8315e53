package dev.bylaw.content;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of groups of digits, set apart by the signs of telephone numbers, that could be one. */
final class DigitRun {
  private static final int FEWEST_DIGITS = 7;
  private static final int MOST_DIGITS = 19;
  private static final int LONGEST = 40;
  private static final List<String> EXTENSIONS = List.of("extension", "ext.", "ext", "x", "#");

  final int start;
  final int groups;

  /** The offset after each group. */
  final int[] ends;

  /** The digits up to the end of each group. */
  final int[] counts;

  /** The digits of each group. */
  final int[] sizes;

  /** One sign for each gap between groups; a bracket where there is any. */
  final String separators;

  /** The offset after an extension ({@code x123}), or -1. */
  final int extension;

  private DigitRun(
      int start,
      int groups,
      int[] ends,
      int[] counts,
      int[] sizes,
      String separators,
      int extension) {
    this.start = start;
    this.groups = groups;
    this.ends = Arrays.copyOf(ends, groups);
    this.counts = Arrays.copyOf(counts, groups);
    this.sizes = Arrays.copyOf(sizes, groups);
    this.separators = separators;
    this.extension = extension;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static @Nullable DigitRun at(String text, int start) {
    if (start > 0) {
      char before = text.charAt(start - 1);
      if (Words.isWordPart(before) || before == '$' || before == '€' || before == '£') {
        return null;
      }
      boolean joins = before == '.' || before == '-' || before == '/' || before == '_';
      if (joins && start > 1 && Words.isWordPart(text.charAt(start - 2))) {
        return null;
      }
    }
    int[] ends = new int[12];
    int[] counts = new int[12];
    int[] sizes = new int[12];
    StringBuilder separators = new StringBuilder();
    int groups = 0;
    int digits = 0;
    int limit = Math.min(text.length(), start + LONGEST);
    int i = start;
    int groupStart = -1;
    int gap = start;
    for (; i <= limit; i++) {
      char c = i < limit ? text.charAt(i) : '\0';
      if (isDigit(c)) {
        if (groupStart < 0) {
          groupStart = i;
          if (groups > 0) {
            separators.append(separatorIn(text, gap, i));
          }
        }
        digits++;
        continue;
      }
      if (groupStart >= 0) {
        if (groups == 12 || digits > MOST_DIGITS) {
          break;
        }
        ends[groups] = i;
        counts[groups] = digits;
        sizes[groups] = i - groupStart;
        groups++;
        groupStart = -1;
        gap = i;
      }
      if (i >= limit || " ()-./+".indexOf(c) < 0 || i - gap > 3 || (c == '+' && i > start + 1)) {
        break;
      }
    }
    if (groups == 0 || counts[groups - 1] < FEWEST_DIGITS) {
      return null;
    }
    return new DigitRun(
        start,
        groups,
        ends,
        counts,
        sizes,
        separators.toString(),
        extension(text, ends[groups - 1]));
  }

  private static char separatorIn(String text, int from, int to) {
    char found = ' ';
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '(' || c == ')') {
        return '(';
      }
      if (c != ' ') {
        found = c;
      }
    }
    return found;
  }

  private static int extension(String text, int from) {
    int i = from;
    while (i < text.length() && i - from < 2 && (text.charAt(i) == ' ' || text.charAt(i) == ',')) {
      i++;
    }
    if (i == text.length() || "eExX#".indexOf(text.charAt(i)) < 0) {
      return -1;
    }
    for (String word : EXTENSIONS) {
      if (text.regionMatches(true, i, word, 0, word.length())) {
        int digits = i + word.length();
        while (digits < text.length() && digits - i < 12 && text.charAt(digits) == ' ') {
          digits++;
        }
        int end = digits;
        while (end < text.length() && isDigit(text.charAt(end))) {
          end++;
        }
        boolean whole = end == text.length() || !Words.isWordPart(text.charAt(end));
        return end > digits && end - digits <= 6 && whole ? end : -1;
      }
    }
    return -1;
  }

  boolean international(String text) {
    if (text.charAt(start) == '+' || text.startsWith("(+", start)) {
      return true;
    }
    return text.startsWith("00", start) && counts[0] > 2 && !goesOn(text);
  }

  /** The offset after the last group. */
  int end() {
    return ends[groups - 1];
  }

  /** Whether anything but a word near it could make it a telephone number. */
  boolean speaksForItself(String text) {
    if (text.charAt(start) == '+') {
      return true;
    }
    if (separators.indexOf('(') >= 0 || text.charAt(start) == '(') {
      return true;
    }
    return (text.charAt(start) == '0' && !goesOn(text))
        || (sizes[0] == 3 && groups > 2)
        || (groups > 3 && sizes[1] == 3);
  }

  /** Whether it is the rest of a longer row of digits, where 0 and 00 are no prefixes. */
  boolean goesOn(String text) {
    return start > 1 && text.charAt(start - 1) == ' ' && isDigit(text.charAt(start - 2));
  }
}
