package dev.bylaw.playbook.definition;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as playbooks write them: {@code 30m}, {@code 1h30m}, {@code PT30M}. */
final class Durations {
  /** Longer ones are a mistake. */
  static final Duration LONGEST = Duration.ofDays(366);

  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(\\d{1,6})d)?(?:(\\d{1,8})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");

  private Durations() {}

  /** The length a text says; empty if it says none, or one longer than {@link #LONGEST}. */
  static Optional<Duration> parse(String text) {
    return read(text.strip())
        .filter(length -> !length.isNegative() && length.compareTo(LONGEST) <= 0);
  }

  private static Optional<Duration> read(String text) {
    if (text.startsWith("P")) {
      try {
        return Optional.of(Duration.parse(text));
      } catch (DateTimeException | ArithmeticException e) {
        return Optional.empty();
      }
    }
    Matcher parts = SHORT.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofDays(part(parts, 1))
            .plusHours(part(parts, 2))
            .plusMinutes(part(parts, 3))
            .plusSeconds(part(parts, 4))
            .plusMillis(part(parts, 5)));
  }

  private static long part(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
