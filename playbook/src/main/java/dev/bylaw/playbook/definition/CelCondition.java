package dev.bylaw.playbook.definition;

import dev.bylaw.expression.Bindings;
import dev.bylaw.expression.Expression;
import dev.bylaw.expression.Result;
import dev.bylaw.playbook.template.Scope;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition that was compiled.
 *
 * @param expression over the variables
 * @param variables by slot: names of inputs and vars, and {@link #STEPS}, {@link #ERROR}, {@link
 *     #OUTPUT}, {@link #ATTEMPT}
 */
record CelCondition(Expression expression, List<String> variables) implements Condition {
  static final String STEPS = "steps";
  static final String ERROR = "error";
  static final String OUTPUT = "output";
  static final String ATTEMPT = "attempt";

  /** What no input may be called: they mean something of their own. */
  static final Set<String> RESERVED =
      Set.of(STEPS, ERROR, OUTPUT, ATTEMPT, "secrets", "inputs", "vars");

  CelCondition {
    variables = List.copyOf(variables);
  }

  @Override
  public Answer test(Scope scope, ObjectValue failure, int attempt) {
    Bindings bindings = slot -> bound(variables.get(slot), scope, failure, attempt);
    return switch (expression.evaluate(bindings)) {
      case Result.Failed failed -> new Answer(false, failed.message());
      case Result.Produced produced when produced.isTrue() -> new Answer(true, "");
      case Result.Produced produced when produced.isFalse() -> new Answer(false, "");
      case Result.Produced produced ->
          new Answer(
              false,
              "expected true or false of `"
                  + expression.text()
                  + "`, found "
                  + produced.value().kind().word());
    };
  }

  private static @Nullable Value bound(
      String variable, Scope scope, ObjectValue failure, int attempt) {
    return switch (variable) {
      case STEPS -> scope.steps();
      case ERROR -> failure;
      case OUTPUT -> scope.output().orElse(null);
      case ATTEMPT -> NumberValue.of(attempt);
      default -> scope.named(variable);
    };
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    expression.references().forEach(reference -> names.add(reference.variable()));
    names.removeAll(RESERVED);
    return names;
  }
}
