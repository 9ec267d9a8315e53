package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.extension.ExtensionCall;
import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions by walking them; says why one has no value. Not fast. */
public final class Interpreter {
  private final Request request;
  private final EntitySource entities;

  /** For one request on entities. */
  public Interpreter(Request request, EntitySource entities) {
    this.request = request;
    this.entities = entities;
  }

  /**
   * Whether the scope and all conditions of a policy hold.
   *
   * @throws EvaluationException if one of them has no value
   */
  public boolean isSatisfied(Policy policy) {
    if (!scopeHolds(policy)) {
      return false;
    }
    for (Template.Condition condition : policy.template().conditions()) {
      if (truth(condition.body()) == condition.unless()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the head of a policy holds; that always has a value. */
  public boolean scopeHolds(Policy policy) {
    return holds(policy.principal(), request.principal())
        && holds(policy.action())
        && holds(policy.resource(), request.resource());
  }

  private boolean holds(Scope scope, EntityUid uid) {
    return switch (scope) {
      case Scope.Any _ -> true;
      case Scope.Equal(var to) -> uid.equals(target(to));
      case Scope.In(var to) -> entities.isIn(uid, target(to));
      case Scope.Is(var type, _) -> uid.type().equals(type);
      case Scope.IsIn(var type, _, var to) ->
          uid.type().equals(type) && entities.isIn(uid, target(to));
    };
  }

  private static EntityUid target(Scope.Reference reference) {
    return switch (reference) {
      case Scope.Reference.To(var uid, _) -> uid;
      case Scope.Reference.Gap _ -> throw new IllegalStateException("a template is not evaluated");
    };
  }

  private boolean holds(ActionScope scope) {
    return switch (scope) {
      case ActionScope.Any _ -> true;
      case ActionScope.Equal(var action, _) -> request.action().equals(action);
      case ActionScope.In(var action, _) -> entities.isIn(request.action(), action);
      case ActionScope.InList(var actions, _) ->
          actions.stream().anyMatch(action -> entities.isIn(request.action(), action));
    };
  }

  /**
   * The value of an expression.
   *
   * @throws EvaluationException if it has none
   */
  public Value value(Expr expr) {
    return switch (expr) {
      case Expr.Literal(var value, _) -> value;
      case Expr.Var(var variable, _) ->
          switch (variable) {
            case PRINCIPAL -> request.principal();
            case ACTION -> request.action();
            case RESOURCE -> request.resource();
            case CONTEXT -> request.context();
          };
      case Expr.Slot(var slot, var place) ->
          throw fail(place, "slot `" + slot.word() + "` is not filled");
      case Expr.Unknown(var name, var place) ->
          throw fail(place, "the value of `" + name + "` is not known");
      case Expr.If(var test, var yes, var no, _) -> value(truth(test) ? yes : no);
      case Expr.And(var operands, _) -> Value.Bool.of(all(operands, true));
      case Expr.Or(var operands, _) -> Value.Bool.of(!all(operands, false));
      case Expr.Unary unary -> unary(unary);
      case Expr.Binary binary -> binary(binary);
      case Expr.Attribute(var target, var name, var place) -> attribute(value(target), name, place);
      case Expr.Has(var target, var path, var place) ->
          Value.Bool.of(has(value(target), path, place));
      case Expr.Like(var target, var pattern, _) -> Value.Bool.of(pattern.matches(text(target)));
      case Expr.Is(var target, var type, var container, _) -> is(target, type, container);
      case Expr.SetOf(var elements, _) -> SetValue.of(elements.stream().map(this::value).toList());
      case Expr.RecordOf(var attributes, _) -> {
        var values = new LinkedHashMap<String, Value>();
        attributes.forEach((name, attribute) -> values.put(name, value(attribute)));
        yield RecordValue.of(values);
      }
      case Expr.Call(var function, var arguments, var place) -> call(function, arguments, place);
    };
  }

  /** Whether every operand is {@code wanted}; those behind the first that is not are not asked. */
  private boolean all(List<Expr> operands, boolean wanted) {
    for (Expr operand : operands) {
      if (truth(operand) != wanted) {
        return false;
      }
    }
    return true;
  }

  static EvaluationException fail(Place place, String message) {
    return new EvaluationException(place, message);
  }

  private static EvaluationException typeError(Expr expr, String expected, Value found) {
    return fail(expr.place(), "type error: expected " + expected + ", found " + found.typeName());
  }

  private boolean truth(Expr expr) {
    Value value = value(expr);
    if (value instanceof Value.Bool(var truth)) {
      return truth;
    }
    throw typeError(expr, "bool", value);
  }

  private long number(Expr expr) {
    Value value = value(expr);
    if (value instanceof Value.Int(var number)) {
      return number;
    }
    throw typeError(expr, "long", value);
  }

  private String text(Expr expr) {
    Value value = value(expr);
    if (value instanceof Value.Text(var text)) {
      return text;
    }
    throw typeError(expr, "string", value);
  }

  private SetValue set(Expr expr) {
    Value value = value(expr);
    if (value instanceof SetValue set) {
      return set;
    }
    throw typeError(expr, "set", value);
  }

  private EntityUid uid(Expr expr) {
    Value value = value(expr);
    if (value instanceof EntityUid uid) {
      return uid;
    }
    throw typeError(expr, "an entity", value);
  }

  private Value unary(Expr.Unary unary) {
    return switch (unary.operator()) {
      case NOT -> Value.Bool.of(!truth(unary.operand()));
      case IS_EMPTY -> Value.Bool.of(set(unary.operand()).size() == 0);
      case NEGATE -> {
        long number = number(unary.operand());
        if (number == Long.MIN_VALUE) {
          throw fail(unary.place(), "integer overflow");
        }
        yield new Value.Int(-number);
      }
    };
  }

  private Value binary(Expr.Binary binary) {
    Expr left = binary.left();
    Expr right = binary.right();
    return switch (binary.operator()) {
      case EQUAL -> Value.Bool.of(value(left).equals(value(right)));
      case NOT_EQUAL -> Value.Bool.of(!value(left).equals(value(right)));
      case LESS -> Value.Bool.of(compare(binary) < 0);
      case LESS_OR_EQUAL -> Value.Bool.of(compare(binary) <= 0);
      case GREATER -> Value.Bool.of(compare(binary) > 0);
      case GREATER_OR_EQUAL -> Value.Bool.of(compare(binary) >= 0);
      case ADD, SUBTRACT, MULTIPLY -> arithmetic(binary);
      case IN -> Value.Bool.of(isIn(uid(left), right));
      case CONTAINS -> {
        SetValue set = set(left);
        yield Value.Bool.of(set.contains(value(right)));
      }
      case CONTAINS_ALL -> {
        SetValue set = set(left);
        yield Value.Bool.of(set.containsAll(set(right)));
      }
      case CONTAINS_ANY -> {
        SetValue set = set(left);
        yield Value.Bool.of(set.containsAny(set(right)));
      }
      case GET_TAG -> tag(binary);
      case HAS_TAG -> {
        EntityUid uid = uid(left);
        String tag = text(right);
        Entity entity = entities.entity(uid);
        yield Value.Bool.of(entity != null && entity.tags().attribute(tag) != null);
      }
    };
  }

  private int compare(Expr.Binary binary) {
    Value left = value(binary.left());
    Value right = value(binary.right());
    return switch (left) {
      case Value.Int(var a) when right instanceof Value.Int(var b) -> Long.compare(a, b);
      case DatetimeValue a when right instanceof DatetimeValue b -> a.compareTo(b);
      case DurationValue a when right instanceof DurationValue b -> a.compareTo(b);
      case Value.Int _, DatetimeValue _, DurationValue _ ->
          throw typeError(binary.right(), left.typeName(), right);
      default -> throw typeError(binary.left(), "long, datetime or duration", left);
    };
  }

  private Value arithmetic(Expr.Binary binary) {
    long left = number(binary.left());
    long right = number(binary.right());
    try {
      return new Value.Int(
          switch (binary.operator()) {
            case ADD -> Math.addExact(left, right);
            case SUBTRACT -> Math.subtractExact(left, right);
            default -> Math.multiplyExact(left, right);
          });
    } catch (ArithmeticException overflow) {
      String word = binary.operator().word();
      throw fail(binary.place(), "integer overflow in " + left + " " + word + " " + right);
    }
  }

  private boolean isIn(EntityUid uid, Expr container) {
    Value right = value(container);
    if (right instanceof EntityUid other) {
      return entities.isIn(uid, other);
    }
    if (!(right instanceof SetValue set)) {
      throw typeError(container, "an entity or a set of entities", right);
    }
    var containers = new ArrayList<EntityUid>();
    for (Value element : set.elements()) {
      if (!(element instanceof EntityUid other)) {
        throw typeError(container, "a set of entities", element);
      }
      containers.add(other);
    }
    return containers.stream().anyMatch(other -> entities.isIn(uid, other));
  }

  private Value is(Expr target, String type, @Nullable Expr container) {
    EntityUid uid = uid(target);
    if (!uid.type().equals(type)) {
      return Value.Bool.FALSE;
    }
    return Value.Bool.of(container == null || isIn(uid, container));
  }

  private Entity existing(EntityUid uid, Place place) {
    Entity entity = entities.entity(uid);
    if (entity == null) {
      throw fail(place, "entity `" + uid + "` does not exist");
    }
    return entity;
  }

  private Value attribute(Value target, String name, Place place) {
    RecordValue record =
        switch (target) {
          case RecordValue values -> values;
          case EntityUid uid -> existing(uid, place).attributes();
          default ->
              throw fail(
                  place, "type error: expected a record or an entity, found " + target.typeName());
        };
    Value value = record.attribute(name);
    if (value == null) {
      String owner = target instanceof EntityUid uid ? "`" + uid + "`" : "record";
      String hint = DidYouMean.hint(name, record.names());
      throw fail(
          place,
          owner
              + " does not have the attribute `"
              + name
              + "`"
              + (hint.isEmpty() ? "" : ", " + hint));
    }
    return value;
  }

  private boolean has(Value target, List<String> path, Place place) {
    Value at = target;
    for (String name : path) {
      RecordValue record =
          switch (at) {
            case RecordValue values -> values;
            case EntityUid uid -> {
              Entity entity = entities.entity(uid);
              yield entity == null ? RecordValue.EMPTY : entity.attributes();
            }
            default ->
                throw fail(
                    place, "type error: expected a record or an entity, found " + at.typeName());
          };
      Value next = record.attribute(name);
      if (next == null) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private Value tag(Expr.Binary binary) {
    EntityUid uid = uid(binary.left());
    String tag = text(binary.right());
    Value value = existing(uid, binary.place()).tags().attribute(tag);
    if (value == null) {
      throw fail(binary.place(), "`" + uid + "` does not have the tag `" + tag + "`");
    }
    return value;
  }

  private Value call(ExtensionFunction function, List<Expr> arguments, Place place) {
    Value[] values = arguments.stream().map(this::value).toArray(Value[]::new);
    Value result = ExtensionCall.apply(function, values);
    if (result == null) {
      throw fail(place, "`" + function.word() + "` cannot be applied to " + List.of(values));
    }
    return result;
  }
}
