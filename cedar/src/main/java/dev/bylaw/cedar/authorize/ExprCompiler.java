package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import java.util.List;

/** Turns expressions into code; what does not depend on the request or entities is done ahead. */
final class ExprCompiler {
  private static final Interpreter CONSTANTS =
      new Interpreter(
          Request.of(
              EntityUid.of("None", ""), EntityUid.of("Action", ""), EntityUid.of("None", "")),
          Entities.EMPTY);

  private final HeldAttributes held;

  ExprCompiler(HeldAttributes held) {
    this.held = held;
  }

  Code compile(Expr expr) {
    if (expr instanceof Expr.Literal(var value, _)) {
      return new Codes.Constant(value);
    }
    if (isConstant(expr)) {
      try {
        return new Codes.Constant(CONSTANTS.value(expr));
      } catch (EvaluationException fails) {
        return new Codes.Fails();
      }
    }
    return switch (expr) {
      case Expr.Literal(var value, _) -> new Codes.Constant(value);
      case Expr.Var(var variable, _) -> Codes.variable(variable);
      case Expr.Slot _, Expr.Unknown _ -> new Codes.Fails();
      case Expr.If(var test, var yes, var no, _) ->
          new Codes.If(compile(test), compile(yes), compile(no));
      case Expr.And(var operands, _) -> new Codes.And(compile(operands));
      case Expr.Or(var operands, _) -> new Codes.Or(compile(operands));
      case Expr.Unary(var operator, var operand, _) ->
          switch (operator) {
            case NOT -> new Codes.Not(compile(operand));
            case NEGATE -> new Codes.Negate(compile(operand));
            case IS_EMPTY -> new Codes.IsEmpty(compile(operand));
          };
      case Expr.Binary binary -> binary(binary);
      case Expr.Attribute attribute -> held.compile(attribute, compile(attribute.target()));
      case Expr.Has(var target, var path, _) ->
          new Codes.Has(compile(target), path.toArray(String[]::new));
      case Expr.Like(var target, var pattern, _) -> new Codes.Like(compile(target), pattern);
      case Expr.Is(var target, var type, var container, _) -> {
        Code of = compile(target);
        Code is = new Codes.Is(of, type.intern());
        yield container == null ? is : new Codes.And(new Code[] {is, isIn(of, compile(container))});
      }
      case Expr.SetOf(var elements, _) -> new Codes.SetOf(compile(elements));
      case Expr.RecordOf(var attributes, _) ->
          new Codes.RecordOf(
              attributes.sequencedKeySet().toArray(String[]::new),
              compile(List.copyOf(attributes.sequencedValues())));
      case Expr.Call(var function, var arguments, _) ->
          new Codes.Call(function, compile(arguments));
    };
  }

  private Code[] compile(List<Expr> exprs) {
    return exprs.stream().map(this::compile).toArray(Code[]::new);
  }

  /** Whether it says the same whatever the request and the entities are. */
  private static boolean isConstant(Expr expr) {
    return switch (expr) {
      case Expr.Literal _ -> true;
      case Expr.SetOf _, Expr.RecordOf _, Expr.Call _, Expr.Unary _ ->
          expr.children().stream().allMatch(ExprCompiler::isConstant);
      default -> false;
    };
  }

  private Code binary(Expr.Binary binary) {
    Code left = compile(binary.left());
    Code right = compile(binary.right());
    return switch (binary.operator()) {
      case EQUAL -> equal(left, right);
      case NOT_EQUAL -> new Codes.Not(equal(left, right));
      case LESS -> new Codes.Less(left, right);
      case LESS_OR_EQUAL -> new Codes.LessOrEqual(left, right);
      // Both sides are evaluated anyway, so turning the comparison round fails alike.
      case GREATER -> new Codes.Less(right, left);
      case GREATER_OR_EQUAL -> new Codes.LessOrEqual(right, left);
      case ADD, SUBTRACT, MULTIPLY -> new Codes.Arithmetic(binary.operator(), left, right);
      case IN -> isIn(left, right);
      case CONTAINS ->
          left instanceof Codes.Constant(SetValue set)
              ? new Codes.OneOf(set, right)
              : new Codes.Contains(left, right);
      case CONTAINS_ALL -> new Codes.ContainsAll(left, right);
      case CONTAINS_ANY -> new Codes.ContainsAny(left, right);
      case GET_TAG -> new Codes.GetTag(left, right);
      case HAS_TAG -> new Codes.HasTag(left, right);
    };
  }

  private static Code equal(Code left, Code right) {
    if (right instanceof Codes.Constant(Value value)) {
      return equal(left, value);
    }
    if (left instanceof Codes.Constant(Value value)) {
      return equal(right, value);
    }
    return new Codes.Same(left, right);
  }

  private static Code equal(Code left, Value constant) {
    return switch (constant) {
      case Value.Int(var number) -> new Codes.EqualsInt(left, number);
      case Value.Text(var text) -> new Codes.EqualsText(left, text);
      default -> new Codes.Equals(left, constant);
    };
  }

  private static Code isIn(Code left, Code right) {
    return right instanceof Codes.Constant(EntityUid uid)
        ? new Codes.InEntity(left, uid)
        : new Codes.In(left, right);
  }
}
