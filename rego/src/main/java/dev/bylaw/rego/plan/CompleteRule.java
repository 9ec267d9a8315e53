package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code p := value if body}. */
final class CompleteRule extends Virtual {
  static final Value[] NO_ARGUMENTS = {};

  Clauses clauses = Clauses.NONE;

  CompleteRule(int number, List<String> path) {
    super(number, path);
  }

  @Override
  @Nullable Value compute(Evaluation e) {
    return clauses.value(e, NO_ARGUMENTS);
  }
}
