package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arithmetic, bits, and numbers from and as text. Whole numbers are exact, of any size. */
final class Numbers {
  private static final int MOST_SHIFT = 1 << 16;
  private static final int LONGEST_RANGE = 1 << 22;

  private Numbers() {}

  static Value plus(BuiltinContext c, Value a, Value b) {
    if (a instanceof NumberValue x && b instanceof NumberValue y && x.isLong() && y.isLong()) {
      long sum = x.longValue() + y.longValue();
      if (((x.longValue() ^ sum) & (y.longValue() ^ sum)) >= 0) {
        return NumberValue.of(sum);
      }
    }
    return exact(Operands.number(a, 1).decimal().add(Operands.number(b, 2).decimal()));
  }

  static Value minus(BuiltinContext c, Value a, Value b) {
    if (a instanceof NumberValue x && b instanceof NumberValue y) {
      if (x.isLong() && y.isLong()) {
        long difference = x.longValue() - y.longValue();
        if (((x.longValue() ^ y.longValue()) & (x.longValue() ^ difference)) >= 0) {
          return NumberValue.of(difference);
        }
      }
      return exact(x.decimal().subtract(y.decimal()));
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
    return exact(x.decimal().multiply(y.decimal()));
  }

  static Value divide(BuiltinContext c, Value a, Value b) {
    BigDecimal x = Operands.number(a, 1).decimal();
    BigDecimal y = Operands.number(b, 2).decimal();
    if (y.signum() == 0) {
      throw BuiltinFailure.error("divide by zero");
    }
    int digits = Math.max(60, x.precision() + y.precision() + 5);
    BigDecimal quotient = x.divide(y, new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
    return exact(quotient);
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

  private static Value exact(BigDecimal result) {
    try {
      return NumberValue.of(Mantissa.shortest(result));
    } catch (ArithmeticException e) {
      throw BuiltinFailure.error("number out of range");
    }
  }

  static Value abs(BuiltinContext c, Value a) {
    NumberValue n = Operands.number(a, 1);
    return n.decimal().signum() < 0 ? NumberValue.of(n.decimal().negate()) : n;
  }

  static Value round(BuiltinContext c, Value a) {
    return to(a, RoundingMode.HALF_UP);
  }

  static Value ceil(BuiltinContext c, Value a) {
    return to(a, RoundingMode.CEILING);
  }

  static Value floor(BuiltinContext c, Value a) {
    return to(a, RoundingMode.FLOOR);
  }

  private static Value to(Value a, RoundingMode mode) {
    NumberValue n = Operands.number(a, 1);
    return n.isInteger() ? n : NumberValue.of(n.decimal().setScale(0, mode).toBigInteger());
  }

  static Value sum(BuiltinContext c, Value a) {
    Value total = NumberValue.of(0);
    for (Value v : numbers(a)) {
      total = plus(c, total, v);
    }
    return total;
  }

  static Value product(BuiltinContext c, Value a) {
    Value total = NumberValue.of(1);
    for (Value v : numbers(a)) {
      total = times(c, total, v);
    }
    return total;
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
    return bounded(n.shiftLeft(shift(b)));
  }

  private static Value bounded(BigInteger n) {
    try {
      return NumberValue.of(n);
    } catch (ArithmeticException e) {
      throw BuiltinFailure.error("number out of range");
    }
  }

  static Value right(BuiltinContext c, Value a, Value b) {
    BigInteger n = Operands.integer(a, 1);
    return NumberValue.of(n.shiftRight(shift(b)));
  }

  private static int shift(Value b) {
    BigInteger by = Operands.integer(b, 2);
    if (by.signum() < 0) {
      throw BuiltinFailure.operand(2, "an unsigned integer number", "a negative integer");
    }
    if (by.bitLength() > 31 || by.intValue() > MOST_SHIFT) {
      throw BuiltinFailure.error("shift is too far");
    }
    return by.intValue();
  }

  static Value formatInt(BuiltinContext c, Value a, Value b) {
    NumberValue n = Operands.number(a, 1);
    NumberValue radix = Operands.number(b, 2);
    int base = radix.isLong() ? (int) radix.longValue() : 0;
    if (base != 2 && base != 8 && base != 10 && base != 16) {
      throw BuiltinFailure.type("operand 2 must be one of {2, 8, 10, 16}");
    }
    BigInteger whole = n.decimal().setScale(0, RoundingMode.DOWN).toBigInteger();
    return StringValue.of(whole.toString(base));
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
          "strconv.ParseFloat: parsing " + TermText.of(StringValue.of(text)) + ": invalid syntax");
    }
    try {
      return NumberValue.of(new BigDecimal(text));
    } catch (NumberFormatException | ArithmeticException e) {
      throw BuiltinFailure.error("strconv.ParseFloat: value out of range");
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
    BigInteger n = Operands.integer(limit, 2);
    if (n.signum() == 0) {
      return NumberValue.of(0);
    }
    if (n.bitLength() > 62) {
      throw BuiltinFailure.error("number out of range");
    }
    return c.memory()
        .computeIfAbsent(
            Map.entry("rand.intn", List.of(name, n)),
            k -> NumberValue.of(c.random().nextLong(n.abs().longValue())));
  }
}
