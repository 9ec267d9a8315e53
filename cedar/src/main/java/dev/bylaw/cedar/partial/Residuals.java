package dev.bylaw.cedar.partial;

import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Builds the expressions that are left to be evaluated. */
final class Residuals {
  private Residuals() {}

  /** A value as an expression; sets and records are made of literals. */
  static Expr written(Value value) {
    return switch (value) {
      case SetValue set ->
          new Expr.SetOf(set.elements().stream().map(Residuals::written).toList(), Place.NONE);
      case RecordValue record -> {
        var attributes = new LinkedHashMap<String, Expr>();
        record.attributes().forEach((name, each) -> attributes.put(name, written(each)));
        yield new Expr.RecordOf(attributes, Place.NONE);
      }
      default -> new Expr.Literal(value, Place.NONE);
    };
  }

  /** Whether an expression has no other values than booleans, if it has one. */
  static boolean isTruth(Expr expr) {
    return switch (expr) {
      case Expr.And _, Expr.Or _, Expr.Has _, Expr.Like _, Expr.Is _ -> true;
      case Expr.Unary(var operator, _, _) -> operator != Expr.UnaryOperator.NEGATE;
      case Expr.Binary(var operator, _, _, _) ->
          switch (operator) {
            case ADD, SUBTRACT, MULTIPLY, GET_TAG -> false;
            default -> true;
          };
      case Expr.Literal(var value, _) -> value instanceof Value.Bool;
      default -> false;
    };
  }

  /** Two operands joined: by {@code ||} where true is decisive, by {@code &&} where false is. */
  static Expr joined(Expr left, Expr right, boolean decisive, Place place) {
    var operands = new ArrayList<Expr>();
    switch (left) {
      case Expr.Or(var before, _) when decisive -> operands.addAll(before);
      case Expr.And(var before, _) when !decisive -> operands.addAll(before);
      default -> operands.add(left);
    }
    operands.add(right);
    return decisive ? new Expr.Or(operands, place) : new Expr.And(operands, place);
  }

  /** Whether a value is that boolean. */
  static boolean isBool(Value value, boolean truth) {
    return value instanceof Value.Bool(var known) && known == truth;
  }
}
