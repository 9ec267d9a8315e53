package dev.bylaw.cedar.value;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A decimal with four digits after the point.
 *
 * @param unscaled ten thousand times the number
 * @param written the argument of the constructor that made it, if one did; values that are the same
 *     number are equal, however they were written
 */
public record DecimalValue(long unscaled, @Nullable String written)
    implements Value, Comparable<DecimalValue> {
  private static final int SCALE = 10_000;
  private static final Pattern FORM = Pattern.compile("(-?[0-9]+)\\.([0-9]{1,4})");

  /** A value that nobody wrote. */
  public DecimalValue(long unscaled) {
    this(unscaled, null);
  }

  /** Reads {@code -12.34}; nothing if it is malformed, too precise or out of range. */
  public static Optional<DecimalValue> parse(String text) {
    if (text.length() > 4_096) {
      return Optional.empty();
    }
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      long whole = Math.multiplyExact(Long.parseLong(form.group(1)), SCALE);
      String digits = form.group(2);
      long fraction = Long.parseLong(digits + "0".repeat(4 - digits.length()));
      boolean negative = text.charAt(0) == '-';
      return Optional.of(
          new DecimalValue(
              negative ? Math.subtractExact(whole, fraction) : Math.addExact(whole, fraction),
              text));
    } catch (NumberFormatException | ArithmeticException outOfRange) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DecimalValue that && unscaled == that.unscaled;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(unscaled);
  }

  @Override
  public int compareTo(DecimalValue other) {
    return Long.compare(unscaled, other.unscaled);
  }

  /** The argument of the constructor, for instance {@code 12.34}. */
  public String text() {
    long fraction = Math.abs(unscaled % SCALE);
    String sign = unscaled < 0 && unscaled / SCALE == 0 ? "-" : "";
    String digits = Long.toString(SCALE + fraction).substring(1);
    int end = 4;
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return sign + unscaled / SCALE + "." + digits.substring(0, end);
  }

  @Override
  public String toString() {
    return "decimal(\"" + text() + "\")";
  }
}
