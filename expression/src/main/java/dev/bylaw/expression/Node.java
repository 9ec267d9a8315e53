package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One term of a compiled expression.
 *
 * <p>What a term comes to is an object of the {@link Domain}: a {@link Value}, one of the few kinds
 * that values do not have, or a {@link Failed}. Terms never throw. They are immutable.
 */
abstract class Node {
  /** How the numbers that a term comes to calculate; see the page of the package. */
  enum Numbers {
    INT,
    UINT,
    DECIMAL
  }

  private final Span span;

  Node(Span span) {
    this.span = span;
  }

  abstract Object evaluate(Bindings bindings, Frame frame);

  final Span span() {
    return span;
  }

  Numbers numbers() {
    return Numbers.DECIMAL;
  }

  /** The same of the elements of the list that it comes to. */
  Numbers elements() {
    return Numbers.DECIMAL;
  }

  final Failed failed(Reason reason, String message) {
    return new Failed(reason, message, span);
  }

  final Failed outOfBudget() {
    return failed(Reason.BUDGET, "more than the evaluation may take");
  }

  /** The failure of an operation that does not take such operands; one of them if it is one. */
  final Failed notApplicable(String operation, Object... operands) {
    var kinds = new java.util.StringJoiner(" and ");
    for (Object operand : operands) {
      if (operand instanceof Failed failure) {
        return failure;
      }
      kinds.add(Domain.word(operand));
    }
    return failed(Reason.TYPE, "`" + operation + "` cannot be applied to " + kinds);
  }

  /** A value known at compile time. */
  static final class Constant extends Node {
    private final Object value;
    private final Numbers numbers;
    private final Numbers elements;

    Constant(Span span, Object value, Numbers numbers) {
      super(span);
      this.value = value;
      this.numbers = numbers;
      this.elements = Numbers.DECIMAL;
    }

    /** What a term was found to come to always. */
    Constant(Node folded, Object value) {
      super(folded.span());
      this.value = value;
      this.numbers = folded.numbers();
      this.elements = folded.elements();
    }

    Object value() {
      return value;
    }

    @Override
    Numbers numbers() {
      return numbers;
    }

    @Override
    Numbers elements() {
      return elements;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      return value;
    }
  }

  /** The variable of a loop. */
  static final class Local extends Node {
    private final int slot;
    private final Numbers numbers;

    Local(Span span, int slot, Numbers numbers) {
      super(span);
      this.slot = slot;
      this.numbers = numbers;
    }

    @Override
    Numbers numbers() {
      return numbers;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      return frame.local(slot);
    }
  }

  /** A variable whose text is a timestamp or a duration. */
  static final class Parsed extends Node {
    private final Node text;
    private final String conversion;

    Parsed(Node text, String conversion) {
      super(text.span());
      this.text = text;
      this.conversion = conversion;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = text.evaluate(bindings, frame);
      return conversion.equals("timestamp")
          ? Times.timestamp(value, this, frame)
          : Times.duration(value, this, frame);
    }
  }

  /**
   * What an operand comes to. Most are paths; asking for those first makes one call of two direct,
   * and lets the compiler look into it.
   */
  static Object value(Node operand, Bindings bindings, Frame frame) {
    return operand instanceof Access.Path path
        ? path.evaluate(bindings, frame)
        : operand.evaluate(bindings, frame);
  }

  /** The value of a constant, or null for any other term. */
  static @Nullable Object constant(Node node) {
    return node instanceof Constant constant ? constant.value() : null;
  }
}
