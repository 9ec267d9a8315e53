package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clauses of a complete rule or function: those that hold must agree. */
final class Clauses {
  static final Clauses NONE = new Clauses(List.of(), null, "");

  private final ClauseIndex index;
  private final @Nullable Clause fallback;
  private final String conflict;

  /** Whether all clauses yield the same constant, so that one that holds is enough. */
  private final boolean oneIsEnough;

  Clauses(List<ClauseIndex.Entry> entries, @Nullable Clause fallback, String conflict) {
    this.index = ClauseIndex.of(entries);
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

  @Nullable Value value(Evaluation e, Value[] arguments) {
    var agreed = new Agreed(e, arguments);
    index.visit(e, arguments, agreed);
    return agreed.result == null && fallback != null ? fallback.value(e, arguments) : agreed.result;
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
      if (result == null) {
        result = v;
      } else if (!result.equals(v)) {
        throw new EvaluationException(EvaluationException.CONFLICT, conflict, clause.span);
      }
      return !oneIsEnough;
    }
  }
}
