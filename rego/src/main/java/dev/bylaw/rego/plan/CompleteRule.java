package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code p := value if body}. */
final class CompleteRule extends Virtual {
  static final Value[] NO_ARGUMENTS = {};

  private final String message;
  Clause[] clauses = {};
  @Nullable Clause fallback;

  CompleteRule(int number, List<String> path, String message) {
    super(number, path);
    this.message = message;
  }

  @Override
  @Nullable Value compute(Evaluation e) {
    Value result = null;
    for (Clause clause : clauses) {
      Value v = clause.value(e, NO_ARGUMENTS);
      if (v == null) {
        continue;
      }
      if (result == null) {
        result = v;
      } else if (!result.equals(v)) {
        throw new EvaluationException(EvaluationException.CONFLICT, message, clause.span);
      }
    }
    return result == null && fallback != null ? fallback.value(e, NO_ARGUMENTS) : result;
  }
}
