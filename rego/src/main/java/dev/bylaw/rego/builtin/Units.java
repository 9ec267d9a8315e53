package dev.bylaw.rego.builtin;

import dev.bylaw.value.NumberValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** Amounts with units: {@code 1.5Gi}, {@code 100m}, {@code 10 kB}. */
final class Units {
  private static final int MOST_CHARACTERS = 4096;
  private static final int MOST_DIGITS_OF_AN_EXPONENT = 6;

  /** Digits behind the point of an amount that is not whole. */
  private static final int PLACES = 10;

  /** The double nearest to a thousandth: what OPA multiplies by. */
  private static final BigDecimal MILLI =
      new BigDecimal("0.001000000000000000020816681711721685132943093776702880859375");

  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("", power(10, 0)),
          Map.entry("k", power(10, 3)),
          Map.entry("m", power(10, 6)),
          Map.entry("g", power(10, 9)),
          Map.entry("t", power(10, 12)),
          Map.entry("p", power(10, 15)),
          Map.entry("e", power(10, 18)),
          Map.entry("ki", power(2, 10)),
          Map.entry("mi", power(2, 20)),
          Map.entry("gi", power(2, 30)),
          Map.entry("ti", power(2, 40)),
          Map.entry("pi", power(2, 50)),
          Map.entry("ei", power(2, 60)));

  private Units() {}

  private static BigDecimal power(int base, int exponent) {
    return BigDecimal.valueOf(base).pow(exponent);
  }

  /** A number and what is behind it. */
  private record Amount(String number, String unit) {}

  static Value parse(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1).replace("\"", "");
    Amount amount = amount(text, "units.parse", "amount");
    String unit = amount.unit();
    if (!unit.isEmpty()) { // The case of the first letter alone tells milli from mega.
      unit = unit.charAt(0) + unit.substring(1).toLowerCase(Locale.ROOT);
    }
    BigDecimal factor = unit.equals("m") ? MILLI : FACTORS.get(unit.toLowerCase(Locale.ROOT));
    if (factor == null) {
      throw failure("units.parse", "unit " + unit + " not recognized");
    }
    BigDecimal exact = number(amount.number(), "units.parse", "amount").multiply(factor);
    if (exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0) {
      return value(exact);
    }
    return NumberValue.asWritten(exact.setScale(PLACES, RoundingMode.HALF_UP).toPlainString());
  }

  static Value parseBytes(BuiltinContext c, Value a) {
    String text = Operands.string(a, 1).toLowerCase(Locale.ROOT).replace("\"", "");
    Amount amount = amount(text, "units.parse_bytes", "byte amount");
    String unit = amount.unit();
    boolean bytes = unit.length() > 1 && unit.endsWith("b");
    BigDecimal factor = FACTORS.get(bytes ? unit.substring(0, unit.length() - 1) : unit);
    if (factor == null) {
      throw failure("units.parse_bytes", "byte unit " + unit + " not recognized");
    }
    BigDecimal number = number(amount.number(), "units.parse_bytes", "byte amount");
    BigDecimal product = Mantissa.round(Mantissa.round(number).multiply(factor));
    return value(product.setScale(0, RoundingMode.DOWN));
  }

  private static Value value(BigDecimal whole) {
    try {
      return NumberValue.of(whole);
    } catch (ArithmeticException e) {
      throw BuiltinFailure.error("number out of range");
    }
  }

  private static Amount amount(String text, String name, String what) {
    if (text.contains(" ")) {
      throw failure(name, "spaces not allowed in resource strings");
    }
    int end = 0;
    while (end < text.length() && isOfNumber(text, end)) {
      if (isLetterE(text.charAt(end))) {
        end = exponent(text, end + 1, name);
      } else {
        end++;
      }
    }
    if (end == 0) {
      throw failure(name, "no " + what + " provided");
    }
    return new Amount(text.substring(0, end), text.substring(end));
  }

  private static boolean isLetterE(char c) {
    return c == 'e' || c == 'E';
  }

  /** Whether it belongs to the number: of an e, what is behind it says so. */
  private static boolean isOfNumber(String text, int at) {
    char c = text.charAt(at);
    if (isLetterE(c)) {
      return at + 1 < text.length()
          && (isDigit(text.charAt(at + 1)) || "+-".indexOf(text.charAt(at + 1)) >= 0);
    }
    return isDigit(c) || c == '.' || c == '+' || c == '-';
  }

  /** Where an exponent ends. */
  private static int exponent(String text, int at, String name) {
    int start = "+-".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end - start > MOST_DIGITS_OF_AN_EXPONENT) {
      throw failure(name, "exponent too large");
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static BigDecimal number(String text, String name, String what) {
    try {
      if (text.length() <= MOST_CHARACTERS) {
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((long) number.precision() - number.scale()) > NumberValue.MOST_EXPONENT) {
          throw failure(name, "exponent too large");
        }
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw failure(name, "could not parse " + what + " to a number");
  }

  private static BuiltinFailure failure(String name, String message) {
    return BuiltinFailure.error(name + ": " + message);
  }
}
