package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code f(x) := value if body}. */
final class FunctionRule implements Callable {
  final List<String> path;
  final String name;
  final int arity;
  private final String message;
  Clause[] clauses = {};
  @Nullable Clause fallback;

  FunctionRule(List<String> path, String name, int arity, String message) {
    this.path = path;
    this.name = name;
    this.arity = arity;
    this.message = message;
  }

  @Override
  public @Nullable Value call(Evaluation e, Value[] arguments) {
    e.session.step();
    Value result = null;
    for (Clause clause : clauses) {
      Value v = clause.value(e, arguments);
      if (v == null) {
        continue;
      }
      if (result == null) {
        result = v;
      } else if (!result.equals(v)) {
        throw new EvaluationException(EvaluationException.CONFLICT, message, clause.span);
      }
    }
    return result == null && fallback != null ? fallback.value(e, arguments) : result;
  }
}
