package dev.bylaw.cedar.partial;

import dev.bylaw.cedar.authorize.EvaluationException;
import dev.bylaw.cedar.authorize.Interpreter;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.entity.PartialEntities.Part;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates as much of an expression as is known.
 *
 * <p>Nothing is left out that could fail: {@code unknown && false} stays, because the unknown may
 * have no value.
 *
 * <p>Longer than most files: one function over the kinds of expressions, a short method for each.
 */
final class PartialEvaluator {
  /** What is known of an expression. */
  sealed interface Result {
    /** Its value. */
    record Known(Value value) implements Result {}

    /** That it has none. */
    record Fails(String message) implements Result {}

    /** What is left to be evaluated. */
    record Open(Expr residual) implements Result {}
  }

  /** Says which part of which entity is not known. */
  interface Gaps {
    boolean isUnknown(EntityUid uid, Part part);
  }

  private static final EntityUid NOBODY = EntityUid.of("None", "");

  private final PartialRequest request;
  private final Interpreter interpreter;
  private final EntitySource entities;
  private final Gaps gaps;
  private final @Nullable Typing typing;

  /**
   * An evaluator.
   *
   * @param gaps what is not known of the entities
   * @param typing what types say, or null if there is no schema
   */
  PartialEvaluator(
      PartialRequest request, EntitySource entities, Gaps gaps, @Nullable Typing typing) {
    this.typing = typing;
    this.request = request;
    this.entities = entities;
    this.gaps = gaps;
    // Only expressions without variables reach the interpreter, so the request does not matter.
    this.interpreter = new Interpreter(Request.of(NOBODY, request.action(), NOBODY), entities);
  }

  Result evaluate(Expr expr) {
    return switch (expr) {
      case Expr.Literal(var value, _) -> new Result.Known(value);
      case Expr.Var(var variable, _) -> variable(variable, expr);
      case Expr.Slot _ -> new Result.Fails("a slot is not filled");
      case Expr.Unknown _ -> new Result.Open(expr);
      case Expr.If conditional -> conditional(conditional);
      case Expr.And(var operands, var place) -> chain(operands, false, place);
      case Expr.Or(var operands, var place) -> chain(operands, true, place);
      case Expr.Unary(var operator, var operand, var place) ->
          strict(List.of(operand), e -> new Expr.Unary(operator, e.getFirst(), place));
      case Expr.Binary binary -> binary(binary);
      case Expr.Attribute attribute -> attribute(attribute);
      case Expr.Has has -> has(has);
      case Expr.Like(var target, var pattern, var place) ->
          strict(List.of(target), e -> new Expr.Like(e.getFirst(), pattern, place));
      case Expr.Is is -> is(is);
      case Expr.SetOf(var elements, var place) -> strict(elements, e -> new Expr.SetOf(e, place));
      case Expr.RecordOf record -> record(record);
      case Expr.Call(var function, var arguments, var place) ->
          strict(arguments, e -> new Expr.Call(function, e, place));
    };
  }

  private Result variable(Expr.Variable variable, Expr expr) {
    return switch (variable) {
      case PRINCIPAL -> entity(request.principal(), expr);
      case RESOURCE -> entity(request.resource(), expr);
      case ACTION -> new Result.Known(request.action());
      case CONTEXT -> {
        RecordValue context = request.context();
        yield context == null || !request.unknownAttributes().isEmpty()
            ? new Result.Open(expr)
            : new Result.Known(context);
      }
    };
  }

  private static Result entity(PartialEntity entity, Expr expr) {
    return switch (entity) {
      case PartialEntity.Known(var uid) -> new Result.Known(uid);
      case PartialEntity.Some _ -> new Result.Open(expr);
    };
  }

  /** Builds an expression of operands that have been evaluated as far as they can be. */
  private interface Rebuild {
    Expr of(List<Expr> operands);
  }

  /** An operation on all its operands: it fails if one of them does, whatever the others are. */
  private Result strict(List<Expr> operands, Rebuild rebuild) {
    var parts = new ArrayList<Expr>();
    boolean open = false;
    for (Expr operand : operands) {
      switch (evaluate(operand)) {
        case Result.Known(var value) -> parts.add(Residuals.written(value));
        case Result.Fails fails -> {
          return fails;
        }
        case Result.Open(var residual) -> {
          open = true;
          parts.add(residual);
        }
      }
    }
    Expr rebuilt = rebuild.of(parts);
    return open || asksUnknown(rebuilt) ? new Result.Open(rebuilt) : value(rebuilt);
  }

  /** Whether an operation on values depends on an entity of which nothing is known. */
  private boolean asksUnknown(Expr expr) {
    return switch (expr) {
      case Expr.Attribute(var target, _, _) -> isUnknown(known(target), Part.ATTRIBUTES);
      case Expr.Has(var target, var path, _) -> asksUnknown(known(target), path);
      case Expr.Is(var target, _, var container, _) ->
          container != null && asksUnknown(known(target), known(container));
      case Expr.Binary(var operator, var left, var right, _) ->
          switch (operator) {
            case IN -> asksUnknown(known(left), known(right));
            case GET_TAG, HAS_TAG -> isUnknown(known(left), Part.TAGS);
            default -> false;
          };
      default -> false;
    };
  }

  private @Nullable Value known(Expr expr) {
    return value(expr) instanceof Result.Known(var value) ? value : null;
  }

  private boolean isUnknown(@Nullable Value value, Part part) {
    return value instanceof EntityUid uid && gaps.isUnknown(uid, part);
  }

  /** An entity is in itself, whatever else is known of it. */
  private boolean asksUnknown(@Nullable Value left, @Nullable Value container) {
    boolean itself =
        left != null
            && (left.equals(container)
                || (container instanceof SetValue set && set.contains(left)));
    return !itself && isUnknown(left, Part.PARENTS);
  }

  private boolean asksUnknown(@Nullable Value target, List<String> path) {
    Value at = target;
    for (String name : path) {
      if (isUnknown(at, Part.ATTRIBUTES)) {
        return true;
      }
      RecordValue record =
          switch (at) {
            case RecordValue attributes -> attributes;
            case EntityUid uid -> {
              Entity entity = entities.entity(uid);
              yield entity == null ? RecordValue.EMPTY : entity.attributes();
            }
            case null, default -> RecordValue.EMPTY;
          };
      at = record.attribute(name);
    }
    return false;
  }

  private Result value(Expr expr) {
    try {
      return new Result.Known(interpreter.value(expr));
    } catch (EvaluationException fails) {
      return new Result.Fails(fails.getMessage());
    }
  }

  private Result conditional(Expr.If conditional) {
    return switch (evaluate(conditional.test())) {
      case Result.Known(var value) ->
          value instanceof Value.Bool(var truth)
              ? evaluate(truth ? conditional.whenTrue() : conditional.whenFalse())
              : new Result.Fails("type error: expected bool, found " + value.typeName());
      case Result.Fails fails -> fails;
      case Result.Open(var test) ->
          new Result.Open(
              new Expr.If(
                  test,
                  residual(reached(conditional.whenTrue(), conditional.whenFalse())),
                  residual(reached(conditional.whenFalse(), conditional.whenTrue())),
                  conditional.place()));
    };
  }

  /** A branch, or the other one if by types this one is never taken. */
  private Expr reached(Expr branch, Expr other) {
    return typing == null || typing.isReached(branch) ? branch : other;
  }

  /** What is left of an expression that may never be asked; one that fails stays as it is. */
  private Expr residual(Expr expr) {
    return switch (evaluate(expr)) {
      case Result.Known(var value) -> Residuals.written(value);
      case Result.Fails _ -> expr;
      case Result.Open(var left) -> left;
    };
  }

  /** {@code &&} ends with the first false, {@code ||} with the first true. */
  private Result chain(List<Expr> operands, boolean decisive, Place place) {
    if (typing != null) {
      return typedChain(operands, decisive, place);
    }
    var open = new ArrayList<Expr>();
    for (Expr operand : operands) {
      switch (evaluate(operand)) {
        case Result.Known(var value) when value instanceof Value.Bool(var truth) -> {
          if (truth == decisive) {
            if (open.isEmpty()) {
              return new Result.Known(value);
            }
            open.add(Residuals.written(value));
            return opened(open, decisive, place);
          }
          if (!open.isEmpty() && !Residuals.isTruth(open.getLast())) {
            // Neutral, but the operand before it must still be a boolean.
            open.add(Residuals.written(value));
          }
        }
        case Result.Known(var value) -> {
          String message = "type error: expected bool, found " + value.typeName();
          return end(open, operand, message, decisive, place);
        }
        case Result.Fails(var message) -> {
          return end(open, operand, message, decisive, place);
        }
        case Result.Open(var residual) -> open.add(residual);
      }
    }
    return open.isEmpty()
        ? new Result.Known(Value.Bool.of(!decisive))
        : opened(open, decisive, place);
  }

  /** Where types are known, operands are booleans, and end only where their types say so. */
  private Result typedChain(List<Expr> operands, boolean decisive, Place place) {
    Result result = evaluate(operands.getFirst());
    for (Expr operand : operands.subList(1, operands.size())) {
      if (typing == null || !typing.isReached(operand)) {
        break;
      }
      result = joined(result, operand, decisive, place);
    }
    return result;
  }

  private Result joined(Result left, Expr operand, boolean decisive, Place place) {
    return switch (left) {
      case Result.Known(var value) -> Residuals.isBool(value, decisive) ? left : evaluate(operand);
      case Result.Fails _ -> left;
      case Result.Open(var residual) ->
          switch (evaluate(operand)) {
            case Result.Known(var value) when Residuals.isBool(value, !decisive) -> left;
            case Result.Known known when !Typing.canFail(residual) -> known;
            case Result.Known(var value) ->
                new Result.Open(
                    Residuals.joined(residual, Residuals.written(value), decisive, place));
            case Result.Fails _ ->
                new Result.Open(Residuals.joined(residual, operand, decisive, place));
            case Result.Open(var right) ->
                new Result.Open(Residuals.joined(residual, right, decisive, place));
          };
    };
  }

  private Result end(List<Expr> open, Expr failing, String message, boolean decisive, Place place) {
    if (open.isEmpty()) {
      return new Result.Fails(message);
    }
    open.add(failing);
    return opened(open, decisive, place);
  }

  private Result opened(List<Expr> open, boolean decisive, Place place) {
    var operands = new ArrayList<>(open);
    if (operands.size() == 1) {
      if (Residuals.isTruth(operands.getFirst())) {
        return new Result.Open(operands.getFirst());
      }
      // Alone it would not have to be a boolean.
      operands.add(new Expr.Literal(Value.Bool.of(!decisive), Place.NONE));
    }
    return new Result.Open(decisive ? new Expr.Or(operands, place) : new Expr.And(operands, place));
  }

  private Result binary(Expr.Binary binary) {
    Result result =
        strict(
            List.of(binary.left(), binary.right()),
            e -> new Expr.Binary(binary.operator(), e.getFirst(), e.getLast(), binary.place()));
    if (!(result instanceof Result.Open(Expr.Binary(var operator, var left, var right, _)))) {
      return result;
    }
    if (typing != null && !Typing.canFail(left) && !Typing.canFail(right)) {
      boolean unequal = operator == Expr.BinaryOperator.NOT_EQUAL;
      var asked = unequal ? Expr.BinaryOperator.EQUAL : operator;
      if (typing.isNever(asked, binary.left(), binary.right())) {
        return new Result.Known(Value.Bool.of(unequal));
      }
    }
    boolean equal = operator == Expr.BinaryOperator.EQUAL;
    if (equal || operator == Expr.BinaryOperator.NOT_EQUAL) {
      String one = knownType(left);
      String other = knownType(right);
      if (one != null && other != null && !one.equals(other)) {
        return new Result.Known(Value.Bool.of(!equal));
      }
    }
    return result;
  }

  /** The entity type of a variable or literal, if it is one. */
  private @Nullable String knownType(Expr expr) {
    return switch (expr) {
      case Expr.Literal(var value, _) -> value instanceof EntityUid uid ? uid.type() : null;
      case Expr.Var(var variable, _) ->
          switch (variable) {
            case PRINCIPAL -> request.principal().type();
            case RESOURCE -> request.resource().type();
            case ACTION -> request.action().type();
            case CONTEXT -> null;
          };
      default -> null;
    };
  }

  private Result is(Expr.Is is) {
    Expr container = is.container();
    if (typing != null && container != null) {
      Result type = is(new Expr.Is(is.target(), is.type(), null, is.place()));
      var in = new Expr.Binary(Expr.BinaryOperator.IN, is.target(), container, is.place());
      return typing.isReached(container) ? joined(type, in, false, is.place()) : type;
    }
    Result target = evaluate(is.target());
    if (target instanceof Result.Open(var residual)) {
      Boolean decided =
          typing == null || Typing.canFail(residual) ? null : typing.is(is.target(), is.type());
      String type = Boolean.TRUE.equals(decided) ? is.type() : knownType(residual);
      if (Boolean.FALSE.equals(decided)) {
        return new Result.Known(Value.Bool.FALSE);
      }
      if (type != null && !type.equals(is.type())) {
        return new Result.Known(Value.Bool.FALSE);
      }
      if (type != null) {
        return container == null
            ? new Result.Known(Value.Bool.TRUE)
            : binary(new Expr.Binary(Expr.BinaryOperator.IN, is.target(), container, is.place()));
      }
      var ofType = new Expr.Is(residual, is.type(), null, is.place());
      if (container == null) {
        return new Result.Open(ofType);
      }
      var in = new Expr.Binary(Expr.BinaryOperator.IN, is.target(), container, is.place());
      return new Result.Open(new Expr.And(List.of(ofType, residual(in)), is.place()));
    }
    if (container == null) {
      return strict(
          List.of(is.target()), e -> new Expr.Is(e.getFirst(), is.type(), null, is.place()));
    }
    if (target instanceof Result.Known(var value) && value instanceof EntityUid uid) {
      return uid.type().equals(is.type())
          ? binary(new Expr.Binary(Expr.BinaryOperator.IN, is.target(), container, is.place()))
          : new Result.Known(Value.Bool.FALSE);
    }
    return strict(
        List.of(is.target(), container),
        e -> new Expr.Is(e.getFirst(), is.type(), e.getLast(), is.place()));
  }

  /** The attribute of the context, if that alone is known. */
  private @Nullable Value knownContext(Expr target, String name) {
    RecordValue context = request.context();
    return isContext(target) && context != null ? context.attribute(name) : null;
  }

  private static boolean isContext(Expr expr) {
    return expr instanceof Expr.Var(var variable, _) && variable == Expr.Variable.CONTEXT;
  }

  private boolean mayBeInContext(String name) {
    return request.context() == null || request.unknownAttributes().contains(name);
  }

  private Result attribute(Expr.Attribute attribute) {
    Value known = knownContext(attribute.target(), attribute.name());
    if (known != null) {
      return new Result.Known(known);
    }
    if (isContext(attribute.target()) && !mayBeInContext(attribute.name())) {
      return new Result.Fails("record does not have the attribute `" + attribute.name() + "`");
    }
    return strict(
        List.of(attribute.target()),
        e -> new Expr.Attribute(e.getFirst(), attribute.name(), attribute.place()));
  }

  private Result has(Expr.Has has) {
    String first = has.path().getFirst();
    if (isContext(has.target()) && request.context() != null) {
      Value known = knownContext(has.target(), first);
      if (known == null && !mayBeInContext(first)) {
        return new Result.Known(Value.Bool.FALSE);
      }
      if (known != null) {
        List<String> rest = has.path().subList(1, has.path().size());
        return rest.isEmpty()
            ? new Result.Known(Value.Bool.TRUE)
            : has(new Expr.Has(Residuals.written(known), rest, has.place()));
      }
    }
    if (typing != null && evaluate(has.target()) instanceof Result.Known(var target)) {
      return hasFrom(target, has, typing);
    }
    Result result =
        strict(List.of(has.target()), e -> new Expr.Has(e.getFirst(), has.path(), has.place()));
    boolean never =
        typing != null
            && result instanceof Result.Open(Expr.Has(var target, _, _))
            && !Typing.canFail(target)
            && typing.hasNever(has.target(), first);
    return never ? new Result.Known(Value.Bool.FALSE) : result;
  }

  /** Follows the path as far as attributes are known; what is left begins where they end. */
  private Result hasFrom(Value target, Expr.Has has, Typing types) {
    Value at = target;
    for (int i = 0; i < has.path().size(); i++) {
      String name = has.path().get(i);
      RecordValue attributes;
      switch (at) {
        case EntityUid uid when isUnknown(uid, Part.ATTRIBUTES) -> {
          List<String> rest = has.path().subList(i, has.path().size());
          return types.entityHasNever(uid.type(), name)
              ? new Result.Known(Value.Bool.FALSE)
              : new Result.Open(new Expr.Has(Residuals.written(uid), rest, has.place()));
        }
        case EntityUid uid -> {
          Entity entity = entities.entity(uid);
          attributes = entity == null ? RecordValue.EMPTY : entity.attributes();
        }
        case RecordValue record -> attributes = record;
        default -> {
          return new Result.Fails(
              "type error: expected a record or an entity, found " + at.typeName());
        }
      }
      Value next = attributes.attribute(name);
      if (next == null) {
        return new Result.Known(Value.Bool.FALSE);
      }
      at = next;
    }
    return new Result.Known(Value.Bool.TRUE);
  }

  private Result record(Expr.RecordOf record) {
    var names = List.copyOf(record.attributes().sequencedKeySet());
    return strict(
        List.copyOf(record.attributes().sequencedValues()),
        e -> {
          var attributes = new LinkedHashMap<String, Expr>();
          for (int i = 0; i < names.size(); i++) {
            attributes.put(names.get(i), e.get(i));
          }
          return new Expr.RecordOf(attributes, record.place());
        });
  }
}
