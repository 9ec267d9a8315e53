package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.ScopeExpr;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many entities deep policies look (RFC 76): {@code principal.manager.name} looks two
 * deep. What is looked into must be reached from the request, never from a literal.
 */
final class LevelChecker {
  private final Schema schema;
  private final Environments environments;
  private final int level;
  private final TypeChecker.Report report;

  private IdentityHashMap<Expr, Type> types = new IdentityHashMap<>();
  private @Nullable EntityUid action;

  LevelChecker(Schema schema, Environments environments, int level, TypeChecker.Report report) {
    this.schema = schema;
    this.environments = environments;
    this.level = level;
    this.report = report;
  }

  void check(Template template) {
    var whole = new ArrayList<Expr>();
    whole.add(ScopeExpr.of(Expr.Variable.PRINCIPAL, template.principal()));
    whole.add(ScopeExpr.of(template.action()));
    whole.add(ScopeExpr.of(Expr.Variable.RESOURCE, template.resource()));
    for (Template.Condition condition : template.conditions()) {
      whole.add(
          condition.unless()
              ? new Expr.Unary(Expr.UnaryOperator.NOT, condition.body(), condition.place())
              : condition.body());
    }
    for (RequestEnvironment environment : environments.all(template)) {
      var seen = new IdentityHashMap<Expr, Type>();
      new TypeChecker(schema, environment, (_, _, _, _) -> {}, seen).and(whole, Capabilities.NONE);
      types = seen;
      action = environment.action().uid();
      whole.forEach(this::check);
    }
  }

  /** What the type checker never looked at is never evaluated. */
  private void check(Expr expr) {
    if (!types.containsKey(expr)) {
      return;
    }
    switch (expr) {
      case Expr.Binary(var operator, var left, var right, _)
          when operator == Expr.BinaryOperator.IN
              || operator == Expr.BinaryOperator.GET_TAG
              || operator == Expr.BinaryOperator.HAS_TAG -> {
        exceeds(expr, reach(left, List.of()));
        check(right);
      }
      case Expr.Is(var target, var type, var container, _)
          when container != null && !isOther(target, type) -> {
        exceeds(expr, reach(target, List.of()));
        check(container);
      }
      case Expr.Attribute(var target, _, _) -> lookInto(expr, target);
      case Expr.Has has -> has(has);
      case Expr.Is(var target, _, _, _) -> check(target);
      default -> expr.children().forEach(this::check);
    }
  }

  /** Whether an {@code is} is false whatever the request, so that its {@code in} is never asked. */
  private boolean isOther(Expr target, String type) {
    return types.get(target) instanceof Type.Entity(var known) && !known.equals(type);
  }

  private void has(Expr.Has has) {
    Expr target = has.target();
    for (String name : has.path()) {
      lookInto(has, target);
      Type next = attribute(types.get(target), name);
      if (next == null) {
        return;
      }
      target = new Expr.Attribute(target, name, has.place());
      types.put(target, next);
    }
  }

  private @Nullable Type attribute(@Nullable Type type, String name) {
    Type.RecordOf record =
        switch (type) {
          case Type.RecordOf attributes -> attributes;
          case Type.Entity(var entity) -> {
            EntityType known = schema.entityType(entity);
            yield known == null ? Type.RecordOf.EMPTY : known.attributes();
          }
          case null, default -> Type.RecordOf.EMPTY;
        };
    Type.Attribute found = record.attributes().get(name);
    return found == null ? null : found.type();
  }

  private void lookInto(Expr expr, Expr target) {
    if (types.get(target) instanceof Type.Entity) {
      exceeds(expr, reach(target, List.of()));
    } else {
      check(target);
    }
  }

  private void exceeds(Expr expr, int reached) {
    if (reached >= level) {
      report.error(
          "C0340",
          expr.place(),
          "looks " + (reached + 1) + " entities deep, at most " + level + " is allowed",
          "");
    }
  }

  /**
   * How deep the entity lies that an expression gives.
   *
   * @param path the attributes of records that are then taken, the next one last
   */
  private int reach(Expr expr, List<String> path) {
    if (!types.containsKey(expr)) {
      return 0;
    }
    return switch (expr) {
      case Expr.Var _ -> 0;
      case Expr.If(var test, var yes, var no, _) -> {
        check(test);
        yield Math.max(reach(yes, path), reach(no, path));
      }
      case Expr.Attribute(var target, var name, _) -> {
        if (types.get(target) instanceof Type.Entity) {
          yield reach(target, path) + 1;
        }
        var longer = new ArrayList<>(path);
        longer.add(name);
        yield reach(target, longer);
      }
      case Expr.Binary(var operator, var left, var right, _)
          when operator == Expr.BinaryOperator.GET_TAG -> {
        check(right);
        yield reach(left, path) + 1;
      }
      case Expr.RecordOf(var attributes, _) when !path.isEmpty() -> {
        String taken = path.getLast();
        attributes.forEach((name, other) -> {
          if (!name.equals(taken)) {
            check(other);
          }
        });
        Expr found = attributes.get(taken);
        yield found == null ? 0 : reach(found, path.subList(0, path.size() - 1));
      }
      case Expr.Literal(var value, var place) -> {
        if (!value.equals(action)) {
          report.error("C0341", place, "a literal entity cannot be looked into at a level", "");
        }
        yield 0;
      }
      default -> {
        report.error("C0341", expr.place(), "only what the request reaches has a level", "");
        yield 0;
      }
    };
  }
}
