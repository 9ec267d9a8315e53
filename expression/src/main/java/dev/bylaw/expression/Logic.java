package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Terms of logic. A failure is a third truth: {@code false && failure} is false and {@code true ||
 * failure} is true, in either order.
 */
final class Logic {
  private Logic() {}

  /** {@code a && b && …} or {@code a || b || …}. */
  static final class Junction extends Node {
    private final Node[] terms;

    /** The truth that settles it: false for and, true for or. */
    private final BooleanValue settling;

    private final BooleanValue otherwise;

    Junction(Span span, List<Node> terms, boolean conjunction) {
      super(span);
      this.terms = terms.toArray(Node[]::new);
      this.settling = BooleanValue.of(!conjunction);
      this.otherwise = BooleanValue.of(conjunction);
    }

    boolean isConjunction() {
      return settling == BooleanValue.FALSE;
    }

    List<Node> terms() {
      return List.of(terms);
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object failure = null;
      for (Node term : terms) {
        Object value = term.evaluate(bindings, frame);
        if (value == settling) {
          return settling;
        }
        if (value != otherwise && failure == null) {
          failure = notTruth(term, value);
        }
      }
      return failure == null ? otherwise : failure;
    }
  }

  /** {@code !a}. */
  static final class Not extends Node {
    private final Node operand;

    Not(Span span, Node operand) {
      super(span);
      this.operand = operand;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = value(operand, bindings, frame);
      if (value == BooleanValue.TRUE) {
        return BooleanValue.FALSE;
      }
      return value == BooleanValue.FALSE ? BooleanValue.TRUE : notTruth(operand, value);
    }
  }

  /** {@code a ? b : c}. */
  static final class Conditional extends Node {
    private final Node condition;
    private final Node whenTrue;
    private final Node whenFalse;

    Conditional(Span span, Node condition, Node whenTrue, Node whenFalse) {
      super(span);
      this.condition = condition;
      this.whenTrue = whenTrue;
      this.whenFalse = whenFalse;
    }

    @Override
    Numbers numbers() {
      return whenTrue.numbers() == whenFalse.numbers() ? whenTrue.numbers() : Numbers.DECIMAL;
    }

    @Override
    Numbers elements() {
      return whenTrue.elements() == whenFalse.elements() ? whenTrue.elements() : Numbers.DECIMAL;
    }

    @Override
    Object evaluate(Bindings bindings, Frame frame) {
      Object value = condition.evaluate(bindings, frame);
      if (value == BooleanValue.TRUE) {
        return whenTrue.evaluate(bindings, frame);
      }
      return value == BooleanValue.FALSE
          ? whenFalse.evaluate(bindings, frame)
          : notTruth(condition, value);
    }
  }

  /** The failure of a term that came to something else than true or false. */
  static Failed notTruth(Node term, @Nullable Object value) {
    return value instanceof Failed failure
        ? failure
        : term.failed(
            Reason.TYPE,
            "expected true or false, found " + (value == null ? "nothing" : Domain.word(value)));
  }
}
