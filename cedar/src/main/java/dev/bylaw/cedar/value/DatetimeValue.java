package dev.bylaw.cedar.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An instant.
 *
 * @param epochMillis milliseconds since 1970-01-01T00:00:00Z
 * @param written the argument of the constructor that made it, if one did; values that are the same
 *     number are equal, however they were written
 */
public record DatetimeValue(long epochMillis, @Nullable String written)
    implements Value, Comparable<DatetimeValue> {
  private static final long DAY = 86_400_000;
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})"
              + "(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{3}))?"
              + "(?:Z|([+-])([0-9]{2})([0-9]{2})))?");

  /** A value that nobody wrote. */
  public DatetimeValue(long epochMillis) {
    this(epochMillis, null);
  }

  /**
   * Reads a date, or a date with a time and {@code Z} or an offset; nothing if it is malformed or
   * no date of the calendar.
   */
  public static Optional<DatetimeValue> parse(String text) {
    if (text.length() > 40) {
      return Optional.empty();
    }
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate day =
          LocalDate.of(number(form.group(1)), number(form.group(2)), number(form.group(3)));
      long millis = day.toEpochDay() * DAY;
      if (form.group(4) != null) {
        int fraction = form.group(7) == null ? 0 : number(form.group(7));
        LocalTime time =
            LocalTime.of(
                number(form.group(4)),
                number(form.group(5)),
                number(form.group(6)),
                fraction * 1_000_000);
        millis += time.toNanoOfDay() / 1_000_000;
      }
      if (form.group(8) != null) {
        int hours = number(form.group(9));
        int minutes = number(form.group(10));
        if (hours > 23 || minutes > 59) {
          return Optional.empty();
        }
        long offset = (hours * 60L + minutes) * 60_000;
        millis += form.group(8).equals("+") ? -offset : offset;
      }
      return Optional.of(new DatetimeValue(millis, text));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /**
   * The midnight that begins its day in UTC.
   *
   * @throws ArithmeticException if that is out of range
   */
  public DatetimeValue toDate() {
    return new DatetimeValue(Math.subtractExact(epochMillis, Math.floorMod(epochMillis, DAY)));
  }

  /** The time since the midnight that begins its day in UTC. */
  public DurationValue toTime() {
    return new DurationValue(Math.floorMod(epochMillis, DAY));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatetimeValue that && epochMillis == that.epochMillis;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(epochMillis);
  }

  @Override
  public int compareTo(DatetimeValue other) {
    return Long.compare(epochMillis, other.epochMillis);
  }

  @Override
  public String toString() {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, DAY));
    if (day.getYear() < 0 || day.getYear() > 9999) {
      return "datetime(\"1970-01-01\").offset(" + new DurationValue(epochMillis) + ")";
    }
    long rest = Math.floorMod(epochMillis, DAY);
    if (rest == 0) {
      return "datetime(\"" + day + "\")";
    }
    LocalTime time = LocalTime.ofNanoOfDay(rest * 1_000_000);
    return "datetime(\""
        + day.atTime(time)
            .atOffset(ZoneOffset.UTC)
            .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'"))
        + "\")";
  }
}
