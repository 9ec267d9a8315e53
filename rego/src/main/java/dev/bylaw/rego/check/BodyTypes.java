package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Names;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.type.Type;
import dev.bylaw.rego.type.Unification;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the literals of a body one after the other, and finds the types of its variables. */
final class BodyTypes {
  private final Types rules;
  private final TypeScope scope;
  private final Diagnostics diagnostics;
  private final Fresh fresh;
  private final Patterns patterns;
  private final ReferenceTypes references;

  /** Types of references, calls and closures, which are looked at once. */
  private final IdentityHashMap<Term, Type> seen = new IdentityHashMap<>();

  BodyTypes(Types rules, TypeScope scope, Diagnostics diagnostics, Fresh fresh) {
    this.rules = rules;
    this.scope = scope;
    this.diagnostics = diagnostics;
    this.fresh = fresh;
    this.patterns = new Patterns(scope, this::of);
    this.references = new ReferenceTypes(scope, patterns, this::of, fresh, diagnostics);
  }

  void body(List<Literal> body) {
    body.forEach(l -> literal(l, l.span()));
  }

  /** Checks a literal; what its own statement does wrong is told at a place. */
  private void literal(Literal literal, Span place) {
    for (Literal.With w : literal.withs()) {
      with(w);
    }
    switch (literal.expression()) {
      case Expression.Plain p -> statement(p.term(), place);
      case Expression.Some _, Expression.SomeIn _ -> {}
      case Expression.Every e -> {
        of(e.domain());
        inner().body(e.body());
      }
      case Expression.Not n -> {
        BodyTypes inner = inner();
        n.body().forEach(l -> inner.literal(l, n.explicit() ? l.span() : place));
      }
      case Expression.Logical l -> {
        inner().body(l.left().body());
        inner().body(l.right().body());
      }
    }
  }

  private BodyTypes inner() {
    return new BodyTypes(rules, new TypeScope(scope), diagnostics, fresh);
  }

  private void with(Literal.With w) {
    if (!(w.value() instanceof Term.Call named && named.arguments().isEmpty())) {
      boolean function = w.value() instanceof Term.Ref r && function(r) != null;
      if (!function) {
        of(w.value());
      }
    }
    Type.Function wanted = function(w.target());
    Type.Function given =
        switch (w.value()) {
          case Term.Call c when c.arguments().isEmpty() -> function(c.operator());
          case Term.Ref r -> function(r);
          default -> null;
        };
    if (wanted != null
        && given != null
        && (wanted.arguments().size() != given.arguments().size()
            || !Unification.unifies(wanted, given))) {
      diagnostics.error(
          Codes.TYPE,
          w.span(),
          Names.dotted(w.target()) + ": arity mismatch",
          ReferenceTypes.operands(given.arguments(), wanted, false));
    }
  }

  private Type.@Nullable Function function(Term.Ref ref) {
    return !ref.startsWith("input") && rules.function(ref) instanceof Type.Function f ? f : null;
  }

  private void statement(Term term, Span place) {
    if (!(term instanceof Term.Call c)) {
      of(term);
      return;
    }
    if (isEquality(c)) {
      equal(c, place);
      return;
    }
    call(c, place, false);
  }

  private static boolean isEquality(Term.Call c) {
    return c.operator().path().isEmpty()
        && (c.name().equals("eq") || c.name().equals("equal"))
        && c.arguments().size() == 2;
  }

  private void equal(Term.Call c, Span place) {
    int before = diagnostics.errors();
    Term a = c.arguments().get(0);
    Term b = c.arguments().get(1);
    Type left = of(a);
    Type right = of(b);
    boolean unifies = patterns.unify(a, b);
    boolean follows = diagnostics.errors() > before && left.isOpen() && right.isOpen();
    if (!unifies && !follows) {
      String detail = "left: " + of(a).text() + ", right: " + of(b).text();
      error(place, "match error", detail);
    }
  }

  /**
   * The type of a call's result; unknown if the call is wrong.
   *
   * @param place where a mistake is told
   * @param inside whether the result is used by what is around the call
   */
  private Type call(Term.Call c, Span place, boolean inside) {
    int before = diagnostics.errors();
    List<Type> have = new ArrayList<>();
    c.arguments().forEach(t -> have.add(of(t)));
    if (isMembership(c) && !mayHold(c, place)) {
      return Type.Basic.UNKNOWN;
    }
    if (!(rules.function(c.operator()) instanceof Type.Function f)) {
      return Type.Any.VALUE;
    }
    int takes = f.arguments().size();
    for (int i = 0; i < c.arguments().size(); i++) {
      Type wanted = i < takes ? f.arguments().get(i) : f.result();
      if (!patterns.unify(c.arguments().get(i), wanted, false)) {
        List<Type> now = new ArrayList<>();
        c.arguments().forEach(t -> now.add(of(t)));
        if (inside && c.arguments().size() == takes) {
          now.add(Type.Basic.UNKNOWN);
        }
        if (diagnostics.errors() == before || now.stream().noneMatch(Type::isOpen)) {
          error(
              place,
              Names.dotted(c.operator()) + ": invalid argument(s)",
              ReferenceTypes.operands(now, f, true));
        }
        return Type.Basic.UNKNOWN;
      }
    }
    return f.result();
  }

  private static boolean isMembership(Term.Call c) {
    String name = Names.dotted(c.operator());
    return (name.equals("internal.member_2") && c.arguments().size() == 2)
        || (name.equals("internal.member_3") && c.arguments().size() == 3);
  }

  /** Whether what is looked for with {@code in} may stand in the collection; reports it if not. */
  private boolean mayHold(Term.Call c, Span place) {
    List<Term> arguments = c.arguments();
    Type collection = of(arguments.getLast());
    Type members = collection.members();
    if (members.isUnknown()) {
      return true; // Nothing stands in it, or it is no collection: `in` is false then.
    }
    Type keys = arguments.size() == 3 ? collection.keys() : null;
    return (keys == null || mayBe(arguments.getFirst(), keys, place))
        && mayBe(arguments.get(arguments.size() - 2), members, place);
  }

  private boolean mayBe(Term term, Type type, Span place) {
    if (type.isOpen()) {
      return true;
    }
    Type have = of(term);
    if ((have.isOpen() || Unification.unifies(have, type)) && patterns.unify(term, type, false)) {
      return true;
    }
    error(place, "match error", "left: " + have.text() + ", right: " + type.text());
    return false;
  }

  /** Looks at terms of a rule's head. */
  void heads(List<Term> terms) {
    terms.forEach(this::of);
  }

  /** A variable of which nothing is known may be anything. */
  void anyIfUnknown(Term.Var v) {
    if (scope.variable(v.name()).isUnknown()) {
      scope.know(v.name(), Type.Any.VALUE);
    }
  }

  /** What a term may be; reports what is wrong in it. */
  Type of(Term term) {
    return switch (term) {
      case Term.Scalar s -> Type.of(s.value());
      case Term.Var v -> Variables.isRoot(v.name()) ? root(v.name()) : scope.variable(v.name());
      case Term.ArrayTerm a -> Type.array(a.elements().stream().map(this::of).toList());
      case Term.SetTerm s -> Type.set(Type.or(s.members().stream().map(this::of).toList()));
      case Term.ObjectTerm o -> object(o);
      case Term.Ref _,
          Term.Call _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ -> {
        Type known = seen.get(term);
        if (known == null) {
          known = find(term);
          seen.put(term, known);
        }
        yield known;
      }
    };
  }

  private Type find(Term term) {
    return switch (term) {
      case Term.Ref r -> reference(r);
      case Term.Call c -> call(c, c.span(), true);
      case Term.ArrayComprehension c -> {
        BodyTypes inner = closure(c.body());
        yield inner == null ? Type.Basic.UNKNOWN : new Type.Array(List.of(), inner.of(c.head()));
      }
      case Term.SetComprehension c -> {
        BodyTypes inner = closure(c.body());
        yield inner == null ? Type.Basic.UNKNOWN : new Type.Set(inner.of(c.head()));
      }
      case Term.ObjectComprehension c -> {
        BodyTypes inner = closure(c.body());
        yield inner == null
            ? Type.Basic.UNKNOWN
            : new Type.Obj(List.of(), new Type.Further(inner.of(c.key()), inner.of(c.value())));
      }
      case Term.Template _ -> Type.Basic.STRING;
      case Term.Scalar _, Term.Var _, Term.ArrayTerm _, Term.SetTerm _, Term.ObjectTerm _ ->
          of(term);
    };
  }

  /** The types of a closure's variables; null if it has a mistake. */
  private @Nullable BodyTypes closure(List<Literal> body) {
    int before = diagnostics.errors();
    BodyTypes inner = inner();
    inner.body(body);
    return diagnostics.errors() > before ? null : inner;
  }

  private Type object(Term.ObjectTerm o) {
    List<Type.Property> properties = new ArrayList<>();
    Type.Further further = null;
    for (Term.Entry e : o.entries()) {
      Type value = of(e.value());
      if (e.key() instanceof Term.Scalar s) {
        properties.add(new Type.Property(s.value(), value));
      } else {
        further = new Type.Further(of(e.key()), value);
      }
    }
    return Type.object(properties, further);
  }

  private Type root(String name) {
    return scope.document(name, List.of());
  }

  private Type reference(Term.Ref r) {
    if (r.head() instanceof Term.Var v && Variables.isRoot(v.name())) {
      return references.document(v.name(), r)
          ? scope.document(v.name(), r.path())
          : Type.Basic.UNKNOWN;
    }
    Type head = of(r.head());
    // A scalar has no keys, but nobody has ever been refused for it.
    boolean open = head.isUnknown() || r.head() instanceof Term.Scalar;
    Type start = open ? Type.Any.VALUE : head;
    return references.leaf(start, r, 0) ? TypeScope.select(start, r.path()) : Type.Basic.UNKNOWN;
  }

  private void error(Span span, String message, String detail) {
    diagnostics.error(Codes.TYPE, span, message, detail);
  }
}
