package dev.bylaw.bench.cedar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints lines of {@code bylaw cedar bench} beside those of the peer: {@code Table OURS THEIRS}.
 */
public final class Table {
  private Table() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    List<String> ours = Files.readAllLines(Path.of(arguments[0]));
    List<String> theirs = Files.readAllLines(Path.of(arguments[1]));
    System.out.println(
        "| case | policies | here: median, p99 | bytes | crate: median, p99 | ratio"
            + " | from JSON: here, crate | two threads: here, crate |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int i = 0; i < ours.size(); i++) {
      System.out.println(row(ours.get(i), theirs.get(i)));
    }
  }

  private static String row(String ours, String theirs) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s, %s | %d | %s, %s | %.0f × | %s, %s | %.2f ×, %.2f × |",
        text(ours, "case"),
        number(ours, "policies"),
        time(number(ours, "median_ns")),
        time(number(ours, "p99_ns")),
        number(ours, "bytes"),
        time(number(theirs, "median_ns")),
        time(number(theirs, "p99_ns")),
        (double) number(theirs, "median_ns") / number(ours, "median_ns"),
        time(number(ours, "json_median_ns")),
        time(number(theirs, "json_median_ns")),
        (double) number(ours, "per_s_2") / number(ours, "per_s_1"),
        (double) number(theirs, "per_s_2") / number(theirs, "per_s_1"));
  }

  private static String time(long nanos) {
    return nanos < 1_000_000
        ? String.format(Locale.ROOT, "%.2f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  private static String text(String line, String name) {
    return found(line, "\"" + name + "\":\"([^\"]*)\"");
  }

  private static long number(String line, String name) {
    return Long.parseLong(found(line, "\"" + name + "\":(\\d+)"));
  }

  private static String found(String line, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(line);
    if (!matcher.find()) {
      throw new IllegalArgumentException(pattern + " is not in " + line);
    }
    return matcher.group(1);
  }
}
