package dev.bylaw.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal number of any size.
 *
 * <p>Whole numbers in the range of a {@code long} are held as one; all others as a {@link
 * BigDecimal} without trailing zeros. Equality is numeric: {@code 1} and {@code 1.0} are the same
 * value.
 */
public final class NumberValue implements Value {
  /** Exponents beyond this are refused: {@code 1e999999999} would fill the heap when expanded. */
  public static final int MOST_EXPONENT = 10_000;

  private static final int CACHED_FROM = -128;
  private static final NumberValue[] CACHED = new NumberValue[1024 - CACHED_FROM];

  static {
    for (int i = 0; i < CACHED.length; i++) {
      CACHED[i] = new NumberValue(i + CACHED_FROM, null);
    }
  }

  private final long whole;
  private final @Nullable BigDecimal decimal;

  private NumberValue(long whole, @Nullable BigDecimal decimal) {
    this.whole = whole;
    this.decimal = decimal;
  }

  /** A whole number. */
  public static NumberValue of(long number) {
    if (number >= CACHED_FROM && number < CACHED_FROM + CACHED.length) {
      return CACHED[(int) number - CACHED_FROM];
    }
    return new NumberValue(number, null);
  }

  /**
   * An exact decimal.
   *
   * @throws ArithmeticException if its exponent is beyond {@value #MOST_EXPONENT}
   */
  public static NumberValue of(BigDecimal number) {
    if (number.signum() == 0) {
      return of(0);
    }
    BigDecimal plain = number.stripTrailingZeros();
    if (Math.abs((long) plain.precision() - plain.scale()) > MOST_EXPONENT
        || Math.abs((long) plain.scale()) > MOST_EXPONENT) {
      throw new ArithmeticException("number with an exponent beyond " + MOST_EXPONENT);
    }
    if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 19) {
      BigInteger exact = plain.toBigIntegerExact();
      if (exact.bitLength() < Long.SIZE) {
        return of(exact.longValue());
      }
    }
    return new NumberValue(0, plain);
  }

  /** A whole number of any size. */
  public static NumberValue of(BigInteger number) {
    return number.bitLength() < Long.SIZE ? of(number.longValue()) : of(new BigDecimal(number));
  }

  /**
   * The decimal that a double is written as in shortest form: {@code 0.1} is one tenth.
   *
   * @throws IllegalArgumentException for NaN and infinities, which JSON does not have
   */
  public static NumberValue of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not a finite number: " + number);
    }
    if (number == (long) number && Math.abs(number) < 1L << 53) {
      return of((long) number);
    }
    return of(new BigDecimal(Double.toString(number)));
  }

  /**
   * The number that a JSON number text says.
   *
   * @throws NumberFormatException if it is not one
   * @throws ArithmeticException if its exponent is beyond {@value #MOST_EXPONENT}
   */
  public static NumberValue parse(String text) {
    if (text.length() <= 18 && text.indexOf('.') < 0 && !hasExponent(text)) {
      return of(Long.parseLong(text));
    }
    return of(new BigDecimal(text));
  }

  private static boolean hasExponent(String text) {
    return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
  }

  /** Whether the number is whole and in the range of a {@code long}. */
  public boolean isLong() {
    return decimal == null;
  }

  /** Whether the number is whole, of any size. */
  public boolean isInteger() {
    return decimal == null || decimal.scale() <= 0;
  }

  /**
   * The number as a {@code long}.
   *
   * @throws ArithmeticException if it is not {@link #isLong() one}
   */
  public long longValue() {
    if (decimal != null) {
      throw new ArithmeticException(decimal + " is not a 64-bit whole number");
    }
    return whole;
  }

  /** The number, exactly. */
  public BigDecimal decimal() {
    return decimal == null ? BigDecimal.valueOf(whole) : decimal;
  }

  /** The nearest double; infinite if there is none. */
  public double doubleValue() {
    return decimal == null ? (double) whole : decimal.doubleValue();
  }

  int compareNumber(NumberValue other) {
    if (decimal == null && other.decimal == null) {
      return Long.compare(whole, other.whole);
    }
    return decimal().compareTo(other.decimal());
  }

  @Override
  public Kind kind() {
    return Kind.NUMBER;
  }

  @Override
  public Number toJava() {
    return decimal == null ? (Number) whole : decimal;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberValue that
        && (decimal == null
            ? that.decimal == null && whole == that.whole
            : that.decimal != null && decimal.equals(that.decimal));
  }

  @Override
  public int hashCode() {
    return decimal == null ? Long.hashCode(whole * 0x9E3779B97F4A7C15L) : decimal.hashCode();
  }

  /** The number in JSON, without exponent where it has at most 21 digits. */
  @Override
  public String toString() {
    if (decimal == null) {
      return Long.toString(whole);
    }
    boolean plain = decimal.precision() - decimal.scale() <= 21 && decimal.scale() <= 21;
    return plain ? decimal.toPlainString() : decimal.toString();
  }
}
