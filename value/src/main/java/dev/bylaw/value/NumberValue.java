package dev.bylaw.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal number of any size.
 *
 * <p>Whole numbers in the range of a {@code long} are held as one; decimals whose digits are in
 * that range, without trailing zeros, as these and their scale; all others as a {@link BigDecimal}.
 * Equality is numeric: {@code 1} and {@code 1.0} are the same value, even where one {@linkplain
 * #asWritten remembers} how it was written.
 */
public final class NumberValue implements Value {
  /** Exponents beyond this are refused: {@code 1e999999999} would fill the heap when expanded. */
  public static final int MOST_EXPONENT = 10_000;

  private static final Scale[] SCALES = new Scale[19];

  /** So many digits behind the point are written out. */
  private static final int MOST_PLACES = 21;

  private static final int CACHED_FROM = -128;
  private static final NumberValue[] CACHED = new NumberValue[1024 - CACHED_FROM];

  static {
    for (int i = 0; i < CACHED.length; i++) {
      CACHED[i] = new NumberValue(i + CACHED_FROM, Scale.NONE);
    }
    for (int i = 1; i < SCALES.length; i++) {
      SCALES[i] = new Scale(i);
    }
  }

  /** What the digits are to be taken with: two words a number, whatever it is. */
  private sealed interface Form {}

  /** How many of the digits stand behind the point. There is one object of each. */
  private record Scale(int places) implements Form {
    static final Scale NONE = new Scale(0);
  }

  /** A number whose digits are too many, or too far from the point. */
  private record Large(BigDecimal decimal) implements Form {}

  /** A number of another form that was written otherwise than it would be. */
  private record Written(String text, Form plain) implements Form {}

  private final long digits;
  private final Form form;

  private NumberValue(long digits, Form form) {
    this.digits = digits;
    this.form = form;
  }

  /** A whole number. */
  public static NumberValue of(long number) {
    if (number >= CACHED_FROM && number < CACHED_FROM + CACHED.length) {
      return CACHED[(int) number - CACHED_FROM];
    }
    return new NumberValue(number, Scale.NONE);
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
    if (plain.scale() > 0
        && plain.scale() < SCALES.length
        && plain.unscaledValue().bitLength() < Long.SIZE) {
      return new NumberValue(plain.unscaledValue().longValue(), SCALES[plain.scale()]);
    }
    return new NumberValue(0, new Large(plain));
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
    NumberValue few = text.length() <= SCALES.length ? fewDigits(text) : null;
    return few == null ? of(new BigDecimal(text)) : few;
  }

  /** The number of a text such as {@code -12.50}; null if the text is of another form. */
  private static @Nullable NumberValue fewDigits(String text) {
    boolean negative = text.startsWith("-");
    int point = text.indexOf('.');
    int places = text.length() - 1 - point;
    if (point <= (negative ? 1 : 0) || places == 0) {
      return null;
    }
    long number = 0;
    for (int i = negative ? 1 : 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (i != point && (digit < 0 || digit > 9)) {
        return null;
      }
      number = i == point ? number : number * 10 + digit;
    }
    while (places > 0 && number % 10 == 0) {
      number /= 10;
      places--;
    }
    long signed = negative ? -number : number;
    return places == 0 ? of(signed) : new NumberValue(signed, SCALES[places]);
  }

  /**
   * The number that a JSON number text says, which {@link #toString} gives as it was written:
   * {@code 1.50}, {@code 1e3}, {@code -0}.
   *
   * @throws NumberFormatException if it is not one
   * @throws ArithmeticException if its exponent is beyond {@value #MOST_EXPONENT}
   */
  public static NumberValue asWritten(String text) {
    NumberValue number = parse(text);
    return number.isUsually(text) || number.toString().equals(text)
        ? number
        : new NumberValue(number.digits, new Written(text, number.form));
  }

  /** Whether it can be told at a glance that the text is how the number is written anyway. */
  private boolean isUsually(String text) {
    boolean point = text.indexOf('.') >= 0;
    if (isLong()) {
      return digits != 0 && !point && !hasExponent(text);
    }
    return point
        && text.length() <= MOST_PLACES
        && text.charAt(text.length() - 1) != '0'
        && !hasExponent(text);
  }

  private static boolean hasExponent(String text) {
    return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
  }

  /** Whether the number is whole and in the range of a {@code long}. */
  @SuppressWarnings("ReferenceEquality") // There is one object of each scale.
  public boolean isLong() {
    return form == Scale.NONE || (form instanceof Written w && w.plain == Scale.NONE);
  }

  /** Whether it is such a number and was written without an exponent. */
  @SuppressWarnings("ReferenceEquality") // There is one object of each scale.
  public boolean isWrittenAsLong() {
    return form == Scale.NONE
        || (form instanceof Written w && w.plain == Scale.NONE && !hasExponent(w.text));
  }

  /** The same number, with nothing known about how it was written. */
  public NumberValue plain() {
    return form instanceof Written w ? new NumberValue(digits, w.plain) : this;
  }

  /** Whether the other is equal, and is written alike. */
  boolean isSameAs(NumberValue other) {
    boolean plain = !(form instanceof Written) && !(other.form instanceof Written);
    return equals(other) && (plain || toString().equals(other.toString()));
  }

  /** Whether the number is whole, of any size. */
  public boolean isInteger() {
    return switch (form) {
      case Scale s -> s.places == 0;
      case Large l -> l.decimal.scale() <= 0;
      case Written _ -> plain().isInteger();
    };
  }

  /**
   * The number as a {@code long}.
   *
   * @throws ArithmeticException if it is not {@link #isLong() one}
   */
  public long longValue() {
    if (!isLong()) {
      throw new ArithmeticException(decimal() + " is not a 64-bit whole number");
    }
    return digits;
  }

  /** The number, exactly. */
  public BigDecimal decimal() {
    return switch (form) {
      case Scale s -> BigDecimal.valueOf(digits, s.places);
      case Large l -> l.decimal;
      case Written _ -> plain().decimal();
    };
  }

  /** The nearest double; infinite if there is none. */
  public double doubleValue() {
    return isLong() ? (double) digits : decimal().doubleValue();
  }

  int compareNumber(NumberValue other) {
    if (isLong() && other.isLong()) {
      return Long.compare(digits, other.digits);
    }
    return decimal().compareTo(other.decimal());
  }

  @Override
  public Kind kind() {
    return Kind.NUMBER;
  }

  @Override
  public Number toJava() {
    return isLong() ? (Number) digits : decimal();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // There is one object of each scale.
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberValue that
        && digits == that.digits
        && (form == that.form || plain().form.equals(that.plain().form));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(digits * 0x9E3779B97F4A7C15L) + (isLong() ? 0 : plain().form.hashCode());
  }

  /** The number in JSON: as it was written, else without exponent if it is whole or not tiny. */
  @Override
  public String toString() {
    if (form instanceof Written w) {
      return w.text;
    }
    if (isLong()) {
      return Long.toString(digits);
    }
    BigDecimal decimal = decimal();
    return decimal.scale() <= MOST_PLACES
        ? decimal.toPlainString()
        : decimal.toString().toLowerCase(Locale.ROOT);
  }
}
