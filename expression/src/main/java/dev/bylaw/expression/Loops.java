package dev.bylaw.expression;

import dev.bylaw.expression.Result.Failed;
import dev.bylaw.expression.Result.Reason;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Terms that loop: {@code all}, {@code exists}, {@code exists_one}, {@code map}, {@code filter}.
 */
final class Loops {
  private Loops() {}

  /** Goes through a range, a step of the budget for each turn. */
  abstract static class Loop extends Node {
    private final Node range;
    private final int slot;

    Loop(Span span, Node range, int slot) {
      super(span);
      this.range = range;
      this.slot = slot;
    }

    @Override
    final Object evaluate(Bindings bindings, Frame frame) {
      Object operand = range.evaluate(bindings, frame);
      Iterable<?> elements = Domain.range(operand);
      if (elements == null) {
        return operand instanceof Failed
            ? operand
            : range.failed(
                Reason.TYPE, "expected an array or an object, found " + Domain.word(operand));
      }
      Turns turns = turns();
      for (Object element : elements) {
        if (!frame.spend(1)) {
          return outOfBudget();
        }
        frame.local(slot, element);
        Object settled = turns.turn(element, bindings, frame);
        if (frame.isSpent()) {
          return outOfBudget();
        }
        if (settled != null) {
          return settled;
        }
      }
      return turns.end();
    }

    abstract Turns turns();
  }

  /** What one evaluation of a loop does and remembers. */
  interface Turns {
    /** What the loop comes to if this turn settles it, else null. */
    @Nullable Object turn(Object element, Bindings bindings, Frame frame);

    Object end();
  }

  /** {@code all} and {@code exists}: failures count only if no turn settles it. */
  static final class Quantifier extends Loop {
    private final Node predicate;
    private final BooleanValue settling;

    Quantifier(Span span, Node range, int slot, Node predicate, boolean universal) {
      super(span, range, slot);
      this.predicate = predicate;
      this.settling = BooleanValue.of(!universal);
    }

    @Override
    Turns turns() {
      return new Turns() {
        private @Nullable Object failure;

        @Override
        public @Nullable Object turn(Object element, Bindings bindings, Frame frame) {
          Object value = predicate.evaluate(bindings, frame);
          if (value == settling) {
            return settling;
          }
          if (failure == null && !(value instanceof BooleanValue)) {
            failure = Logic.notTruth(predicate, value);
          }
          return null;
        }

        @Override
        public Object end() {
          return failure != null ? failure : BooleanValue.of(!settling.isTrue());
        }
      };
    }
  }

  /** {@code exists_one}: any failure fails it. */
  static final class ExactlyOne extends Loop {
    private final Node predicate;

    ExactlyOne(Span span, Node range, int slot, Node predicate) {
      super(span, range, slot);
      this.predicate = predicate;
    }

    @Override
    Turns turns() {
      return new Turns() {
        private int found;

        @Override
        public @Nullable Object turn(Object element, Bindings bindings, Frame frame) {
          Object value = predicate.evaluate(bindings, frame);
          if (value == BooleanValue.TRUE) {
            found++;
          }
          return value instanceof BooleanValue ? null : Logic.notTruth(predicate, value);
        }

        @Override
        public Object end() {
          return BooleanValue.of(found == 1);
        }
      };
    }
  }

  /** {@code map} and {@code filter}: the list of what the elements that pass become. */
  static final class Collection extends Loop {
    private final @Nullable Node predicate;
    private final Node element;

    Collection(Span span, Node range, int slot, @Nullable Node predicate, Node element) {
      super(span, range, slot);
      this.predicate = predicate;
      this.element = element;
    }

    @Override
    Numbers elements() {
      return element.numbers();
    }

    @Override
    Turns turns() {
      return new Turns() {
        private final List<Object> collected = new ArrayList<>();

        @Override
        public @Nullable Object turn(Object turned, Bindings bindings, Frame frame) {
          if (predicate != null) {
            Object value = predicate.evaluate(bindings, frame);
            if (value != BooleanValue.TRUE) {
              return value == BooleanValue.FALSE ? null : Logic.notTruth(predicate, value);
            }
          }
          Object made = element.evaluate(bindings, frame);
          if (made instanceof Failed) {
            return made;
          }
          collected.add(made);
          return collected.size() > frame.outputSize() ? outOfBudget() : null;
        }

        @Override
        public Object end() {
          return Domain.list(collected);
        }
      };
    }
  }
}
