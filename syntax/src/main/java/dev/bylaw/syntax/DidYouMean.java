package dev.bylaw.syntax;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the known name that a mistyped one is close to. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * The nearest known name, if one is near enough: one edit (insert, delete, change, swap of
   * neighbours) for up to four characters, two for up to eight, three beyond; case does not count.
   * Of equally near ones the first in order of name.
   */
  public static Optional<String> closest(String typed, Collection<String> known) {
    if (typed.length() > 64) {
      return Optional.empty();
    }
    int allowed = typed.length() <= 4 ? 1 : typed.length() <= 8 ? 2 : 3;
    String wanted = typed.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance = allowed + 1;
    for (String name : new TreeSet<>(known)) {
      if (Math.abs(name.length() - typed.length()) > allowed) {
        continue;
      }
      int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
      if (distance < bestDistance && distance < name.length()) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code did you mean `x`?}, or the empty text where nothing is near. */
  public static String hint(String typed, Collection<String> known) {
    return closest(typed, known).map(name -> "did you mean `" + name + "`?").orElse("");
  }

  /** Damerau–Levenshtein distance in its optimal string alignment form. */
  private static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, beforePrevious[j - 2] + 1);
        }
        current[j] = least;
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
