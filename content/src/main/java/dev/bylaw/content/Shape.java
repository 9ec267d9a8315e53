package dev.bylaw.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an identifier looks like once its separators are gone, as one set of characters for each
 * position. Written as a small pattern: {@code 9} a digit, {@code A} a letter, {@code *} either,
 * {@code [X-Z]} one of these, each with an optional <code>{n}</code> or <code>{m,n}</code>; a
 * pattern with a range is several shapes.
 */
final class Shape {
  static final int LONGEST = 34;
  private static final long DIGITS = (1L << 10) - 1;
  private static final long LETTERS = (1L << 36) - 1 - DIGITS;

  private final long[] sets;
  private final boolean digitsOnly;

  private Shape(long[] sets) {
    this.sets = sets;
    this.digitsOnly = Arrays.stream(sets).allMatch(set -> set == DIGITS);
  }

  /** The shapes that {@code patterns}, separated by {@code |}, stand for. */
  static List<Shape> of(String patterns) {
    List<Shape> shapes = new ArrayList<>();
    for (String pattern : patterns.split("\\|", -1)) {
      List<long[]> open = new ArrayList<>(List.of(new long[0]));
      for (int i = 0; i < pattern.length(); ) {
        int end = pattern.charAt(i) == '[' ? pattern.indexOf(']', i) + 1 : i + 1;
        long set = set(pattern.substring(i, end));
        i = end;
        int low = 1;
        int high = 1;
        if (i < pattern.length() && pattern.charAt(i) == '{') {
          int close = pattern.indexOf('}', i);
          String[] range = pattern.substring(i + 1, close).split(",", -1);
          low = Integer.parseInt(range[0]);
          high = Integer.parseInt(range[range.length - 1]);
          i = close + 1;
        }
        open = repeated(open, set, low, high);
      }
      open.forEach(sets -> shapes.add(new Shape(sets)));
    }
    return List.copyOf(shapes);
  }

  private static List<long[]> repeated(List<long[]> prefixes, long set, int low, int high) {
    List<long[]> longer = new ArrayList<>();
    for (long[] prefix : prefixes) {
      for (int n = low; n <= high; n++) {
        long[] sets = Arrays.copyOf(prefix, prefix.length + n);
        Arrays.fill(sets, prefix.length, sets.length, set);
        if (sets.length > LONGEST) {
          throw new IllegalArgumentException("a shape of more than " + LONGEST);
        }
        longer.add(sets);
      }
    }
    return longer;
  }

  private static long set(String one) {
    return switch (one) {
      case "9" -> DIGITS;
      case "A" -> LETTERS;
      case "*" -> DIGITS | LETTERS;
      default -> {
        if (!one.startsWith("[") || one.length() < 3) {
          throw new IllegalArgumentException("unknown shape `" + one + "`");
        }
        long set = 0;
        for (int i = 1; i < one.length() - 1; i++) {
          char from = one.charAt(i);
          char to = from;
          if (i + 2 < one.length() - 1 && one.charAt(i + 1) == '-') {
            to = one.charAt(i + 2);
            i += 2;
          }
          for (char c = from; c <= to; c++) {
            set |= 1L << symbol(c);
          }
        }
        yield set;
      }
    };
  }

  /** The number of an upper-case letter or digit, or 63 for anything else. */
  static int symbol(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 63;
  }

  int length() {
    return sets.length;
  }

  /** Whether as many characters as this shape has fit, so many of which are digits. */
  boolean matches(char[] compact, int digits) {
    return digitsOnly ? digits == sets.length : matches(compact);
  }

  private boolean matches(char[] compact) {
    for (int i = 0; i < sets.length; i++) {
      if ((sets[i] >>> symbol(compact[i]) & 1) == 0) {
        return false;
      }
    }
    return true;
  }
}
