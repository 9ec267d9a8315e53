package dev.bylaw.rego.builtin;

import dev.bylaw.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as OPA counts with where not all are whole: rounded to a mantissa of 64 bits, written
 * with the fewest digits that say which.
 */
final class Mantissa {
  static final int BITS = 64;
  static final int BITS_OF_A_DOUBLE = 53;
  private static final BigInteger FIVE = BigInteger.valueOf(5);

  /** So many digits say nothing that is lost. */
  private static final int SURE = 18;

  private static final int SURE_OF_A_DOUBLE = 15;

  private static final int MOST_DIGITS = 24;

  /** Powers of ten from and below which fractions are written without an exponent. */
  private static final int LEAST_PLAIN = -4;

  private static final int MOST_PLAIN = 6;

  private Mantissa() {}

  /** The shortest number that rounds to the same bits as this. */
  private static BigDecimal shortest(BigDecimal number, int bits) {
    BigDecimal plain = number.stripTrailingZeros();
    int sure = bits < BITS ? SURE_OF_A_DOUBLE : SURE;
    if (plain.precision() <= sure) {
      return plain;
    }
    BigDecimal rounded = round(plain, bits);
    for (int digits = sure; digits < MOST_DIGITS; digits++) {
      BigDecimal candidate = rounded.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (round(candidate, bits).compareTo(rounded) == 0) {
        return candidate.stripTrailingZeros();
      }
    }
    return rounded.stripTrailingZeros();
  }

  /**
   * A whole number in full, one with a fraction as Go writes it in brief: {@code 1234567.5} is
   * {@code 1.2345675e+06}.
   */
  static NumberValue value(BigDecimal number) {
    return value(number, BITS);
  }

  /** The same of a number with a mantissa of other bits. */
  static NumberValue value(BigDecimal number, int bits) {
    BigDecimal shortest = shortest(number, bits);
    int power = shortest.precision() - shortest.scale() - 1;
    if (shortest.scale() <= 0 || (power >= LEAST_PLAIN && power < MOST_PLAIN)) {
      return NumberValue.of(shortest);
    }
    String digits = shortest.unscaledValue().abs().toString();
    return NumberValue.asWritten(
        (shortest.signum() < 0 ? "-" : "")
            + digits.charAt(0)
            + (digits.length() > 1 ? "." + digits.substring(1) : "")
            + (power < 0 ? "e-" : "e+")
            + (Math.abs(power) < 10 ? "0" : "")
            + Math.abs(power));
  }

  /** The nearest number with a mantissa of 64 bits. */
  static BigDecimal round(BigDecimal number) {
    return round(number, BITS);
  }

  /** The nearest number with a mantissa of so many bits. */
  static BigDecimal round(BigDecimal number, int bits) {
    BigInteger above = number.unscaledValue().abs();
    BigInteger below = BigInteger.ONE;
    if (number.scale() > 0) {
      below = BigInteger.TEN.pow(number.scale());
    } else {
      above = above.multiply(BigInteger.TEN.pow(-number.scale()));
      if (above.bitLength() <= bits) {
        return number;
      }
    }
    int shift = bits - above.bitLength() + below.bitLength();
    BigInteger mantissa = nearest(above, below, shift);
    if (mantissa.bitLength() > bits) {
      shift--;
      mantissa = nearest(above, below, shift);
    }
    BigInteger signed = number.signum() < 0 ? mantissa.negate() : mantissa;
    return shift > 0
        ? new BigDecimal(signed.multiply(FIVE.pow(shift)), shift)
        : new BigDecimal(signed.shiftLeft(-shift));
  }

  /** The whole number nearest to a quotient by a power of two; of two the even one. */
  private static BigInteger nearest(BigInteger above, BigInteger below, int shift) {
    BigInteger dividend = shift > 0 ? above.shiftLeft(shift) : above;
    BigInteger divisor = shift < 0 ? below.shiftLeft(-shift) : below;
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    int half = parts[1].shiftLeft(1).compareTo(divisor);
    return half > 0 || (half == 0 && parts[0].testBit(0)) ? parts[0].add(BigInteger.ONE) : parts[0];
  }
}
