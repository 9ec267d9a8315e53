package dev.bylaw.cedar.partial;

import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the types of a policy that is valid say of what is not known: an entity of a type that
 * cannot be in a group is in none of its kind, whatever entity it is.
 *
 * @param schema the schema
 * @param types the types of expressions as they were written, by identity
 */
record Typing(Schema schema, Map<Expr, Type> types) {
  private @Nullable String entity(Expr expr) {
    return types.get(expr) instanceof Type.Entity(var name) ? name : null;
  }

  /** Whether the expression is ever evaluated: by their types, the ones before it may decide. */
  boolean isReached(Expr expr) {
    return types.containsKey(expr);
  }

  /** Whether {@code is} is decided: true, false, or null if it is not. */
  @Nullable Boolean is(Expr target, String type) {
    String found = entity(target);
    return found == null ? null : found.equals(type);
  }

  /** Whether the operation can only be false. */
  boolean isNever(Expr.BinaryOperator operator, Expr left, Expr right) {
    String one = entity(left);
    if (one == null) {
      return false;
    }
    return switch (operator) {
      case EQUAL -> {
        String other = entity(right);
        yield other != null && !one.equals(other);
      }
      case IN -> {
        Type container = types.get(right) instanceof Type.SetOf(var of) ? of : types.get(right);
        yield container instanceof Type.Entity(var other) && !schema.canBeIn(one, other);
      }
      case HAS_TAG -> {
        EntityType type = schema.entityType(one);
        yield type != null && type.tags() == null;
      }
      default -> false;
    };
  }

  /** Whether a value of that type cannot have the attribute. */
  boolean hasNever(Expr target, String name) {
    return switch (types.get(target)) {
      case Type.RecordOf record -> record.attributes().get(name) == null;
      case Type.Entity(var entity) -> entityHasNever(entity, name);
      case null, default -> false;
    };
  }

  /** Whether an entity of that type cannot have the attribute. */
  boolean entityHasNever(String entity, String name) {
    EntityType type = schema.entityType(entity);
    return type != null && type.attributes().attributes().get(name) == null;
  }

  /** Whether what is left of a valid expression may have no value. */
  static boolean canFail(Expr expr) {
    return switch (expr) {
      case Expr.Attribute _, Expr.Call _, Expr.Unknown _, Expr.Slot _ -> true;
      case Expr.Binary(var operator, var left, var right, _) ->
          switch (operator) {
            case ADD, SUBTRACT, MULTIPLY, GET_TAG -> true;
            default -> canFail(left) || canFail(right);
          };
      case Expr.Unary(var operator, var operand, _) ->
          operator == Expr.UnaryOperator.NEGATE || canFail(operand);
      default -> anyCanFail(expr.children());
    };
  }

  private static boolean anyCanFail(Iterable<Expr> all) {
    for (Expr each : all) {
      if (canFail(each)) {
        return true;
      }
    }
    return false;
  }

  /** The same for operands one after the other. */
  static boolean canFail(List<Expr> operands) {
    return anyCanFail(operands);
  }
}
