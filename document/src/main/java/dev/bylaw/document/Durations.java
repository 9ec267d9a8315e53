package dev.bylaw.document;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people write them: {@code 30m}, {@code 1h30m}, {@code 90 days}, {@code PT30M},
 * {@code P90D}. A day has 24 hours; months and years, whose length depends on which, are none.
 */
public final class Durations {
  /** Several units, the longest first, each once. */
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?"
              + "(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");

  private static final Pattern WORDS =
      Pattern.compile("(\\d{1,9})\\s*(min|seconds?|minutes?|hours?|days?|weeks?|[smhdw]|ms)");

  private Durations() {}

  /** The length that a text says; empty if it says none. Negative ones are possible in ISO 8601. */
  public static Optional<Duration> parse(String text) {
    String plain = text.strip();
    Matcher words = WORDS.matcher(plain);
    if (words.matches()) {
      return Optional.of(of(Long.parseLong(words.group(1)), words.group(2)));
    }
    Matcher parts = SHORT.matcher(plain);
    if (!plain.isEmpty() && parts.matches()) {
      return Optional.of(
          of(part(parts, 1), "w")
              .plusDays(part(parts, 2))
              .plusHours(part(parts, 3))
              .plusMinutes(part(parts, 4))
              .plusSeconds(part(parts, 5))
              .plusMillis(part(parts, 6)));
    }
    try {
      return Optional.of(Duration.parse(plain));
    } catch (DateTimeParseException | ArithmeticException _) {
      return period(plain);
    }
  }

  private static Duration of(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s", "second", "seconds" -> Duration.ofSeconds(count);
      case "m", "min", "minute", "minutes" -> Duration.ofMinutes(count);
      case "h", "hour", "hours" -> Duration.ofHours(count);
      case "d", "day", "days" -> Duration.ofDays(count);
      default -> Duration.ofDays(Math.multiplyExact(count, 7));
    };
  }

  private static long part(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Optional<Duration> period(String text) {
    try {
      Period period = Period.parse(text);
      return period.toTotalMonths() == 0
          ? Optional.of(
              Duration.ofDays(
                  ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.EPOCH.plus(period))))
          : Optional.empty();
    } catch (DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  /** A length in words: {@code 90 days}, else in the form of ISO 8601. */
  public static String write(Duration duration) {
    boolean whole = duration.toSeconds() % 86_400 == 0 && duration.toNanosPart() == 0;
    long days = duration.toDays();
    return whole ? days + (days == 1 ? " day" : " days") : duration.toString();
  }
}
