package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Set;

/**
 * Terms that compare: {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code
 * in}. Those against a constant are terms of their own, as most rules are made of them.
 */
final class Comparison {
  private Comparison() {}

  /** The relations of order. */
  enum Relation {
    LESS("<", 0b001),
    LESS_EQUAL("<=", 0b011),
    GREATER(">", 0b100),
    GREATER_EQUAL(">=", 0b110);

    private final String sign;

    /** The orders that it holds for: less, equal, greater from the lowest bit. */
    private final int orders;

    Relation(String sign, int orders) {
      this.sign = sign;
      this.orders = orders;
    }

    boolean holds(int order) {
      return holds(orders, order);
    }

    static boolean holds(int orders, int order) {
      return (orders >> Integer.signum(order) + 1 & 1) != 0;
    }

    /** The relation with its sides exchanged. */
    Relation flipped() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_EQUAL -> GREATER_EQUAL;
        case GREATER -> LESS;
        case GREATER_EQUAL -> LESS_EQUAL;
      };
    }
  }

  /** Two operands, neither of them a constant. */
  abstract static class Operands extends Node {
    final Node left;
    final Node right;

    Operands(Span span, Node left, Node right) {
      super(span);
      this.left = left;
      this.right = right;
    }
  }

  /** {@code a == b}, {@code a != b}. */
  static final class Equal extends Operands {
    private final boolean negated;

    Equal(Span span, Node left, Node right, boolean negated) {
      super(span, left, right);
      this.negated = negated;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object a = value(left, bindings, frame);
      if (a instanceof Failed) {
        return a;
      }
      Object b = value(right, bindings, frame);
      if (b instanceof Failed) {
        return b;
      }
      boolean equal = Domain.equal(a, b, frame);
      return frame.isSpent() ? outOfBudget() : BooleanValue.of(equal != negated);
    }
  }

  /** {@code a == constant}, {@code a != constant}: against a scalar. */
  abstract static class ConstantEqual extends Node {
    private final Node operand;
    private final Value scalar;
    private final boolean negated;

    ConstantEqual(Span span, Node operand, Value scalar, boolean negated) {
      super(span);
      this.operand = operand;
      this.scalar = scalar;
      this.negated = negated;
    }

    final Node operand() {
      return operand;
    }

    final Value scalar() {
      return scalar;
    }

    final boolean isNegated() {
      return negated;
    }
  }

  /** {@code a == "text"}. */
  static final class TextEqual extends ConstantEqual {
    private final String text;

    TextEqual(Span span, Node operand, StringValue text, boolean negated) {
      super(span, operand, text, negated);
      this.text = text.text();
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = value(operand(), bindings, frame);
      if (value instanceof StringValue found) {
        return BooleanValue.of(found.text().equals(text) != isNegated());
      }
      return value instanceof Failed ? value : BooleanValue.of(isNegated());
    }
  }

  /** {@code a == 1}, {@code a == null}. */
  static final class ScalarEqual extends ConstantEqual {
    ScalarEqual(Span span, Node operand, Value scalar, boolean negated) {
      super(span, operand, scalar, negated);
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = value(operand(), bindings, frame);
      return value instanceof Failed
          ? value
          : BooleanValue.of(scalar().equals(value) != isNegated());
    }
  }

  /** {@code a < b} and its like. */
  static final class Order extends Operands {
    private final Relation relation;

    Order(Span span, Node left, Node right, Relation relation) {
      super(span, left, right);
      this.relation = relation;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object a = value(left, bindings, frame);
      if (a instanceof Failed) {
        return a;
      }
      Object b = value(right, bindings, frame);
      if (a instanceof NumberValue x && b instanceof NumberValue y) {
        return BooleanValue.of(relation.holds(x.compareTo(y)));
      }
      if (a instanceof StringValue x
          && b instanceof StringValue y
          && !frame.spend(Math.min(x.text().length(), y.text().length()) >> 6)) {
        return outOfBudget();
      }
      var order = Domain.order(a, b);
      return order.isPresent()
          ? BooleanValue.of(relation.holds(order.getAsInt()))
          : notApplicable(relation.sign, a, b);
    }
  }

  /** {@code a <= 100}: the order of a number and a constant. */
  static final class NumberOrder extends Node {
    private final Node operand;
    private final NumberValue number;
    private final BigDecimal exact;
    private final Relation relation;
    private final int orders;

    /** Whether {@link #below} is the number itself. */
    private final boolean isLong;

    /** The largest {@code long} not above the number; nothing where all are above it. */
    private final long below;

    private final boolean isBelowAll;

    NumberOrder(Span span, Node operand, NumberValue number, Relation relation) {
      super(span);
      this.operand = operand;
      this.number = number;
      this.exact = number.decimal();
      this.relation = relation;
      this.orders = relation.orders;
      this.isLong = number.isLong();
      BigInteger floor = exact.setScale(0, RoundingMode.FLOOR).toBigInteger();
      boolean fits = floor.bitLength() < Long.SIZE;
      this.isBelowAll = !fits && floor.signum() < 0;
      this.below = fits ? floor.longValue() : Long.MAX_VALUE;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = value(operand, bindings, frame);
      return value instanceof NumberValue found
          ? BooleanValue.of(Relation.holds(orders, order(found)))
          : notApplicable(relation.sign, value, number);
    }

    /** Allocates nothing: no decimal is made of a long. */
    private int order(NumberValue found) {
      if (!found.isLong()) {
        return found.decimal().compareTo(exact);
      }
      if (isLong) {
        return Long.compare(found.longValue(), below);
      }
      return isBelowAll || found.longValue() > below ? 1 : -1;
    }
  }

  /** {@code a in ["x", "y"]}: among constant scalars. */
  static final class Among extends Node {
    private final Node operand;
    private final Set<Value> scalars;

    Among(Span span, Node operand, Set<Value> scalars) {
      super(span);
      this.operand = operand;
      this.scalars = scalars;
    }

    Node operand() {
      return operand;
    }

    Set<Value> scalars() {
      return scalars;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = value(operand, bindings, frame);
      if (value instanceof Failed) {
        return value;
      }
      return BooleanValue.of(
          value instanceof Value found && Domain.isScalar(found) && scalars.contains(found));
    }
  }

  /** {@code a in b}: among elements, members or keys. */
  static final class In extends Node {
    private final Node element;
    private final Node range;

    In(Span span, Node element, Node range) {
      super(span);
      this.element = element;
      this.range = range;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object wanted = element.evaluate(bindings, frame);
      if (wanted instanceof Failed) {
        return wanted;
      }
      Object among = range.evaluate(bindings, frame);
      if (among instanceof ObjectValue object) {
        return BooleanValue.of(
            wanted instanceof Value key && Domain.isScalar(key) && object.get(key) != null);
      }
      if (among instanceof Domain.Entries entries) {
        return BooleanValue.of(entries.get(wanted) != null);
      }
      if (among instanceof SetValue set
          && wanted instanceof Value value
          && Domain.isScalar(value)) {
        return BooleanValue.of(set.contains(value));
      }
      return scan(wanted, among, frame);
    }

    private Object scan(Object wanted, Object among, Frame frame) {
      if (among instanceof ArrayValue array) {
        for (int i = 0; i < array.size(); i++) {
          if (!frame.spend(1)) {
            return outOfBudget();
          }
          if (Domain.equal(wanted, array.get(i), frame) && !frame.isSpent()) {
            return BooleanValue.TRUE;
          }
        }
        return frame.isSpent() ? outOfBudget() : BooleanValue.FALSE;
      }
      Iterable<?> elements = Domain.range(among);
      if (elements == null) {
        return among instanceof Failed
            ? among
            : failed(Reason.TYPE, "expected an array or an object, found " + Domain.word(among));
      }
      for (Object element : elements) {
        if (!frame.spend(1)) {
          return outOfBudget();
        }
        if (Domain.equal(wanted, element, frame) && !frame.isSpent()) {
          return BooleanValue.TRUE;
        }
      }
      return frame.isSpent() ? outOfBudget() : BooleanValue.FALSE;
    }
  }
}
