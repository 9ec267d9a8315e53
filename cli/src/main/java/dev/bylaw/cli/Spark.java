package dev.bylaw.cli;

import java.util.Collection;

/** A row of small bars. */
final class Spark {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Spark() {}

  /** A bar for each figure; the largest is the highest. */
  static String line(Collection<Long> figures) {
    long most = figures.stream().mapToLong(Long::longValue).max().orElse(0);
    var out = new StringBuilder();
    for (long figure : figures) {
      int place = most == 0 ? 0 : (int) (figure * (BARS.length() - 1) / most);
      out.append(BARS.charAt(place));
    }
    return out.toString();
  }
}
