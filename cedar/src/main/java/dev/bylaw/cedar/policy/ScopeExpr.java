package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Value;
import java.util.ArrayList;

/** Scopes as the expressions they stand for. */
public final class ScopeExpr {
  private static final Expr TRUE = new Expr.Literal(Value.Bool.TRUE, Place.NONE);

  private ScopeExpr() {}

  /** What the scope of principals or resources asks. */
  public static Expr of(Expr.Variable variable, Scope scope) {
    Expr subject = new Expr.Var(variable, Place.NONE);
    var slot = variable == Expr.Variable.PRINCIPAL ? Expr.SlotId.PRINCIPAL : Expr.SlotId.RESOURCE;
    return switch (scope) {
      case Scope.Any _ -> TRUE;
      case Scope.Equal(var to) ->
          new Expr.Binary(Expr.BinaryOperator.EQUAL, subject, reference(to, slot), Place.NONE);
      case Scope.In(var to) ->
          new Expr.Binary(Expr.BinaryOperator.IN, subject, reference(to, slot), Place.NONE);
      case Scope.Is(var type, _) -> new Expr.Is(subject, type, null, Place.NONE);
      case Scope.IsIn(var type, _, var to) ->
          new Expr.Is(subject, type, reference(to, slot), Place.NONE);
    };
  }

  private static Expr reference(Scope.Reference reference, Expr.SlotId slot) {
    return switch (reference) {
      case Scope.Reference.To(var uid, var place) -> new Expr.Literal(uid, place);
      case Scope.Reference.Gap(var place) -> new Expr.Slot(slot, place);
    };
  }

  /** What the scope of actions asks. */
  public static Expr of(ActionScope scope) {
    Expr subject = new Expr.Var(Expr.Variable.ACTION, Place.NONE);
    return switch (scope) {
      case ActionScope.Any _ -> TRUE;
      case ActionScope.Equal(var action, var place) ->
          new Expr.Binary(
              Expr.BinaryOperator.EQUAL, subject, new Expr.Literal(action, place), Place.NONE);
      case ActionScope.In(var action, var place) ->
          new Expr.Binary(
              Expr.BinaryOperator.IN, subject, new Expr.Literal(action, place), Place.NONE);
      case ActionScope.InList(var actions, var places) -> {
        var elements = new ArrayList<Expr>();
        for (int i = 0; i < actions.size(); i++) {
          EntityUid action = actions.get(i);
          elements.add(new Expr.Literal(action, i < places.size() ? places.get(i) : Place.NONE));
        }
        yield new Expr.Binary(
            Expr.BinaryOperator.IN, subject, new Expr.SetOf(elements, Place.NONE), Place.NONE);
      }
    };
  }
}
