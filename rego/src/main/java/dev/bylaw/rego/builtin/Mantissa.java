package dev.bylaw.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Fractions as OPA gives them: rounded to a mantissa of 64 bits, written with the fewest digits
 * that say which.
 */
final class Mantissa {
  private static final int BITS = 64;
  private static final int SURE = 19;

  private Mantissa() {}

  /** The number itself if it is whole or short, else the shortest that rounds to the same bits. */
  static BigDecimal shortest(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() <= 0 || plain.precision() <= SURE) {
      return plain;
    }
    BigDecimal rounded = round(plain);
    for (int digits = SURE - 1; digits < 24; digits++) {
      BigDecimal candidate = plain.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (round(candidate).compareTo(rounded) == 0) {
        return candidate;
      }
    }
    return rounded;
  }

  /** The nearest number with a mantissa of 64 bits. */
  static BigDecimal round(BigDecimal number) {
    BigDecimal size = number.abs();
    int exponent = estimate(size) - BITS;
    BigInteger mantissa = scaled(size, exponent);
    while (mantissa.bitLength() > BITS) {
      exponent++;
      mantissa = scaled(size, exponent);
    }
    while (mantissa.bitLength() < BITS) {
      exponent--;
      mantissa = scaled(size, exponent);
    }
    BigDecimal value = new BigDecimal(mantissa);
    BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(exponent)));
    BigDecimal result =
        exponent >= 0 ? value.multiply(power) : value.divide(power, MathContext.UNLIMITED);
    return number.signum() < 0 ? result.negate() : result;
  }

  private static BigInteger scaled(BigDecimal size, int exponent) {
    BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(exponent)));
    BigDecimal value =
        exponent >= 0
            ? size.divide(power, size.precision() + 60, RoundingMode.HALF_EVEN)
            : size.multiply(power);
    return value.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
  }

  /** About the position of the highest bit. */
  private static int estimate(BigDecimal size) {
    int digits = size.precision() - size.scale();
    return (int) Math.round(digits * 3.3219280948873626);
  }
}
