package dev.bylaw.rego.builtin;

import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code regex.globs_match}: whether some text that is not empty matches both of two simple
 * patterns, of characters, {@code .}, {@code [a-z]}, {@code \x}, {@code *} and {@code +}.
 */
final class GlobOverlap {
  private static final int CHARACTERS = Character.MAX_CODE_POINT + 1;

  private GlobOverlap() {}

  /** One place of a pattern: which characters, and how often. */
  private record Place(BitSet characters, boolean optional, boolean repeated) {}

  static Value match(BuiltinContext c, Value a, Value b) {
    List<Place> left = places(c, Operands.string(a, 1));
    List<Place> right = places(c, Operands.string(b, 2));
    if (left.isEmpty() && right.isEmpty()) {
      return BooleanValue.TRUE;
    }
    Set<Long> seen = new HashSet<>();
    Deque<int[]> open = new ArrayDeque<>();
    open.add(new int[] {0, 0, 0});
    while (!open.isEmpty()) {
      c.tick();
      int[] here = open.poll();
      int i = here[0];
      int j = here[1];
      if (i == left.size() && j == right.size() && here[2] == 1) {
        return BooleanValue.TRUE;
      }
      if (!seen.add(((long) i << 33) | ((long) j << 1) | here[2])) {
        continue;
      }
      if (i < left.size() && left.get(i).optional) {
        open.add(new int[] {i + 1, j, here[2]});
      }
      if (j < right.size() && right.get(j).optional) {
        open.add(new int[] {i, j + 1, here[2]});
      }
      if (i < left.size()
          && j < right.size()
          && left.get(i).characters.intersects(right.get(j).characters)) {
        for (int x : next(left.get(i), i)) {
          for (int y : next(right.get(j), j)) {
            open.add(new int[] {x, y, 1});
          }
        }
      }
    }
    return BooleanValue.FALSE;
  }

  private static int[] next(Place place, int at) {
    return place.repeated ? new int[] {at, at + 1} : new int[] {at + 1};
  }

  private static List<Place> places(BuiltinContext context, String pattern) {
    return new Reading(context, pattern).places();
  }

  /** A pattern being read. */
  private static final class Reading {
    private final BuiltinContext context;
    private final String pattern;
    private final int[] letters;
    private int at;

    /** Whether the letter read last stood behind a backslash. */
    private boolean escaped;

    Reading(BuiltinContext context, String pattern) {
      this.context = context;
      this.pattern = pattern;
      letters = pattern.codePoints().toArray();
    }

    List<Place> places() {
      List<Place> places = new ArrayList<>();
      while (at < letters.length) {
        context.tick();
        BitSet characters = new BitSet();
        int c = next();
        if (escaped) {
          characters.set(c);
        } else {
          switch (c) {
            case '.' -> characters.set(0, CHARACTERS);
            case '[' -> set(characters);
            case ']' -> throw fault("set-close ']' with no preceding '['");
            case '*', '+' -> throw fault("flag '" + (char) c + "' must be preceded by a non-flag");
            default -> characters.set(c);
          }
        }
        int flag = at < letters.length ? letters[at] : ' ';
        boolean repeated = flag == '*' || flag == '+';
        if (repeated) {
          at++;
        } else if (flag == '\\' && at == letters.length - 1) {
          throw fault("input ends with a \\ (escape) character");
        }
        places.add(new Place(characters, flag == '*', repeated));
      }
      return places;
    }

    private int next() {
      escaped = letters[at] == '\\';
      if (escaped && at == letters.length - 1) {
        at = 0;
        throw fault("input ends with a \\ (escape) character");
      }
      at += escaped ? 2 : 1;
      return letters[at - 1];
    }

    private void set(BitSet characters) {
      int before = -1;
      while (at < letters.length) {
        int c = next();
        if (!escaped && c == ']') {
          return;
        }
        if (escaped || c != '-') {
          characters.set(c);
          before = c;
          continue;
        }
        if (before < 0) {
          throw fault("range character '-' must be preceded by a Unicode character");
        }
        if (at >= letters.length - 1) {
          throw fault("range character '-' must be followed by a Unicode character");
        }
        int to = next();
        if (!escaped && (to == ']' || to == '-')) {
          throw fault("range character '-' cannot be followed by a special symbol");
        }
        if (to < before) {
          throw fault(
              "range is out of order: '"
                  + Character.toString(to)
                  + "' comes before '"
                  + Character.toString(before)
                  + "' in Unicode");
        }
        characters.set(before, to + 1);
        before = -1;
      }
      throw fault("found [ without matching ]");
    }

    private BuiltinFailure fault(String what) {
      return BuiltinFailure.error(
          "input:" + pattern + ", pos:" + at + ", " + what + ": the input provided is invalid");
    }
  }
}
