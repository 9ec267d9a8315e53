package dev.bylaw.policy.rule;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30m}, {@code 2h}, {@code 90d}, {@code PT30M}. */
public final class Durations {
  private static final Pattern SHORT =
      Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d|w|seconds?|minutes?|hours?|days?|weeks?)");

  private Durations() {}

  /** The duration that a text says; empty if it says none. A day has 24 hours. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = SHORT.matcher(text.strip());
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s", "second", "seconds" -> Duration.ofSeconds(count);
            case "m", "min", "minute", "minutes" -> Duration.ofMinutes(count);
            case "h", "hour", "hours" -> Duration.ofHours(count);
            case "d", "day", "days" -> Duration.ofDays(count);
            default -> Duration.ofDays(Math.multiplyExact(count, 7));
          });
    }
    try {
      return Optional.of(Duration.parse(text.strip()));
    } catch (DateTimeParseException | ArithmeticException _) {
      return period(text.strip());
    }
  }

  private static Optional<Duration> period(String text) {
    try {
      Period period = Period.parse(text);
      // How long a month is depends on which.
      return period.toTotalMonths() == 0
          ? Optional.of(
              Duration.ofDays(
                  ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.EPOCH.plus(period))))
          : Optional.empty();
    } catch (DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  /** A duration in words: {@code 90 days}, else in the form of ISO 8601. */
  public static String write(Duration duration) {
    return duration.toSeconds() % 86_400 == 0 && duration.toNanosPart() == 0
        ? duration.toDays() + " days"
        : duration.toString();
  }
}
