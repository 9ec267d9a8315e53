package dev.bylaw.cedar.partial;

import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.partial.PartialAnswer.Outcome;
import dev.bylaw.cedar.partial.PartialEvaluator.Result;
import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.ScopeExpr;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Decides as far as is known. */
public final class PartialAuthorizer {
  private PartialAuthorizer() {}

  /** What can be said of a request by a set of policies. */
  public static PartialAnswer authorize(
      PolicySet policies, PartialRequest request, EntitySource entities) {
    return authorize(policies, request, entities, false);
  }

  /**
   * The same where nothing is known of entities that are not there: what depends on them stays
   * open.
   */
  public static PartialAnswer authorizeBySome(
      PolicySet policies, PartialRequest request, EntitySource entities) {
    return authorize(policies, request, entities, true);
  }

  private static PartialAnswer authorize(
      PolicySet policies, PartialRequest request, EntitySource entities, boolean othersAreUnknown) {
    var evaluator = new PartialEvaluator(request, entities, othersAreUnknown);
    return new PartialAnswer(
        policies.policies().values().stream().map(policy -> outcome(policy, evaluator)).toList());
  }

  private static Outcome outcome(Policy policy, PartialEvaluator evaluator) {
    var parts = new ArrayList<Expr>();
    parts.add(ScopeExpr.of(Expr.Variable.PRINCIPAL, policy.principal()));
    parts.add(ScopeExpr.of(policy.action()));
    parts.add(ScopeExpr.of(Expr.Variable.RESOURCE, policy.resource()));
    for (Template.Condition condition : policy.template().conditions()) {
      parts.add(
          condition.unless()
              ? new Expr.Unary(Expr.UnaryOperator.NOT, condition.body(), condition.place())
              : condition.body());
    }
    Result result = evaluator.evaluate(new Expr.And(parts, policy.template().place()));
    return switch (result) {
      case Result.Known(var value) ->
          value.equals(Value.Bool.TRUE)
              ? new Outcome.Satisfied(policy.id(), policy.effect())
              : new Outcome.Unsatisfied(policy.id(), policy.effect());
      case Result.Fails(var message) -> new Outcome.Failed(policy.id(), policy.effect(), message);
      case Result.Open(var condition) -> new Outcome.Open(policy.id(), policy.effect(), condition);
    };
  }

  static Template residual(Outcome.Open open) {
    return new Template(
        open.policy(),
        new LinkedHashMap<>(),
        open.effect(),
        new Scope.Any(),
        new ActionScope.Any(),
        new Scope.Any(),
        List.of(new Template.Condition(false, open.condition(), Place.NONE)),
        Place.NONE);
  }
}
