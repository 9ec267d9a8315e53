package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clauses of a complete rule or function: those that hold must agree. */
final class Clauses {
  static final Clauses NONE = new Clauses(List.of(), null, "");

  private final ClauseIndex index;

  /** The clauses where none is told apart from others, else empty: looked at in a plain loop. */
  private final Clause[] few;

  private final @Nullable Clause fallback;
  private final String conflict;

  /** Whether all clauses yield the same constant, so that one that holds is enough. */
  private final boolean oneIsEnough;

  Clauses(List<ClauseIndex.Entry> entries, @Nullable Clause fallback, String conflict) {
    this.index = ClauseIndex.of(entries);
    this.few = index.untold();
    this.fallback = fallback;
    this.conflict = conflict;
    this.oneIsEnough = sameConstant(entries);
  }

  private static boolean sameConstant(List<ClauseIndex.Entry> entries) {
    Value first = null;
    for (ClauseIndex.Entry entry : entries) {
      for (Clause c = entry.clause(); c != null; c = c.otherwise) {
        if (c.constant == null || (first != null && !first.equals(c.constant))) {
          return false;
        }
        first = c.constant;
      }
    }
    return true;
  }

  /** The value, if it is the same for all evaluations. */
  @Nullable Value constant() {
    return few.length == 1 && few[0].alwaysHolds() ? few[0].constant : null;
  }

  @Nullable Value value(Evaluation e, Value[] arguments) {
    Value value = few.length == 0 ? indexed(e, arguments) : agreed(e, arguments);
    return value == null && fallback != null ? fallback.value(e, arguments) : value;
  }

  private @Nullable Value agreed(Evaluation e, Value[] arguments) {
    Value result = null;
    for (Clause clause : few) {
      Value v = clause.value(e, arguments);
      if (v != null) {
        result = agreeing(result, v, clause);
        if (oneIsEnough) {
          return result;
        }
      }
    }
    return result;
  }

  private Value agreeing(@Nullable Value before, Value v, Clause clause) {
    if (before != null && !before.equals(v)) {
      throw new EvaluationException(EvaluationException.CONFLICT, conflict, clause.span);
    }
    return v;
  }

  private @Nullable Value indexed(Evaluation e, Value[] arguments) {
    var agreed = new Agreed(e, arguments);
    index.visit(e, arguments, agreed);
    return agreed.result;
  }

  /** The value so far. */
  private final class Agreed implements ClauseIndex.Visitor {
    private final Evaluation evaluation;
    private final Value[] arguments;
    private @Nullable Value result;

    Agreed(Evaluation evaluation, Value[] arguments) {
      this.evaluation = evaluation;
      this.arguments = arguments;
    }

    @Override
    public boolean visit(Clause clause) {
      Value v = clause.value(evaluation, arguments);
      if (v == null) {
        return true;
      }
      result = agreeing(result, v, clause);
      return !oneIsEnough;
    }
  }
}
