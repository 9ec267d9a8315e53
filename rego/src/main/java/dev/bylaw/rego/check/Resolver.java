package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the names of one file: declared variables become unique, names of rules and imports
 * become references, {@code some}, templates and {@code print} take their plain form.
 *
 * <p>Longer than most files: one walk over the whole tree, a short method for each kind of node,
 * all of which share the scopes that are open.
 */
final class Resolver extends Rewrite {
  private final Map<String, Term.Ref> globals;
  private final Set<String> usedGlobals;
  private final Fresh fresh;
  private final Diagnostics diagnostics;
  private final Settings settings;
  private Scope scope = new Scope(null);

  /** Literals that go before the one being rewritten. */
  private List<Literal> before = new ArrayList<>();

  /**
   * What the resolver must know of its surroundings.
   *
   * @param isBuiltin whether a dotted name is a builtin or host function
   * @param prints whether what is printed stays
   */
  record Settings(Predicate<String> isBuiltin, boolean prints, boolean strict) {}

  Resolver(
      Map<String, Term.Ref> globals,
      Set<String> usedGlobals,
      Fresh fresh,
      Diagnostics diagnostics,
      Settings settings) {
    this.globals = globals;
    this.usedGlobals = usedGlobals;
    this.fresh = fresh;
    this.diagnostics = diagnostics;
    this.settings = settings;
  }

  /** A rule with its {@code else} branches. */
  Rule rule(Rule rule) {
    Scope outer = scope;
    scope = new Scope(outer);
    Rule.Head head = rule.head();
    List<Literal> patterns = new ArrayList<>();
    List<Term> arguments = head.arguments() == null ? null : arguments(head.arguments(), patterns);
    List<Literal> body = new ArrayList<>(resolve(rule.body()));
    before = new ArrayList<>();
    Term.Ref reference =
        new Term.Ref(head.reference().head(), terms(head.reference().path()), head.span());
    reference =
        new Term.Ref(
            reference.head(),
            reference.path().stream().map(t -> intoBody(t, body)).toList(),
            reference.span());
    Term key = head.key() == null ? null : intoBody(term(head.key()), body);
    Term value = intoBody(term(head.value()), body);
    body.addAll(patterns);
    unused(scope, head.isFunction());
    Rule.Head resolved =
        new Rule.Head(
            reference, arguments, key, value, head.valueWritten(), head.assigned(), head.span());
    scope = outer;
    Rule otherwise = rule.otherwise() == null ? null : rule(rule.otherwise());
    return new Rule(resolved, body, rule.isDefault(), otherwise, rule.span());
  }

  /** A head's term that goes through collections is worked out in the body. */
  private Term intoBody(Term term, List<Literal> body) {
    boolean[] scans = {false};
    new Rewrite() {
      @Override
      public Term term(Term t) {
        if (t instanceof Term.Ref r) {
          r.path().forEach(key -> Variables.of(key, false, v -> scans[0] = true));
        }
        boolean closure =
            t instanceof Term.ArrayComprehension
                || t instanceof Term.SetComprehension
                || t instanceof Term.ObjectComprehension;
        return closure ? t : super.term(t);
      }
    }.term(term);
    if (!scans[0]) {
      return term;
    }
    Term.Var v = fresh.generated(term.span());
    body.add(unify(v, term, term.span()));
    return v;
  }

  /** The body of a query; its own variables keep their names. */
  List<Literal> query(List<Literal> body) {
    return resolve(body);
  }

  private List<Term> arguments(List<Term> written, List<Literal> patterns) {
    for (Term t : written) {
      refuseCalls(t);
      declarePattern(t, Scope.Origin.ARGUMENT);
    }
    List<Term> arguments = new ArrayList<>();
    for (Term t : written) {
      Term resolved = term(t);
      if (isPattern(resolved)) {
        arguments.add(resolved);
      } else {
        Term.Var v = fresh.generated(t.span());
        arguments.add(v);
        patterns.add(unify(v, resolved, t.span()));
      }
    }
    return arguments;
  }

  private void refuseCalls(Term argument) {
    new Rewrite() {
      @Override
      public Term term(Term t) {
        if (t instanceof Term.Call) {
          error(t.span(), "rule arguments cannot contain calls");
        }
        boolean closure =
            t instanceof Term.ArrayComprehension
                || t instanceof Term.SetComprehension
                || t instanceof Term.ObjectComprehension
                || t instanceof Term.Template;
        return closure ? t : super.term(t);
      }
    }.term(argument);
  }

  private static boolean isPattern(Term term) {
    return switch (term) {
      case Term.Scalar _, Term.Var _ -> true;
      case Term.ArrayTerm a -> a.elements().stream().allMatch(Resolver::isPattern);
      case Term.ObjectTerm o ->
          o.entries().stream()
              .allMatch(e -> e.key() instanceof Term.Scalar && isPattern(e.value()));
      case Term.Ref _,
          Term.SetTerm _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Call _,
          Term.Template _ ->
          false;
    };
  }

  /** Declares the variables of a pattern; keys of objects and references are read, not declared. */
  private void declarePattern(Term pattern, Scope.Origin origin) {
    switch (pattern) {
      case Term.Var v -> {
        if (!v.isWildcard()) {
          declare(v, origin);
        }
      }
      case Term.ArrayTerm a -> a.elements().forEach(t -> declarePattern(t, origin));
      case Term.ObjectTerm o -> o.entries().forEach(e -> declarePattern(e.value(), origin));
      case Term.Ref r -> {
        if (isDocument(r)) {
          declare((Term.Var) r.head(), origin);
        }
      }
      case Term.SetTerm _,
          Term.Scalar _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Call _,
          Term.Template _ -> {}
    }
  }

  /** Whether it is nothing but {@code input} or {@code data}, where a variable is wanted. */
  private static boolean isDocument(Term.Ref r) {
    return r.path().isEmpty() && r.head() instanceof Term.Var;
  }

  private void declare(Term.Var v, Scope.Origin origin) {
    if (Variables.isRoot(v.name())) {
      String what = origin == Scope.Origin.ARGUMENT ? "args" : "variables";
      String hint = " (use a different variable name)";
      error(v.span(), what + " must not shadow " + v.name() + hint);
      return;
    }
    Scope.Entry before = scope.declared.get(v.name());
    if (before != null) {
      if (origin != Scope.Origin.ARGUMENT) {
        error(
            v.span(),
            before.origin() == Scope.Origin.ARGUMENT
                ? "arg " + v.name() + " redeclared"
                : "var " + v.name() + " " + before.origin().word + " above");
      }
      return;
    }
    if (origin != Scope.Origin.ARGUMENT && scope.seen.contains(v.name())) {
      error(v.span(), "var " + v.name() + " referenced above");
      return;
    }
    scope.declared.put(
        v.name(), new Scope.Entry(fresh.named(v.name(), v.span()), origin, v.span()));
  }

  private List<Literal> closure(List<Literal> body) {
    scope = new Scope(scope);
    List<Literal> resolved = resolve(body);
    leave();
    return resolved;
  }

  private void leave() {
    unused(scope, false);
    Scope outer = scope.outer;
    if (outer == null) {
      throw new IllegalStateException("left the outermost scope");
    }
    scope = outer;
  }

  /** Tells declared variables that nothing uses, and in strict mode assigned ones and arguments. */
  private void unused(Scope ended, boolean function) {
    ended.declared.forEach((name, entry) -> {
      boolean argument = entry.origin() == Scope.Origin.ARGUMENT;
      boolean matters =
          settings.strict ? !argument || function : entry.origin() == Scope.Origin.DECLARED;
      if (matters && !ended.used.contains(name)) {
        String what =
            argument
                ? "unused argument " + name + ". (hint: use _ (wildcard variable) instead)"
                : entry.origin().word + " var " + name + " unused";
        error(entry.span(), what);
      }
    });
  }

  private List<Literal> resolve(List<Literal> body) {
    List<Literal> outerBefore = before;
    List<Literal> result = new ArrayList<>();
    for (Literal literal : body) {
      before = new ArrayList<>();
      Literal resolved = resolved(literal);
      result.addAll(before);
      if (resolved != null) {
        result.add(resolved);
      }
    }
    before = outerBefore;
    return result;
  }

  private @Nullable Literal resolved(Literal literal) {
    List<Literal.With> withs = new ArrayList<>();
    for (Literal.With w : literal.withs()) {
      withs.add(new Literal.With(target(w.target()), replacement(w), w.span()));
    }
    Expression expression =
        switch (literal.expression()) {
          case Expression.Plain p -> plain(p);
          case Expression.Some s -> {
            s.variables().forEach(v -> declare(v, Scope.Origin.DECLARED));
            yield null;
          }
          case Expression.SomeIn s -> someIn(s, literal.span());
          case Expression.Every e -> every(e);
          case Expression.Not n -> not(n, withs);
          case Expression.Logical l ->
              new Expression.Logical(
                  l.conjunction(), side(l.left(), l), side(l.right(), l), l.span());
        };
    return expression == null ? null : new Literal(expression, withs, literal.span());
  }

  private @Nullable Expression plain(Expression.Plain p) {
    if (p.term() instanceof Term.Call c && c.operator().path().isEmpty()) {
      String name = c.name();
      if (name.equals("assign")) {
        return new Expression.Plain(assignment(c));
      }
      if (name.equals("print") && !globals.containsKey("print") && scope.find("print") == null) {
        return settings.prints ? new Expression.Plain(print(c)) : null;
      }
    }
    return new Expression.Plain(term(p.term()));
  }

  private Term assignment(Term.Call c) {
    Term left = c.arguments().get(0);
    Term wrong = unassignable(left);
    if (wrong != null) {
      error(wrong.equals(left) ? c.span() : wrong.span(), "cannot assign to " + Names.kind(wrong));
    }
    Term value = term(c.arguments().get(1));
    declarePattern(left, Scope.Origin.ASSIGNED);
    Term target = pattern(left);
    return unifyTerm(target, value, c.span());
  }

  /** A resolved pattern; that declaring it reads it is no use of it. */
  private Term pattern(Term left) {
    Set<String> used = Set.copyOf(scope.used);
    Term resolved = term(left);
    scope.used.retainAll(used);
    scope.used.addAll(used);
    return resolved;
  }

  /** What cannot be assigned to: anything but variables, and arrays and objects of such. */
  private static @Nullable Term unassignable(Term left) {
    return switch (left) {
      case Term.Var _ -> null;
      case Term.Ref r when isDocument(r) -> null; // Told when it is declared.
      case Term.ArrayTerm a -> unassignable(a.elements());
      case Term.ObjectTerm o -> unassignable(o.entries().stream().map(Term.Entry::value).toList());
      case Term.Scalar _,
          Term.SetTerm _,
          Term.Ref _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Call _,
          Term.Template _ ->
          left;
    };
  }

  private static @Nullable Term unassignable(List<Term> parts) {
    for (Term part : parts) {
      Term wrong = unassignable(part);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private Term print(Term.Call c) {
    List<Term> parts = new ArrayList<>();
    for (Term t : c.arguments()) {
      parts.add(collected(Literal.of(t)));
    }
    Term.Ref operator =
        new Term.Ref(
            new Term.Var("internal", c.span()), List.of(Term.string("print", c.span())), c.span());
    return new Term.Call(operator, List.of(new Term.ArrayTerm(parts, c.span())), c.span());
  }

  /** The values of an expression as a set: empty if it is undefined. */
  private Term collected(Literal part) {
    Term.Var v = fresh.generated(part.span());
    scope = new Scope(scope);
    List<Literal> outerBefore = before;
    before = new ArrayList<>();
    Term inner = term(((Expression.Plain) part.expression()).term());
    List<Literal.With> withs = new ArrayList<>();
    for (Literal.With w : part.withs()) {
      withs.add(new Literal.With(target(w.target()), term(w.value()), w.span()));
    }
    before = outerBefore;
    leave();
    Literal bind =
        new Literal(new Expression.Plain(unifyTerm(v, inner, part.span())), withs, part.span());
    return new Term.SetComprehension(v, List.of(bind), part.span());
  }

  private Expression someIn(Expression.SomeIn s, Span span) {
    Term domain = term(s.domain());
    if (s.key() != null) {
      declarePattern(s.key(), Scope.Origin.DECLARED);
    }
    declarePattern(s.value(), Scope.Origin.DECLARED);
    // Looking for a member is a use of the variables: some x in xs is whole without another.
    Term key = s.key() == null ? fresh.wildcard(span) : term(s.key());
    Term value = term(s.value());
    return new Expression.Plain(unifyTerm(value, new Term.Ref(domain, List.of(key), span), span));
  }

  private Expression every(Expression.Every e) {
    Term domain = term(e.domain());
    scope = new Scope(scope);
    if (e.key() != null) {
      declarePattern(e.key(), Scope.Origin.DECLARED);
    }
    declarePattern(e.value(), Scope.Origin.DECLARED);
    Term key = e.key() == null ? null : pattern(e.key());
    Term value = pattern(e.value());
    List<Literal> body = closure(e.body());
    leave();
    return new Expression.Every(key, value, domain, body);
  }

  private Expression not(Expression.Not n, List<Literal.With> withs) {
    if (!n.explicit()) {
      refuseAssignment(n.body(), "negated expression");
    }
    if (n.wide()) {
      return new Expression.Not(closure(n.body()), true, n.explicit());
    }
    List<Literal> body = resolve(n.body());
    var hoist = new Hoist(fresh, withs);
    List<Literal> inner = new ArrayList<>();
    for (Literal l : body) {
      inner.add(hoist.argumentsOf(l));
    }
    before.addAll(hoist.hoisted());
    return new Expression.Not(inner, false, false);
  }

  private Expression.Operand side(Expression.Operand o, Expression.Logical l) {
    if (!o.explicit()) {
      refuseAssignment(o.body(), "implicit " + (l.conjunction() ? "and" : "or") + " operand");
    }
    List<Literal> body = closure(o.body());
    // What was taken out of the operand is bound inside it, as in a body of its own.
    boolean explicit = o.explicit() || body.size() > o.body().size();
    return new Expression.Operand(body, explicit, o.parenthesised());
  }

  private void refuseAssignment(List<Literal> body, String where) {
    for (Literal l : body) {
      if (l.expression() instanceof Expression.Plain(Term.Call c)
          && c.operator().path().isEmpty()
          && c.name().equals("assign")) {
        error(c.span(), "cannot assign vars inside " + where);
      }
    }
  }

  /** The value of {@code with}; the name of a builtin becomes a call without arguments. */
  private Term replacement(Literal.With w) {
    Term.Ref named =
        switch (w.value()) {
          case Term.Var v -> new Term.Ref(v, List.of(), v.span());
          case Term.Ref r -> r;
          default -> null;
        };
    if (named != null
        && named.head() instanceof Term.Var v
        && scope.find(v.name()) == null
        && !globals.containsKey(v.name())
        && settings.isBuiltin.test(Names.dotted(named))) {
      return new Term.Call(named, List.of(), named.span());
    }
    return term(w.value());
  }

  /** The target of {@code with}: a document, a rule or a function. */
  @Override
  public Term.Ref target(Term.Ref target) {
    if (!(target.head() instanceof Term.Var v) || Variables.isRoot(v.name())) {
      return target;
    }
    Term.Ref global = globals.get(v.name());
    if (global == null) {
      return target;
    }
    usedGlobals.add(v.name());
    List<Term> path = new ArrayList<>(global.path());
    path.addAll(target.path());
    return new Term.Ref(global.head(), path, target.span());
  }

  @Override
  public Term term(Term term) {
    return switch (term) {
      case Term.Var v -> variable(v);
      case Term.Ref r -> reference(r);
      case Term.Call c -> call(c);
      case Term.ArrayComprehension c -> {
        scope = new Scope(scope);
        List<Literal> body = resolve(c.body());
        Term result = new Term.ArrayComprehension(term(c.head()), body, c.span());
        leave();
        yield result;
      }
      case Term.SetComprehension c -> {
        scope = new Scope(scope);
        List<Literal> body = resolve(c.body());
        Term result = new Term.SetComprehension(term(c.head()), body, c.span());
        leave();
        yield result;
      }
      case Term.ObjectComprehension c -> {
        scope = new Scope(scope);
        List<Literal> body = resolve(c.body());
        Term result = new Term.ObjectComprehension(term(c.key()), term(c.value()), body, c.span());
        leave();
        yield result;
      }
      case Term.Template t -> template(t);
      case Term.Scalar _, Term.ArrayTerm _, Term.SetTerm _, Term.ObjectTerm _ -> super.term(term);
    };
  }

  private Term variable(Term.Var v) {
    if (v.isWildcard()) {
      return v;
    }
    Scope.Entry declared = scope.find(v.name());
    if (declared != null) {
      return new Term.Var(declared.variable().name(), v.span());
    }
    Term.Ref global = globals.get(v.name());
    if (global != null) {
      usedGlobals.add(v.name());
      return new Term.Ref(global.head(), global.path(), v.span());
    }
    scope.seen.add(v.name());
    return v;
  }

  private Term reference(Term.Ref r) {
    List<Term> keys = terms(r.path());
    if (r.head() instanceof Term.Var v && Variables.isRoot(v.name())) {
      return new Term.Ref(v, keys, r.span());
    }
    Term head = term(r.head());
    if (head instanceof Term.Ref h) {
      List<Term> path = new ArrayList<>(h.path());
      path.addAll(keys);
      return new Term.Ref(h.head(), path, r.span());
    }
    return new Term.Ref(head, keys, r.span());
  }

  private Term call(Term.Call c) {
    return new Term.Call(operator(c.operator()), terms(c.arguments()), c.span());
  }

  private Term.Ref operator(Term.Ref operator) {
    if (!(operator.head() instanceof Term.Var v) || Variables.isRoot(v.name())) {
      return operator;
    }
    Term.Ref global = globals.get(v.name());
    if (global == null || isOperator(operator, v.name())) {
      return operator;
    }
    usedGlobals.add(v.name());
    List<Term> path = new ArrayList<>(global.path());
    path.addAll(operator.path());
    return new Term.Ref(global.head(), path, operator.span());
  }

  /** Whether the call was written as an infix operator: rules of those names do not count. */
  private static boolean isOperator(Term.Ref operator, String name) {
    return !operator.span().text().startsWith(name);
  }

  private Term template(Term.Template t) {
    List<Term> parts = new ArrayList<>();
    for (Literal part : t.parts()) {
      Term inner = ((Expression.Plain) part.expression()).term();
      parts.add(inner instanceof Term.Scalar ? inner : collected(part));
    }
    Term.Ref operator =
        new Term.Ref(
            new Term.Var("internal", t.span()),
            List.of(Term.string("template_string", t.span())),
            t.span());
    return new Term.Call(operator, List.of(new Term.ArrayTerm(parts, t.span())), t.span());
  }

  private Literal unify(Term a, Term b, Span span) {
    return new Literal(new Expression.Plain(unifyTerm(a, b, span)), List.of(), span);
  }

  static Term unifyTerm(Term a, Term b, Span span) {
    Term.Ref operator = new Term.Ref(new Term.Var("eq", span), List.of(), span);
    return new Term.Call(operator, List.of(a, b), span);
  }

  private void error(Span span, String message) {
    diagnostics.error(Codes.COMPILE, span, message);
  }
}
