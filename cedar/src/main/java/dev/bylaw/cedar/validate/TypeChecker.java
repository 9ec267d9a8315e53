package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.extension.ExtensionCall;
import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.DatetimeValue;
import dev.bylaw.cedar.value.DecimalValue;
import dev.bylaw.cedar.value.DurationValue;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.IpValue;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.SetValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.DidYouMean;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the types of expressions in one environment, in strict mode.
 *
 * <p>An operand that is never evaluated because the ones before it decide is not checked. The rules
 * are those of {@code typeOf} in Cedar's formal model.
 *
 * <p>Longer than most files: one function over the kinds of expressions, a short method for each,
 * that stand together so that they can be held against the model rule by rule.
 */
final class TypeChecker {
  /** Takes the errors that are found. */
  interface Report {
    void error(String code, Place place, String message, String hint);
  }

  /** A type, and what is known where the expression is true. */
  record Typed(Type type, Capabilities capabilities) {
    static Typed of(Type type) {
      return new Typed(type, Capabilities.NONE);
    }
  }

  private static final Typed ANY_BOOL = Typed.of(Type.Bool.ANY);
  private static final Typed ALWAYS = Typed.of(Type.Bool.TRUE);
  private static final Typed NEVER = Typed.of(Type.Bool.FALSE);
  private static final Typed INT = Typed.of(Type.INT);

  private final Schema schema;
  private final RequestEnvironment environment;
  private final Report report;
  private final @Nullable IdentityHashMap<Expr, Type> seen;

  TypeChecker(Schema schema, RequestEnvironment environment, Report report) {
    this(schema, environment, report, null);
  }

  /**
   * As above.
   *
   * @param seen takes the type of each expression that was looked at, by identity
   */
  TypeChecker(
      Schema schema,
      RequestEnvironment environment,
      Report report,
      @Nullable IdentityHashMap<Expr, Type> seen) {
    this.schema = schema;
    this.environment = environment;
    this.report = report;
    this.seen = seen;
  }

  /**
   * The type, or null if there is none; then an error has been reported here or by another pass.
   */
  @Nullable Typed typeOf(Expr expr, Capabilities prior) {
    Typed typed = typed(expr, prior);
    if (seen != null && typed != null) {
      seen.put(expr, typed.type());
    }
    return typed;
  }

  private @Nullable Typed typed(Expr expr, Capabilities prior) {
    return switch (expr) {
      case Expr.Literal(var value, _) -> literal(value);
      case Expr.Var(var variable, _) ->
          Typed.of(
              switch (variable) {
                case PRINCIPAL -> new Type.Entity(environment.principal());
                case ACTION -> new Type.Entity(environment.action().uid().type());
                case RESOURCE -> new Type.Entity(environment.resource());
                case CONTEXT -> environment.context();
              });
      case Expr.Slot(var slot, _) -> {
        String type =
            switch (slot) {
              case PRINCIPAL -> environment.principalSlot();
              case RESOURCE -> environment.resourceSlot();
            };
        yield type == null ? null : Typed.of(new Type.Entity(type));
      }
      case Expr.Unknown _ -> null;
      case Expr.If conditional -> conditional(conditional, prior);
      case Expr.And(var operands, _) -> and(operands, prior);
      case Expr.Or(var operands, _) -> or(operands, prior);
      case Expr.Unary unary -> unary(unary, prior);
      case Expr.Binary binary -> binary(binary, prior);
      case Expr.Attribute attribute -> attribute(attribute, prior);
      case Expr.Has has -> has(has, prior);
      case Expr.Like(var target, _, _) ->
          expect(target, Type.TEXT, prior, "") == null ? null : ANY_BOOL;
      case Expr.Is is -> is(is, prior);
      case Expr.SetOf set -> set(set, prior);
      case Expr.RecordOf(var attributes, _) -> record(attributes, prior);
      case Expr.Call call -> call(call, prior);
    };
  }

  /** The type if it is a boolean one. */
  @Nullable Typed truth(Expr expr, Capabilities prior) {
    Typed typed = typeOf(expr, prior);
    if (typed == null || typed.type() instanceof Type.Bool) {
      return typed;
    }
    return unexpected(expr, "Bool", typed.type(), "");
  }

  private @Nullable Typed unexpected(Expr expr, String expected, Type found, String hint) {
    report.error("C0310", expr.place(), "expected `" + expected + "`, found `" + found + "`", hint);
    return null;
  }

  private @Nullable Typed expect(Expr expr, Type expected, Capabilities prior, String hint) {
    Typed typed = typeOf(expr, prior);
    return typed == null || typed.type().equals(expected)
        ? typed
        : unexpected(expr, expected.toString(), typed.type(), hint);
  }

  private @Nullable Typed literal(Value value) {
    return switch (value) {
      case Value.Bool(var truth) -> truth ? ALWAYS : NEVER;
      case Value.Int _ -> INT;
      case Value.Text _ -> Typed.of(Type.TEXT);
      case EntityUid uid ->
          (uid.isAction() && schema.action(uid) == null) || !schema.isKnownType(uid.type())
              ? null
              : Typed.of(new Type.Entity(uid.type()));
      case DecimalValue _ -> Typed.of(Type.of(ExtensionFunction.Kind.DECIMAL));
      case IpValue _ -> Typed.of(Type.of(ExtensionFunction.Kind.IPADDR));
      case DatetimeValue _ -> Typed.of(Type.of(ExtensionFunction.Kind.DATETIME));
      case DurationValue _ -> Typed.of(Type.of(ExtensionFunction.Kind.DURATION));
      case SetValue _, RecordValue _ ->
          throw new IllegalArgumentException("not a literal: " + value);
    };
  }

  private @Nullable Typed conditional(Expr.If conditional, Capabilities prior) {
    Typed test = truth(conditional.test(), prior);
    if (test == null) {
      return null;
    }
    Capabilities known = test.capabilities();
    if (test.type() == Type.Bool.FALSE) {
      return typeOf(conditional.whenFalse(), prior);
    }
    Typed yes = typeOf(conditional.whenTrue(), prior.and(known));
    if (test.type() == Type.Bool.TRUE) {
      return yes == null ? null : new Typed(yes.type(), yes.capabilities().and(known));
    }
    Typed no = typeOf(conditional.whenFalse(), prior);
    if (yes == null || no == null) {
      return null;
    }
    Type joined = Type.join(yes.type(), no.type());
    if (joined == null) {
      return incompatible(conditional, yes.type(), no.type(), "both branches need the same type");
    }
    return new Typed(joined, yes.capabilities().and(known).or(no.capabilities()));
  }

  private @Nullable Typed incompatible(Expr expr, Type one, Type other, String hint) {
    report.error(
        "C0311",
        expr.place(),
        "the types `" + one + "` and `" + other + "` do not go together",
        hint);
    return null;
  }

  @Nullable Typed and(List<Expr> operands, Capabilities prior) {
    Typed first = truth(operands.getFirst(), prior);
    boolean failed = first == null;
    // What follows a mistake is checked as well, as if it might be reached.
    Typed left = first == null ? ANY_BOOL : first;
    for (int i = 1; i < operands.size() && left.type() != Type.Bool.FALSE; i++) {
      Typed right = truth(operands.get(i), prior.and(left.capabilities()));
      if (right == null) {
        failed = true;
        continue;
      }
      if (right.type() == Type.Bool.FALSE) {
        left = NEVER;
      } else if (right.type() == Type.Bool.TRUE) {
        left = new Typed(left.type(), left.capabilities().and(right.capabilities()));
      } else {
        left = new Typed(Type.Bool.ANY, left.capabilities().and(right.capabilities()));
      }
    }
    return failed ? null : left.type() == Type.Bool.FALSE ? NEVER : left;
  }

  private @Nullable Typed or(List<Expr> operands, Capabilities prior) {
    Typed first = truth(operands.getFirst(), prior);
    boolean failed = first == null;
    Typed left = first == null ? ANY_BOOL : first;
    for (int i = 1; i < operands.size() && left.type() != Type.Bool.TRUE; i++) {
      Typed right = truth(operands.get(i), prior);
      if (right == null) {
        failed = true;
        continue;
      }
      if (right.type() == Type.Bool.TRUE || left.type() == Type.Bool.FALSE) {
        left = right;
      } else if (right.type() != Type.Bool.FALSE) {
        left = new Typed(Type.Bool.ANY, left.capabilities().or(right.capabilities()));
      }
    }
    return failed ? null : left;
  }

  private @Nullable Typed unary(Expr.Unary unary, Capabilities prior) {
    Expr operand = unary.operand();
    return switch (unary.operator()) {
      case NOT -> {
        Typed typed = truth(operand, prior);
        yield typed == null
            ? null
            : typed.type() == Type.Bool.TRUE
                ? NEVER
                : typed.type() == Type.Bool.FALSE ? ALWAYS : ANY_BOOL;
      }
      case NEGATE -> expect(operand, Type.INT, prior, "") == null ? null : INT;
      case IS_EMPTY -> elementOf(operand, prior, "") == null ? null : ANY_BOOL;
    };
  }

  /** The type of the elements, if it is a set. */
  private @Nullable Type elementOf(Expr expr, Capabilities prior, String hint) {
    Typed typed = typeOf(expr, prior);
    if (typed == null) {
      return null;
    }
    if (typed.type() instanceof Type.SetOf(var element)) {
      return element;
    }
    unexpected(expr, "Set", typed.type(), hint);
    return null;
  }

  private Type.@Nullable Entity entity(Expr expr, Capabilities prior, String hint) {
    Typed typed = typeOf(expr, prior);
    if (typed == null) {
      return null;
    }
    if (typed.type() instanceof Type.Entity entity) {
      return entity;
    }
    unexpected(expr, "an entity", typed.type(), hint);
    return null;
  }

  private @Nullable Typed binary(Expr.Binary binary, Capabilities prior) {
    return switch (binary.operator()) {
      case EQUAL -> equality(binary, prior);
      case NOT_EQUAL -> {
        Typed equal = equality(binary, prior);
        yield equal == null
            ? null
            : equal.type() == Type.Bool.TRUE
                ? NEVER
                : equal.type() == Type.Bool.FALSE ? ALWAYS : ANY_BOOL;
      }
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(binary, prior);
      case ADD, SUBTRACT, MULTIPLY -> {
        String hint =
            binary.operator() == Expr.BinaryOperator.ADD ? "Cedar does not join strings" : "";
        Typed left = expect(binary.left(), Type.INT, prior, hint);
        Typed right = expect(binary.right(), Type.INT, prior, hint);
        yield left == null || right == null ? null : INT;
      }
      case IN -> isIn(binary.left(), binary.right(), prior);
      case CONTAINS -> {
        Type element = elementOf(binary.left(), prior, "");
        Typed right = typeOf(binary.right(), prior);
        yield element == null || right == null ? null : together(binary, element, right.type());
      }
      case CONTAINS_ALL, CONTAINS_ANY -> {
        Type left = elementOf(binary.left(), prior, "");
        Type right = elementOf(binary.right(), prior, "did you mean `contains`?");
        yield left == null || right == null ? null : together(binary, left, right);
      }
      case HAS_TAG -> hasTag(binary, prior);
      case GET_TAG -> getTag(binary, prior);
    };
  }

  private @Nullable Typed together(Expr expr, Type one, Type other) {
    return Type.join(one, other) != null ? ANY_BOOL : incompatible(expr, one, other, "");
  }

  private @Nullable Typed equality(Expr.Binary binary, Capabilities prior) {
    Typed left = typeOf(binary.left(), prior);
    Typed right = typeOf(binary.right(), prior);
    if (left == null || right == null) {
      return null;
    }
    if (left.type() instanceof Type.Entity(var one)
        && right.type() instanceof Type.Entity(var other)
        && !one.equals(other)) {
      return NEVER;
    }
    Value one = known(binary.left());
    Value other = known(binary.right());
    if (one != null && other != null) {
      return one.equals(other) ? ALWAYS : NEVER;
    }
    return together(binary, left.type(), right.type());
  }

  /** The value of a literal, and of {@code action}, which is known in an environment. */
  private @Nullable Value known(Expr expr) {
    return switch (expr) {
      case Expr.Literal(var value, _) -> value;
      case Expr.Var(var variable, _) when variable == Expr.Variable.ACTION ->
          environment.action().uid();
      case Expr.And(var operands, _) -> folded(operands, true);
      case Expr.Or(var operands, _) -> folded(operands, false);
      default -> null;
    };
  }

  /** The value of {@code &&} or {@code ||} over nothing but literals, which is a literal too. */
  private static @Nullable Value folded(List<Expr> operands, boolean and) {
    boolean folded = and;
    for (Expr operand : operands) {
      if (!(operand instanceof Expr.Literal(Value.Bool(boolean value), _))) {
        return null;
      }
      folded = and ? folded && value : folded || value;
    }
    return Value.Bool.of(folded);
  }

  private @Nullable Typed comparison(Expr.Binary binary, Capabilities prior) {
    Typed left = typeOf(binary.left(), prior);
    Typed right = typeOf(binary.right(), prior);
    if (left == null || right == null) {
      return null;
    }
    if (!isOrdered(left.type())) {
      String hint =
          left.type().equals(Type.of(ExtensionFunction.Kind.DECIMAL))
              ? "decimals are compared with `lessThan` and its like"
              : "";
      return unexpected(binary.left(), "Long", left.type(), hint);
    }
    return left.type().equals(right.type())
        ? ANY_BOOL
        : unexpected(binary.right(), left.type().toString(), right.type(), "");
  }

  private static boolean isOrdered(Type type) {
    return type.equals(Type.INT)
        || type.equals(Type.of(ExtensionFunction.Kind.DATETIME))
        || type.equals(Type.of(ExtensionFunction.Kind.DURATION));
  }

  private @Nullable Typed isIn(Expr left, Expr right, Capabilities prior) {
    Type.Entity member = entity(left, prior, "did you mean `contains`?");
    Typed container = typeOf(right, prior);
    if (member == null || container == null) {
      return null;
    }
    Type of = container.type() instanceof Type.SetOf(var element) ? element : container.type();
    if (!(of instanceof Type.Entity(var type))) {
      return unexpected(right, "an entity or a set of entities", container.type(), "");
    }
    List<EntityUid> containers = knownEntities(right);
    if (known(left) instanceof EntityUid uid && uid.isAction() && containers != null) {
      var action = schema.action(uid);
      if (action == null) {
        return null;
      }
      return containers.stream().anyMatch(action::isIn) ? ALWAYS : NEVER;
    }
    return schema.canBeIn(member.name(), type) ? ANY_BOOL : NEVER;
  }

  /** The entities that a literal or a set of literals names, or null if it is neither. */
  private @Nullable List<EntityUid> knownEntities(Expr expr) {
    if (known(expr) instanceof EntityUid uid) {
      return List.of(uid);
    }
    if (!(expr instanceof Expr.SetOf(var elements, _))) {
      return null;
    }
    var all = new ArrayList<EntityUid>();
    for (Expr element : elements) {
      if (!(known(element) instanceof EntityUid uid)) {
        return null;
      }
      all.add(uid);
    }
    return all;
  }

  private @Nullable Type tagsOf(Type.Entity entity) {
    EntityType type = schema.entityType(entity.name());
    return type == null ? null : type.tags();
  }

  private @Nullable Typed hasTag(Expr.Binary binary, Capabilities prior) {
    Type.Entity entity = entity(binary.left(), prior, "");
    Typed tag = expect(binary.right(), Type.TEXT, prior, "");
    if (entity == null || tag == null) {
      return null;
    }
    Type type =
        tagsOf(entity) == null
            ? Type.Bool.FALSE
            : prior.hasTag(binary.left(), binary.right()) ? Type.Bool.TRUE : Type.Bool.ANY;
    return new Typed(type, Capabilities.tag(binary.left(), binary.right()));
  }

  private @Nullable Typed getTag(Expr.Binary binary, Capabilities prior) {
    Type.Entity entity = entity(binary.left(), prior, "");
    Typed tag = expect(binary.right(), Type.TEXT, prior, "");
    if (entity == null || tag == null) {
      return null;
    }
    if (!prior.hasTag(binary.left(), binary.right())) {
      report.error(
          "C0312", binary.place(), "the tag may not be there", "test for it with `hasTag` before");
      return null;
    }
    Type type = tagsOf(entity);
    if (type == null) {
      report.error("C0313", binary.place(), "entities of type `" + entity + "` have no tags", "");
      return null;
    }
    return Typed.of(type);
  }

  /** The attributes of a record or entity; null for any other type. */
  private @Nullable SortedMap<String, Type.Attribute> attributesOf(Type type) {
    return switch (type) {
      case Type.RecordOf(var attributes, _) -> attributes;
      case Type.Entity(var name) -> {
        EntityType entity = schema.entityType(name);
        yield (entity == null ? Type.RecordOf.EMPTY : entity.attributes()).attributes();
      }
      default -> null;
    };
  }

  private @Nullable Typed attribute(Expr.Attribute attribute, Capabilities prior) {
    Typed target = typeOf(attribute.target(), prior);
    if (target == null) {
      return null;
    }
    Type type =
        attributeType(
            target.type(), attribute.target(), attribute.name(), attribute.place(), prior);
    return type == null ? null : Typed.of(type);
  }

  private @Nullable Type attributeType(
      Type target, Expr written, String name, Place place, Capabilities prior) {
    SortedMap<String, Type.Attribute> attributes = attributesOf(target);
    if (attributes == null) {
      unexpected(written, "a record or an entity", target, "");
      return null;
    }
    Type.Attribute found = attributes.get(name);
    if (found == null) {
      report.error(
          "C0314",
          place,
          "`" + name + "` is no attribute of `" + target + "`",
          DidYouMean.hint(name, attributes.keySet()));
      return null;
    }
    if (!found.required() && !prior.hasAttribute(written, name)) {
      report.error(
          "C0315",
          place,
          "the attribute `" + name + "` of `" + target + "` may not be there",
          "test for it with `has` before");
      return null;
    }
    return found.type();
  }

  private @Nullable Typed has(Expr.Has has, Capabilities prior) {
    Typed target = typeOf(has.target(), prior);
    if (target == null) {
      return null;
    }
    Type type = target.type();
    Expr written = has.target();
    Capabilities known = prior;
    Capabilities all = Capabilities.NONE;
    Type.Bool result = Type.Bool.TRUE;
    for (int i = 0; i < has.path().size(); i++) {
      String name = has.path().get(i);
      SortedMap<String, Type.Attribute> attributes = attributesOf(type);
      if (attributes == null) {
        String hint =
            type instanceof Type.SetOf
                ? "did you mean `contains`?"
                : type.equals(Type.TEXT) ? "did you mean `like`?" : "";
        return unexpected(written, "a record or an entity", type, hint);
      }
      Type.Attribute found = attributes.get(name);
      if (found == null) {
        return NEVER;
      }
      boolean always =
          known.hasAttribute(written, name) || (found.required() && type instanceof Type.RecordOf);
      if (!always) {
        result = Type.Bool.ANY;
      }
      var step = Capabilities.attribute(written, name);
      all = all.and(step);
      known = known.and(step);
      written = new Expr.Attribute(written, name, has.place());
      type = found.type();
    }
    return new Typed(result, all);
  }

  private @Nullable Typed is(Expr.Is is, Capabilities prior) {
    Type.Entity entity = entity(is.target(), prior, "`is` tests the types of entities only");
    if (entity == null) {
      return null;
    }
    Typed test = Typed.of(Type.Bool.of(entity.name().equals(is.type())));
    Expr container = is.container();
    if (container == null || test.type() == Type.Bool.FALSE) {
      return test;
    }
    return isIn(is.target(), container, prior);
  }

  private @Nullable Typed set(Expr.SetOf set, Capabilities prior) {
    if (set.elements().isEmpty()) {
      report.error("C0316", set.place(), "an empty set has no type", "");
      return null;
    }
    Type joined = null;
    boolean failed = false;
    for (Expr element : set.elements()) {
      Typed typed = typeOf(element, prior);
      if (typed == null) {
        failed = true;
      } else if (joined == null) {
        joined = typed.type();
      } else {
        Type next = Type.join(joined, typed.type());
        if (next == null) {
          incompatible(element, joined, typed.type(), "the elements of a set have one type");
          failed = true;
        } else {
          joined = next;
        }
      }
    }
    return failed || joined == null ? null : Typed.of(new Type.SetOf(joined));
  }

  private @Nullable Typed record(Map<String, Expr> attributes, Capabilities prior) {
    var types = new LinkedHashMap<String, Type.Attribute>();
    attributes.forEach((name, expr) -> {
      Typed typed = typeOf(expr, prior);
      if (typed != null) {
        types.put(name, new Type.Attribute(typed.type(), true));
      }
    });
    return types.size() == attributes.size() ? Typed.of(Type.RecordOf.of(types)) : null;
  }

  private @Nullable Typed call(Expr.Call call, Capabilities prior) {
    ExtensionFunction function = call.function();
    int wanted = function.parameters().size();
    boolean failed = false;
    if (call.arguments().size() != wanted) {
      String counts = wanted + " arguments, found " + call.arguments().size();
      report.error("C0317", call.place(), "`" + function.word() + "` takes " + counts, "");
      failed = true;
    } else if (function.style() == ExtensionFunction.Style.CONSTRUCTOR) {
      failed = !isConstruction(call);
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      Expr argument = call.arguments().get(i);
      Typed typed =
          i < wanted
              ? expect(argument, Type.of(function.parameters().get(i)), prior, "")
              : typeOf(argument, prior);
      failed |= typed == null;
    }
    return failed ? null : Typed.of(Type.of(function.result()));
  }

  private boolean isConstruction(Expr.Call call) {
    Expr argument = Objects.requireNonNull(call.arguments().getFirst());
    String word = call.function().word();
    if (!(argument instanceof Expr.Literal(var value, _))) {
      report.error("C0318", argument.place(), "`" + word + "` takes a string literal", "");
      return false;
    }
    if (value instanceof Value.Text(var text)
        && ExtensionCall.construct(call.function(), text) == null) {
      String message = CedarText.quote(text) + " is no " + call.function().result().typeName();
      report.error("C0319", argument.place(), message, "");
      return false;
    }
    return true;
  }
}
