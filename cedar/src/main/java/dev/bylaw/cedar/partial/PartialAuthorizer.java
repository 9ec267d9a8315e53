package dev.bylaw.cedar.partial;

import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.entity.PartialEntities;
import dev.bylaw.cedar.partial.PartialAnswer.Outcome;
import dev.bylaw.cedar.partial.PartialEvaluator.Result;
import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.ScopeExpr;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.validate.RequestEnvironment;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Decides as far as is known. */
public final class PartialAuthorizer {
  private PartialAuthorizer() {}

  /** What can be said of a request by a set of policies. */
  public static PartialAnswer authorize(
      PolicySet policies, PartialRequest request, EntitySource entities) {
    return authorize(policies, request, entities, (_, _) -> false);
  }

  /**
   * The same where nothing is known of entities that are not there: what depends on them stays
   * open.
   */
  public static PartialAnswer authorizeBySome(
      PolicySet policies, PartialRequest request, EntitySource entities) {
    return authorize(
        policies, request, entities, (uid, _) -> !uid.isAction() && entities.entity(uid) == null);
  }

  /**
   * The same by the types of a schema, which decide more: policies that are not valid for the types
   * of the request are refused, and request and entities are expected to be as the schema wants
   * them.
   *
   * @throws DiagnosticsException with what is wrong with the policies
   * @throws IllegalArgumentException if the schema does not define the action, or not all it names
   */
  public static PartialAnswer authorizeBySome(
      PolicySet policies, PartialRequest request, PartialEntities entities, Schema schema) {
    ActionType action = schema.action(request.action());
    if (action == null) {
      throw new IllegalArgumentException("unknown action `" + request.action() + "`");
    }
    if (!schema.incomplete().isEmpty()) {
      throw new IllegalArgumentException(
          "the schema is incomplete: "
              + String.join(", ", schema.incomplete())
              + " is not defined");
    }
    var validator = new Validator(schema);
    var mistakes = new ArrayList<Diagnostic>();
    var outcomes = new ArrayList<Outcome>();
    for (Policy policy : policies.policies().values()) {
      var environment =
          new RequestEnvironment(
              request.principal().type(),
              action,
              request.resource().type(),
              type(policy, Expr.SlotId.PRINCIPAL),
              type(policy, Expr.SlotId.RESOURCE));
      List<Expr> parts = parts(policy);
      var types = validator.types(policy.template(), parts, environment, mistakes);
      if (mistakes.isEmpty()) {
        var typing = new Typing(schema, types);
        var evaluator =
            new PartialEvaluator(request, entities.known(), entities::isUnknown, typing);
        outcomes.add(outcome(policy, parts, evaluator));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new DiagnosticsException(mistakes);
    }
    return new PartialAnswer(outcomes);
  }

  private static @Nullable String type(Policy policy, Expr.SlotId slot) {
    EntityUid uid = policy.links().get(slot);
    return uid == null ? null : uid.type();
  }

  private static PartialAnswer authorize(
      PolicySet policies,
      PartialRequest request,
      EntitySource entities,
      PartialEvaluator.Gaps gaps) {
    var evaluator = new PartialEvaluator(request, entities, gaps, null);
    return new PartialAnswer(
        policies.policies().values().stream()
            .map(policy -> outcome(policy, parts(policy), evaluator))
            .toList());
  }

  private static List<Expr> parts(Policy policy) {
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
    return parts;
  }

  private static Outcome outcome(Policy policy, List<Expr> parts, PartialEvaluator evaluator) {
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

  static Template residual(
      Outcome outcome, Expr condition, SequencedMap<String, String> annotations) {
    return new Template(
        outcome.policy(),
        annotations,
        outcome.effect(),
        new Scope.Any(),
        new ActionScope.Any(),
        new Scope.Any(),
        List.of(new Template.Condition(false, condition, Place.NONE)),
        Place.NONE);
  }
}
