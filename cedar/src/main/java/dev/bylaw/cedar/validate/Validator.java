package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.policy.ActionScope;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.policy.Scope;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.schema.EntityType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.schema.Type;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks policies against a schema, in strict mode; asked from many threads. */
public final class Validator {
  /** The code of the warning that the scope of a policy fits no action of the schema. */
  public static final String INAPPLICABLE = "C0331";

  private static final Span NOWHERE = Source.of("policies", "").span();

  private final Schema schema;
  private final Environments environments;
  private final List<String> incomplete;

  /** For one schema. */
  public Validator(Schema schema) {
    this.schema = schema;
    this.environments = new Environments(schema);
    this.incomplete = schema.incomplete();
  }

  /**
   * What is wrong with the policies, templates and links: errors and warnings, the first 200 of
   * either.
   */
  public List<Diagnostic> validate(PolicySet policies) {
    var found = new Findings();
    if (!incomplete.isEmpty()) {
      policies.written().forEach(template -> incomplete(template, found));
      return found.all();
    }
    for (Template template : policies.written()) {
      names(template, found);
      types(template, found);
      ConfusableText.check(template, found::warning);
    }
    policies.links().forEach(link -> link(link, found));
    return found.all();
  }

  /**
   * The same, and that no policy looks more entities deep than the level says: with 0 only what the
   * request itself holds, with 1 attributes, tags and ancestors of its principal, action and
   * resource, and so on.
   */
  public List<Diagnostic> validate(PolicySet policies, int level) {
    var found = new Findings();
    found.addAll(validate(policies));
    if (!incomplete.isEmpty()) {
      return found.all();
    }
    for (Template template : policies.written()) {
      new LevelChecker(schema, environments, level, found::error).check(template);
    }
    return found.all();
  }

  /**
   * The types that the expressions of a policy have in one environment, by identity; those that are
   * not reached there have none. What is wrong with the policy there is told.
   *
   * @param parts what the policy asks, its scope included
   */
  public Map<Expr, Type> types(
      Template template,
      List<Expr> parts,
      RequestEnvironment environment,
      List<Diagnostic> mistakes) {
    var found = new Findings();
    if (!incomplete.isEmpty()) {
      incomplete(template, found);
      mistakes.addAll(found.all());
      return Map.of();
    }
    names(template, found);
    var seen = new IdentityHashMap<Expr, Type>();
    new TypeChecker(schema, environment, found::error, seen).and(parts, Capabilities.NONE);
    mistakes.addAll(found.all());
    return seen;
  }

  /** Whether there is an error among what was found. */
  public static boolean hasErrors(List<Diagnostic> found) {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  /**
   * Errors and warnings, each once however many environments have it; of each kind as many as
   * {@link Diagnostics} keeps, so that no warning takes the place of an error.
   */
  private static final class Findings {
    private final Set<Diagnostic> found = new LinkedHashSet<>();
    private int errors;
    private int warnings;

    void error(String code, Place place, String message, String hint) {
      if (errors < Diagnostics.MOST) {
        add(Diagnostic.error(code, place.spanOr(NOWHERE), message).withHint(hint));
      }
    }

    void warning(String code, Place place, String message, String hint) {
      if (warnings < Diagnostics.MOST) {
        add(Diagnostic.warning(code, place.spanOr(NOWHERE), message).withHint(hint));
      }
    }

    private void add(Diagnostic diagnostic) {
      if (found.add(diagnostic)) {
        errors += diagnostic.isError() ? 1 : 0;
        warnings += diagnostic.isError() ? 0 : 1;
      }
    }

    void addAll(List<Diagnostic> more) {
      more.forEach(this::add);
    }

    List<Diagnostic> all() {
      return List.copyOf(found);
    }
  }

  private void incomplete(Template template, Findings found) {
    String names =
        incomplete.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    found.error(
        "C0304",
        template.place(),
        "the schema is incomplete: declared `external` but not defined: " + names,
        "policies can be checked when all types and actions are defined");
  }

  private void names(Template template, Findings found) {
    scope(template.principal(), found);
    scope(template.resource(), found);
    List<EntityUid> actions = template.action().actions();
    List<Place> places =
        switch (template.action()) {
          case ActionScope.Any _ -> List.of();
          case ActionScope.Equal(_, var place) -> List.of(place);
          case ActionScope.In(_, var place) -> List.of(place);
          case ActionScope.InList(_, var all) -> all;
        };
    for (int i = 0; i < actions.size(); i++) {
      entity(actions.get(i), i < places.size() ? places.get(i) : template.place(), found);
    }
    template.conditions().forEach(condition -> names(condition.body(), found));
  }

  private void scope(Scope scope, Findings found) {
    if (scope instanceof Scope.Is(var type, var place)) {
      type(type, place, found);
    } else if (scope instanceof Scope.IsIn(var type, var place, _)) {
      type(type, place, found);
    }
    if (scope.reference().orElse(null) instanceof Scope.Reference.To(var uid, var place)) {
      entity(uid, place, found);
    }
  }

  private void names(Expr expr, Findings found) {
    if (expr instanceof Expr.Literal(var value, var place) && value instanceof EntityUid uid) {
      entity(uid, place, found);
    } else if (expr instanceof Expr.Is(_, var type, _, var place)) {
      type(type, place, found);
    }
    expr.children().forEach(child -> names(child, found));
  }

  private void type(String type, Place place, Findings found) {
    if (!schema.isKnownType(type)) {
      found.error(
          "C0301",
          place,
          "unknown entity type `" + type + "`",
          DidYouMean.hint(type, schema.typeNames()));
    }
  }

  private void entity(EntityUid uid, Place place, Findings found) {
    if (uid.isAction()) {
      if (schema.action(uid) == null) {
        var known = schema.actions().keySet().stream().map(EntityUid::toString).toList();
        String hint = DidYouMean.hint(uid.toString(), known);
        found.error("C0302", place, "unknown action `" + uid + "`", hint);
      }
      return;
    }
    type(uid.type(), place, found);
    EntityType type = schema.entityType(uid.type());
    if (type != null && type.choices() != null && !type.choices().contains(uid.id())) {
      found.error(
          "C0303",
          place,
          "`" + uid + "` is not one of the entities of its type",
          DidYouMean.hint(uid.id(), type.choices()));
    }
  }

  private void link(Policy link, Findings found) {
    for (EntityUid uid : link.links().values()) {
      type(uid.type(), link.template().place(), found);
    }
    if (!environments.isApplicable(link.asStatic())) {
      found.warning(
          INAPPLICABLE,
          link.template().place(),
          "the scope of link `" + link.id() + "` fits no action of the schema",
          "");
    }
  }

  private void types(Template template, Findings found) {
    boolean applicable = false;
    boolean possible = false;
    var known = new EnvironmentResults(schema, template, found::error);
    for (RequestEnvironment environment : environments.of(template)) {
      if (!environments.scopeFits(template, environment, found::error)) {
        continue;
      }
      applicable = true;
      possible |= known.isPossible(environment);
    }
    if (!applicable) {
      found.warning(
          INAPPLICABLE,
          template.place(),
          "the scope fits no action of the schema",
          wayOut(template));
    }
    if (!possible) {
      found.warning(
          "C0332", template.place(), "the policy never applies: its condition is always false", "");
    }
  }

  /** Whether {@code in} instead of {@code ==} would help. */
  private static String wayOut(Template template) {
    var parts = new ArrayList<String>();
    if (template.principal() instanceof Scope.Equal) {
      parts.add("principal");
    }
    if (template.resource() instanceof Scope.Equal) {
      parts.add("resource");
    }
    return parts.isEmpty()
        ? ""
        : "is `in` meant instead of `==` for the " + String.join(" and ", parts) + "?";
  }
}
