package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.ScopeExpr;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The environments of a schema, and those that the scope of a policy leaves. */
final class Environments {
  private final Schema schema;
  private final List<RequestEnvironment> all = new ArrayList<>();
  private final Map<EntityUid, List<RequestEnvironment>> byAction = new HashMap<>();

  Environments(Schema schema) {
    this.schema = schema;
    for (ActionType action : schema.actions().values()) {
      var own = new ArrayList<RequestEnvironment>();
      for (String principal : action.principals()) {
        for (String resource : action.resources()) {
          own.add(new RequestEnvironment(principal, action, resource, null, null));
        }
      }
      all.addAll(own);
      byAction.put(action.uid(), own);
    }
  }

  /**
   * Environments in which the scope may hold. Others are left out only where that cannot hide an
   * error: by {@code action ==} with a known action.
   */
  List<RequestEnvironment> of(Template template) {
    List<RequestEnvironment> base = all;
    if (template.action() instanceof ActionScope.Equal(var action, _)) {
      base = byAction.getOrDefault(action, all);
    }
    return withSlots(template, base);
  }

  /** All environments, whatever the scope says. */
  List<RequestEnvironment> all(Template template) {
    return withSlots(template, all);
  }

  private List<RequestEnvironment> withSlots(Template template, List<RequestEnvironment> base) {
    if (template.isStatic()) {
      return base;
    }
    var linked = new ArrayList<RequestEnvironment>();
    for (RequestEnvironment environment : base) {
      for (String principal : slotTypes(template.principal(), environment.principal())) {
        for (String resource : slotTypes(template.resource(), environment.resource())) {
          linked.add(
              new RequestEnvironment(
                  environment.principal(),
                  environment.action(),
                  environment.resource(),
                  principal.isEmpty() ? null : principal,
                  resource.isEmpty() ? null : resource));
        }
      }
    }
    return linked;
  }

  /** The types that can fill the gap of a scope; the empty text alone where there is no gap. */
  private Set<String> slotTypes(Scope scope, String type) {
    if (!scope.hasGap()) {
      return Set.of("");
    }
    var types = new LinkedHashSet<String>();
    types.add(type);
    if (!(scope instanceof Scope.Equal)) {
      EntityType entity = schema.entityType(type);
      if (entity != null) {
        types.addAll(entity.ancestors());
      }
    }
    return types;
  }

  /** Whether the scope can hold there; false too if it has no type. */
  boolean scopeFits(Template template, RequestEnvironment environment, TypeChecker.Report report) {
    var checker = new TypeChecker(schema, environment, report);
    return fits(checker, ScopeExpr.of(Expr.Variable.PRINCIPAL, template.principal()))
        && fits(checker, ScopeExpr.of(template.action()))
        && fits(checker, ScopeExpr.of(Expr.Variable.RESOURCE, template.resource()));
  }

  private static boolean fits(TypeChecker checker, Expr scope) {
    TypeChecker.@Nullable Typed typed = checker.truth(scope, Capabilities.NONE);
    return typed != null && typed.type() != Type.Bool.FALSE;
  }

  /** Whether the scope can hold in some environment. */
  boolean isApplicable(Template template) {
    return of(template).stream()
        .anyMatch(environment -> scopeFits(template, environment, (_, _, _, _) -> {}));
  }
}
