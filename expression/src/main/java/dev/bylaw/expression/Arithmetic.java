package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** Terms that calculate: {@code + - * / %} on numbers, times, texts and lists; see the package. */
final class Arithmetic {
  /** Digits that a number may have; exact decimals grow with each product. */
  static final int MOST_DIGITS = 1_000;

  private static final MathContext QUOTIENT = MathContext.DECIMAL128;
  private static final BigInteger MOST_UINT = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Arithmetic() {}

  /** What to calculate. */
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  /** {@code a + b} and its like. */
  static final class Calculation extends Node {
    private final Operator operator;
    private final Node left;
    private final Node right;
    private final Numbers numbers;

    Calculation(Span span, Operator operator, Node left, Node right) {
      super(span);
      this.operator = operator;
      this.left = left;
      this.right = right;
      this.numbers = left.numbers() == right.numbers() ? left.numbers() : Numbers.DECIMAL;
    }

    @Override
    Numbers numbers() {
      return numbers;
    }

    @Override
    Numbers elements() {
      return left.elements() == right.elements() ? left.elements() : Numbers.DECIMAL;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object a = left.evaluate(bindings, frame);
      if (a instanceof Failed) {
        return a;
      }
      Object b = right.evaluate(bindings, frame);
      if (a instanceof NumberValue x && b instanceof NumberValue y) {
        return number(x, y);
      }
      if (b instanceof Failed) {
        return b;
      }
      return switch (operator) {
        case ADD -> added(a, b, frame);
        case SUBTRACT -> subtracted(a, b);
        case MULTIPLY, DIVIDE, REMAINDER -> notApplicable(operator.sign, a, b);
      };
    }

    private Object number(NumberValue x, NumberValue y) {
      return switch (numbers) {
        case INT -> x.isLong() && y.isLong() ? whole(x.longValue(), y.longValue()) : decimal(x, y);
        case UINT -> unsigned(x, y);
        case DECIMAL -> decimal(x, y);
      };
    }

    /** 64 bits; overflow fails. */
    private Object whole(long x, long y) {
      long high = Math.multiplyHigh(x, y);
      return switch (operator) {
        case ADD -> (x ^ x + y) < 0 && (y ^ x + y) < 0 ? overflow() : NumberValue.of(x + y);
        case SUBTRACT -> (x ^ y) < 0 && (x ^ x - y) < 0 ? overflow() : NumberValue.of(x - y);
        case MULTIPLY -> high != x * y >> 63 ? overflow() : NumberValue.of(x * y);
        case DIVIDE, REMAINDER -> {
          if (y == 0) {
            yield byZero();
          }
          if (operator == Operator.REMAINDER) {
            yield NumberValue.of(x % y);
          }
          yield x == Long.MIN_VALUE && y == -1 ? overflow() : NumberValue.of(x / y);
        }
      };
    }

    private Object unsigned(NumberValue x, NumberValue y) {
      BigInteger a = x.decimal().toBigInteger();
      BigInteger b = y.decimal().toBigInteger();
      if (b.signum() == 0 && (operator == Operator.DIVIDE || operator == Operator.REMAINDER)) {
        return byZero();
      }
      BigInteger value =
          switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b);
            case REMAINDER -> a.remainder(b);
          };
      return value.signum() < 0 || value.compareTo(MOST_UINT) > 0
          ? overflow()
          : NumberValue.of(value);
    }

    private Object decimal(NumberValue x, NumberValue y) {
      if (operator == Operator.REMAINDER) {
        return remainder(x, y);
      }
      if (operator == Operator.DIVIDE) {
        return quotient(x, y);
      }
      if (x.isLong() && y.isLong()) {
        Object whole = whole(x.longValue(), y.longValue());
        if (whole instanceof NumberValue) {
          return whole;
        }
      }
      BigDecimal a = x.decimal();
      BigDecimal b = y.decimal();
      if (digits(a, b) > MOST_DIGITS) {
        return overflow();
      }
      return NumberValue.of(
          switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE, REMAINDER -> throw new IllegalStateException("handled above");
          });
    }

    /** More digits than the result can have. */
    private long digits(BigDecimal a, BigDecimal b) {
      if (operator == Operator.MULTIPLY) {
        long exponent = Math.abs((long) a.scale() + b.scale());
        return Math.max((long) a.precision() + b.precision(), exponent);
      }
      long top = Math.max(a.precision() - (long) a.scale(), b.precision() - (long) b.scale());
      return top + Math.max(a.scale(), b.scale()) + 1;
    }

    private Object quotient(NumberValue x, NumberValue y) {
      BigDecimal a = x.decimal();
      BigDecimal b = y.decimal();
      if (b.signum() == 0) {
        return byZero();
      }
      long exponent = Math.abs((long) a.scale() - b.scale());
      return exponent + a.precision() + b.precision() > MOST_DIGITS * 2L
          ? overflow()
          : NumberValue.of(a.divide(b, QUOTIENT));
    }

    private Object remainder(NumberValue x, NumberValue y) {
      if (!x.isInteger() || !y.isInteger()) {
        return failed(Reason.TYPE, "`%` takes whole numbers, found " + (x.isInteger() ? y : x));
      }
      if (y.decimal().signum() == 0) {
        return byZero();
      }
      if (x.isLong() && y.isLong()) {
        return NumberValue.of(x.longValue() % y.longValue());
      }
      if (digits(x.decimal(), y.decimal()) > MOST_DIGITS) {
        return overflow();
      }
      return NumberValue.of(x.decimal().remainder(y.decimal()));
    }

    private Object added(Object a, Object b, Frame frame) {
      if (a instanceof Instant x && b instanceof Duration y) {
        return Times.plus(x, y, this);
      }
      if (a instanceof Duration x && b instanceof Instant y) {
        return Times.plus(y, x, this);
      }
      if (a instanceof Duration x && b instanceof Duration y) {
        return Times.plus(x, y, this);
      }
      return Texts.sum(a, b, this, frame);
    }

    private Object subtracted(Object a, Object b) {
      if (a instanceof Instant x && b instanceof Duration y) {
        return Times.plus(x, y.negated(), this);
      }
      if (a instanceof Instant x && b instanceof Instant y) {
        return Times.between(y, x, this);
      }
      if (a instanceof Duration x && b instanceof Duration y) {
        return Times.plus(x, y.negated(), this);
      }
      return notApplicable(operator.sign, a, b);
    }

    private Failed overflow() {
      return failed(Reason.NUMBER, "`" + operator.sign + "` makes a number out of range");
    }

    private Failed byZero() {
      return failed(Reason.NUMBER, "division by zero");
    }
  }

  /** {@code -a}. */
  static final class Negation extends Node {
    private final Node operand;

    Negation(Span span, Node operand) {
      super(span);
      this.operand = operand;
    }

    @Override
    Numbers numbers() {
      return operand.numbers();
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = operand.evaluate(bindings, frame);
      if (!(value instanceof NumberValue number)) {
        return notApplicable("-", value);
      }
      if (number.isLong() && number.longValue() != Long.MIN_VALUE) {
        return NumberValue.of(-number.longValue());
      }
      return numbers() == Numbers.INT
          ? failed(Reason.NUMBER, "`-` makes a number out of range")
          : NumberValue.of(number.decimal().negate());
    }
  }

  /** A number without its fraction. */
  static BigInteger truncated(NumberValue number) {
    return number.decimal().setScale(0, RoundingMode.DOWN).toBigInteger();
  }

  /** Whether a whole number fits 64 bits without a sign. */
  static boolean isUnsigned(BigInteger number) {
    return number.signum() >= 0 && number.compareTo(MOST_UINT) <= 0;
  }
}
