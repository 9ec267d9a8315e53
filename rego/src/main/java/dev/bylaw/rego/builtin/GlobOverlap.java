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
  private static final int CHARACTERS = 128;

  private GlobOverlap() {}

  /** One place of a pattern: which characters, and how often. */
  private record Place(BitSet characters, boolean optional, boolean repeated) {}

  static Value match(BuiltinContext c, Value a, Value b) {
    List<Place> left = places(c, Operands.string(a, 1));
    List<Place> right = places(c, Operands.string(b, 2));
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
    List<Place> places = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      context.tick();
      BitSet characters = new BitSet();
      char c = pattern.charAt(at);
      switch (c) {
        case '.' -> {
          characters.set(0, CHARACTERS);
          at++;
        }
        case '[' -> {
          int end = pattern.indexOf(']', at + 1);
          while (end > 0 && pattern.charAt(end - 1) == '\\') {
            end = pattern.indexOf(']', end + 1);
          }
          if (end < 0) {
            throw BuiltinFailure.error("input:" + pattern + ": the input provided is invalid");
          }
          range(pattern.substring(at + 1, end), characters);
          at = end + 1;
        }
        case '*', '+' ->
            throw BuiltinFailure.error("input:" + pattern + ": the input provided is invalid");
        case '\\' -> {
          if (at + 1 >= pattern.length()) {
            throw BuiltinFailure.error("input:" + pattern + ": the input provided is invalid");
          }
          characters.set(pattern.charAt(at + 1));
          at += 2;
        }
        default -> {
          characters.set(c);
          at++;
        }
      }
      char flag = at < pattern.length() ? pattern.charAt(at) : ' ';
      boolean repeated = flag == '*' || flag == '+';
      if (repeated) {
        at++;
      }
      places.add(new Place(characters, flag == '*', repeated));
    }
    return places;
  }

  private static void range(String inside, BitSet characters) {
    int at = 0;
    while (at < inside.length()) {
      if (inside.charAt(at) == '\\' && at + 1 < inside.length()) {
        at++;
      }
      char from = inside.charAt(at);
      if (at + 2 < inside.length() && inside.charAt(at + 1) == '-') {
        char to = inside.charAt(at + 2);
        if (to < from) {
          throw BuiltinFailure.error("the input provided is invalid");
        }
        characters.set(from, to + 1);
        at += 3;
      } else {
        characters.set(from);
        at++;
      }
    }
  }
}
