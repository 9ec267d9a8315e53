package dev.bylaw.cedar.value;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of time, negative ones included.
 *
 * @param millis its length in milliseconds
 * @param written the argument of the constructor that made it, if one did; values that are the same
 *     number are equal, however they were written
 */
public record DurationValue(long millis, @Nullable String written)
    implements Value, Comparable<DurationValue> {
  private static final Pattern FORM =
      Pattern.compile("-?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");
  private static final long[] UNITS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  /** A value that nobody wrote. */
  public DurationValue(long millis) {
    this(millis, null);
  }

  /** Reads {@code -1d2h3m4s5ms}; nothing if it is malformed or out of range. */
  public static Optional<DurationValue> parse(String text) {
    if (text.isEmpty() || text.equals("-") || text.length() > 4_096) {
      return Optional.empty();
    }
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    boolean negative = text.charAt(0) == '-';
    try {
      long sum = 0;
      for (int unit = UNITS.length - 1; unit >= 0; unit--) {
        long part = amount(form.group(unit + 1), negative, UNITS[unit]);
        sum = Math.addExact(sum, part);
      }
      return Optional.of(new DurationValue(sum, text));
    } catch (NumberFormatException | ArithmeticException outOfRange) {
      return Optional.empty();
    }
  }

  /** Only milliseconds reach the least number: other units are bounded before the sign counts. */
  private static long amount(@Nullable String digits, boolean negative, long unit) {
    if (digits == null) {
      return 0;
    }
    if (unit == 1) {
      return Long.parseLong(negative ? "-" + digits : digits);
    }
    long product = Math.multiplyExact(Long.parseLong(digits), unit);
    return negative ? -product : product;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DurationValue that && millis == that.millis;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(millis);
  }

  @Override
  public int compareTo(DurationValue other) {
    return Long.compare(millis, other.millis);
  }

  /** The argument of the constructor, for instance {@code 1500ms}. */
  public String text() {
    return millis + "ms";
  }

  @Override
  public String toString() {
    return "duration(\"" + text() + "\")";
  }
}
