package dev.bylaw.rego.builtin;

import dev.bylaw.rego.go.GoText;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Arithmetic, bits, and numbers from and as text. Whole numbers are exact, of any size. */
final class Numbers {
  private static final int MOST_SHIFT = 1 << 16;
  private static final int LONGEST_RANGE = 1 << 22;
  private static final MathContext QUOTIENT = new MathContext(80, RoundingMode.HALF_EVEN);
  private static final NumberValue MINUS_ZERO = NumberValue.asWritten("-0");
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private Numbers() {}

  static Value plus(BuiltinContext c, Value a, Value b) {
    if (a instanceof NumberValue x && b instanceof NumberValue y && x.isLong() && y.isLong()) {
      long sum = x.longValue() + y.longValue();
      if (((x.longValue() ^ sum) & (y.longValue() ^ sum)) >= 0) {
        return NumberValue.of(sum);
      }
    }
    return count(Operands.number(a, 1), Operands.number(b, 2), BigDecimal::add);
  }

  static Value minus(BuiltinContext c, Value a, Value b) {
    if (a instanceof NumberValue x && b instanceof NumberValue y) {
      if (x.isLong() && y.isLong()) {
        long difference = x.longValue() - y.longValue();
        if (((x.longValue() ^ y.longValue()) & (x.longValue() ^ difference)) >= 0) {
          return NumberValue.of(difference);
        }
      }
      return count(x, y, BigDecimal::subtract);
    }
    if (a instanceof SetValue x && b instanceof SetValue y) {
      return Sets.difference(x, y);
    }
    if (!(a instanceof NumberValue) && !(a instanceof SetValue)) {
      return Operands.fail(1, "one of {number, set}", a);
    }
    return Operands.fail(2, a.kind().word(), b);
  }

  static Value times(BuiltinContext c, Value a, Value b) {
    NumberValue x = Operands.number(a, 1);
    NumberValue y = Operands.number(b, 2);
    if (x.isLong() && y.isLong()) {
      long high = Math.multiplyHigh(x.longValue(), y.longValue());
      long low = x.longValue() * y.longValue();
      if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
        return NumberValue.of(low);
      }
    }
    return count(x, y, BigDecimal::multiply);
  }

  static Value divide(BuiltinContext c, Value a, Value b) {
    BigDecimal x = Mantissa.round(Operands.number(a, 1).decimal());
    BigDecimal y = Mantissa.round(Operands.number(b, 2).decimal());
    if (y.signum() == 0) {
      throw BuiltinFailure.error("divide by zero");
    }
    if (x.signum() == 0) {
      return y.signum() < 0 ? MINUS_ZERO : NumberValue.of(0);
    }
    return rounded(x.divide(y, QUOTIENT));
  }

  static Value remainder(BuiltinContext c, Value a, Value b) {
    NumberValue x = remainderOperand(a, 1);
    NumberValue y = remainderOperand(b, 2);
    if (y.decimal().signum() == 0) {
      throw BuiltinFailure.error("modulo by zero");
    }
    if (x.isLong() && y.isLong()) {
      return NumberValue.of(x.longValue() % y.longValue());
    }
    return NumberValue.of(
        x.decimal().toBigIntegerExact().remainder(y.decimal().toBigIntegerExact()));
  }

  private static NumberValue remainderOperand(Value v, int position) {
    NumberValue n = Operands.number(v, position);
    if (!n.isInteger()) {
      throw BuiltinFailure.error("modulo on floating-point number");
    }
    return n;
  }

  /** Whole numbers are counted with exactly, others in 64 bits. */
  private static Value count(NumberValue x, NumberValue y, BinaryOperator<BigDecimal> operation) {
    if (!x.isInteger() || !y.isInteger()) {
      BigDecimal result = operation.apply(Mantissa.round(x.decimal()), Mantissa.round(y.decimal()));
      return rounded(result);
    }
    try {
      return NumberValue.of(operation.apply(x.decimal(), y.decimal()));
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  private static Value rounded(BigDecimal result) {
    try {
      return Mantissa.value(result);
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  private static BuiltinFailure outOfRange() {
    return BuiltinFailure.error("number out of range");
  }

  static Value abs(BuiltinContext c, Value a) {
    NumberValue n = Operands.number(a, 1);
    return isSmall(n) ? NumberValue.of(Math.abs(n.longValue())) : rounded(n.decimal().abs());
  }

  static Value round(BuiltinContext c, Value a) {
    return whole(a, n -> cut(Mantissa.round(n.signum() < 0 ? n.subtract(HALF) : n.add(HALF))));
  }

  /** OPA takes what is above -1 and below 0 for positive: of -0.5 it is 1. */
  static Value ceil(BuiltinContext c, Value a) {
    return whole(
        a,
        n -> {
          BigDecimal cut = cut(n);
          return cut.signum() < 0 || cut.compareTo(n) == 0 ? cut : cut.add(BigDecimal.ONE);
        });
  }

  /** OPA takes what is above -1 and below 0 for positive: of -0.5 it is 0. */
  static Value floor(BuiltinContext c, Value a) {
    return whole(
        a,
        n -> {
          BigDecimal cut = cut(n);
          return cut.signum() >= 0 || cut.compareTo(n) == 0 ? cut : cut.subtract(BigDecimal.ONE);
        });
  }

  private static Value whole(Value a, UnaryOperator<BigDecimal> rounding) {
    NumberValue n = Operands.number(a, 1);
    return isSmall(n)
        ? NumberValue.of(n.longValue())
        : whole(rounding.apply(Mantissa.round(n.decimal())));
  }

  private static Value whole(BigDecimal n) {
    return NumberValue.of(n.toBigIntegerExact());
  }

  private static BigDecimal cut(BigDecimal n) {
    return n.setScale(0, RoundingMode.DOWN);
  }

  /** Beyond these OPA counts in fractions of 64 bits. */
  private static boolean isSmall(NumberValue n) {
    return n.isWrittenAsLong() && n.longValue() == (int) n.longValue();
  }

  static Value sum(BuiltinContext c, Value a) {
    return all(a, BigDecimal.ZERO, (x, y) -> plus(c, x, y), BigDecimal::add, Mantissa.BITS);
  }

  static Value product(BuiltinContext c, Value a) {
    return all(
        a,
        BigDecimal.ONE,
        (x, y) -> times(c, x, y),
        BigDecimal::multiply,
        Mantissa.BITS_OF_A_DOUBLE);
  }

  private static Value all(
      Value a,
      BigDecimal start,
      BinaryOperator<Value> exact,
      BinaryOperator<BigDecimal> other,
      int bits) {
    List<Value> numbers = numbers(a);
    Value total = NumberValue.of(start);
    boolean whole = true;
    for (Value v : numbers) {
      whole &= ((NumberValue) v).isInteger();
      total = whole ? exact.apply(total, v) : total;
    }
    if (whole) {
      return total;
    }
    BigDecimal result = start;
    for (Value v : numbers) {
      BigDecimal next = Mantissa.round(((NumberValue) v).decimal());
      result = Mantissa.round(other.apply(result, next), bits);
    }
    return Mantissa.value(result, bits);
  }

  private static List<Value> numbers(Value a) {
    List<Value> all = Operands.collection(a, 1);
    for (Value v : all) {
      if (!(v instanceof NumberValue)) {
        throw BuiltinFailure.operand(
            1, a.kind().word() + " of numbers", a.kind().word() + " containing " + v.kind().word());
      }
    }
    return all;
  }

  static Value and(BuiltinContext c, Value a, Value b) {
    return NumberValue.of(Operands.integer(a, 1).and(Operands.integer(b, 2)));
  }

  static Value or(BuiltinContext c, Value a, Value b) {
    return NumberValue.of(Operands.integer(a, 1).or(Operands.integer(b, 2)));
  }

  static Value xor(BuiltinContext c, Value a, Value b) {
    return NumberValue.of(Operands.integer(a, 1).xor(Operands.integer(b, 2)));
  }

  static Value negate(BuiltinContext c, Value a) {
    return NumberValue.of(Operands.integer(a, 1).not());
  }

  static Value left(BuiltinContext c, Value a, Value b) {
    BigInteger n = Operands.integer(a, 1);
    BigInteger by = shift(b);
    if (n.signum() == 0) {
      return NumberValue.of(0);
    }
    if (by.bitLength() > 31 || by.intValue() > MOST_SHIFT) {
      throw BuiltinFailure.error("shift is too far");
    }
    return bounded(n.shiftLeft(by.intValue()));
  }

  private static Value bounded(BigInteger n) {
    try {
      return NumberValue.of(n);
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  static Value right(BuiltinContext c, Value a, Value b) {
    BigInteger n = Operands.integer(a, 1);
    BigInteger by = shift(b);
    return NumberValue.of(n.shiftRight(by.min(BigInteger.valueOf(n.bitLength())).intValue()));
  }

  private static BigInteger shift(Value b) {
    BigInteger by = Operands.integer(b, 2);
    if (by.signum() < 0) {
      throw BuiltinFailure.operand(2, "an unsigned integer number", "a negative integer");
    }
    return by;
  }

  static Value formatInt(BuiltinContext context, Value a, Value b) {
    NumberValue n = Operands.number(a, 1);
    String radix = Operands.number(b, 2).toString();
    if (!List.of("2", "8", "10", "16").contains(radix)) {
      throw BuiltinFailure.type("operand 2 must be one of {2, 8, 10, 16}");
    }
    boolean digitsAlone = n.toString().chars().allMatch(c -> c == '-' || Character.isDigit(c));
    BigDecimal exact = digitsAlone ? n.decimal() : Mantissa.round(n.decimal());
    return StringValue.of(cut(exact).toBigInteger().toString(Integer.parseInt(radix)));
  }

  static Value toNumber(BuiltinContext c, Value a) {
    return switch (a) {
      case NullValue _ -> NumberValue.of(0);
      case BooleanValue b -> NumberValue.of(b.isTrue() ? 1 : 0);
      case NumberValue n -> n;
      case StringValue s -> parse(s.text());
      default -> Operands.fail(1, "one of {null, boolean, number, string}", a);
    };
  }

  private static Value parse(String text) {
    if (text.matches("(?i)[+-]?(inf|infinity|nan)")) {
      throw BuiltinFailure.type("operand 1 must be valid number string but got string");
    }
    boolean number =
        !text.isEmpty() && text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    if (!number || text.length() > 4000) {
      throw BuiltinFailure.error(
          "strconv.ParseFloat: parsing " + GoText.quote(text) + ": invalid syntax");
    }
    double nearest = Double.parseDouble(text);
    if (Double.isInfinite(nearest)) {
      throw BuiltinFailure.error(
          "strconv.ParseFloat: parsing " + GoText.quote(text) + ": value out of range");
    }
    try {
      return JSON_NUMBER.matcher(text).matches()
          ? NumberValue.asWritten(text)
          : NumberValue.of(new BigDecimal(text));
    } catch (NumberFormatException | ArithmeticException e) {
      throw BuiltinFailure.error("invalid number: number too big");
    }
  }

  static Value range(BuiltinContext c, Value a, Value b) {
    return range(Operands.integer(a, 1), Operands.integer(b, 2), BigInteger.ONE);
  }

  static Value rangeStep(BuiltinContext c, Value a, Value b, Value step) {
    BigInteger by = Operands.integer(step, 3);
    if (by.signum() <= 0) {
      throw BuiltinFailure.error("numbers.range_step: step must be a positive integer");
    }
    return range(Operands.integer(a, 1), Operands.integer(b, 2), by);
  }

  private static Value range(BigInteger from, BigInteger to, BigInteger by) {
    boolean up = from.compareTo(to) <= 0;
    BigInteger count = to.subtract(from).abs().divide(by).add(BigInteger.ONE);
    if (count.bitLength() > 31 || count.intValue() > LONGEST_RANGE) {
      throw BuiltinFailure.error("range is too long");
    }
    List<Value> all = new ArrayList<>(count.intValue());
    BigInteger here = from;
    for (int i = 0; i < count.intValue(); i++) {
      all.add(NumberValue.of(here));
      here = up ? here.add(by) : here.subtract(by);
    }
    return ArrayValue.of(all);
  }

  static Value random(BuiltinContext c, Value key, Value limit) {
    String name = Operands.string(key, 1);
    long n = Operands.intOrLong(limit, 2);
    if (n == 0) {
      return NumberValue.of(0);
    }
    return c.memory()
        .computeIfAbsent(
            Map.entry("rand.intn", List.of(name, n)),
            k -> NumberValue.of(c.random().nextLong(Math.absExact(Math.max(n, -Long.MAX_VALUE)))));
  }
}
