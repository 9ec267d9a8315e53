package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the conditions of one policy, once for all environments that look the same to it: a
 * condition that does not speak of the action sees only its context.
 */
final class EnvironmentResults {
  private record Seen(String principal, String resource, Object actionOrContext) {}

  private final Schema schema;
  private final List<Expr> conditions = new ArrayList<>();
  private final boolean speaksOfAction;
  private final TypeChecker.Report report;
  private final Map<Seen, Boolean> known = new HashMap<>();

  EnvironmentResults(Schema schema, Template template, TypeChecker.Report report) {
    this.schema = schema;
    this.report = report;
    for (Template.Condition condition : template.conditions()) {
      Expr body = condition.body();
      conditions.add(
          condition.unless()
              ? new Expr.Unary(Expr.UnaryOperator.NOT, body, condition.place())
              : body);
    }
    this.speaksOfAction = conditions.stream().anyMatch(EnvironmentResults::speaksOfAction);
  }

  private static boolean speaksOfAction(Expr expr) {
    return (expr instanceof Expr.Var(var variable, _) && variable == Expr.Variable.ACTION)
        || expr.children().stream().anyMatch(EnvironmentResults::speaksOfAction);
  }

  /** Whether the conditions are not known to be false there; errors count as possible. */
  boolean isPossible(RequestEnvironment environment) {
    if (conditions.isEmpty()) {
      return true;
    }
    Object context = speaksOfAction ? environment.action().uid() : environment.context();
    // Conditions have no slots, so what fills them does not matter here.
    var seen = new Seen(environment.principal(), environment.resource(), context);
    return known.computeIfAbsent(seen, _ -> check(environment));
  }

  private boolean check(RequestEnvironment environment) {
    var checker = new TypeChecker(schema, environment, report);
    TypeChecker.@Nullable Typed typed = checker.and(conditions, Capabilities.NONE);
    return typed == null || typed.type() != Type.Bool.FALSE;
  }
}
