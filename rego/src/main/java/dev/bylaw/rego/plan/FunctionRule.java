package dev.bylaw.rego.plan;

import dev.bylaw.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code f(x) := value if body}. */
final class FunctionRule implements Callable {
  final List<String> path;
  final String name;
  final int arity;
  Clauses clauses = Clauses.NONE;

  FunctionRule(List<String> path, String name, int arity) {
    this.path = path;
    this.name = name;
    this.arity = arity;
  }

  @Override
  public @Nullable Value call(Evaluation e, Value[] arguments) {
    e.session.step();
    return clauses.value(e, arguments);
  }
}
