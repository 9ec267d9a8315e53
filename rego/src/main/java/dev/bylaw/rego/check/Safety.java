package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Orders bodies so that each variable is bound before it is read, and reports those that cannot be.
 *
 * <p>Literals keep their written order as far as possible. Where whole literals cannot be ordered,
 * their arguments are taken out and ordered one by one.
 */
final class Safety {
  private final Fresh fresh;
  private final Diagnostics diagnostics;
  private final ToIntFunction<Term.Call> arity;
  private final Outputs outputs;

  /**
   * A new one.
   *
   * @param arity how many arguments the called function takes; -1 if it is not known
   */
  Safety(Fresh fresh, Diagnostics diagnostics, ToIntFunction<Term.Call> arity) {
    this.fresh = fresh;
    this.diagnostics = diagnostics;
    this.arity = arity;
    this.outputs = new Outputs(arity);
  }

  /** The rule with ordered bodies. */
  Rule rule(Rule rule) {
    Rule.Head head = rule.head();
    Set<String> bound = new LinkedHashSet<>();
    if (head.arguments() != null) {
      head.arguments().forEach(t -> Variables.of(t, false, v -> bound.add(v.name())));
    }
    List<Term> headTerms = new ArrayList<>(head.reference().path());
    if (head.key() != null) {
      headTerms.add(head.key());
    }
    headTerms.add(head.value());
    Set<String> headVariables = names(headTerms);
    Set<String> safe = new LinkedHashSet<>(bound);
    List<Literal> body = order(rule.body(), safe, headVariables);
    for (Term t : headTerms) {
      requireAll(t, safe);
    }
    Closures closures = new Closures(safe);
    Term.Ref reference =
        new Term.Ref(head.reference().head(), closures.terms(head.reference().path()), head.span());
    Rule.Head ordered =
        new Rule.Head(
            reference,
            head.arguments(),
            head.key() == null ? null : closures.term(head.key()),
            closures.term(head.value()),
            head.valueWritten(),
            head.assigned(),
            head.span());
    Rule otherwise = rule.otherwise() == null ? null : rule(rule.otherwise());
    return new Rule(ordered, body, rule.isDefault(), otherwise, rule.span());
  }

  /** An ordered query; adds what it binds. */
  List<Literal> query(List<Literal> body, Set<String> safe) {
    return order(body, safe, Set.of());
  }

  private static Set<String> names(List<Term> terms) {
    Set<String> names = new HashSet<>();
    terms.forEach(t -> Variables.of(t, false, v -> names.add(v.name())));
    return names;
  }

  private void requireAll(Term term, Set<String> safe) {
    Variables.of(
        term,
        false,
        v -> {
          if (!safe.contains(v.name())) {
            unsafe(v.name(), v.span());
          }
        });
  }

  private void unsafe(String name, Span span) {
    diagnostics.error(Codes.UNSAFE, span, "var " + fresh.original(name) + " is unsafe");
  }

  /**
   * Orders a body.
   *
   * @param safe what is bound before it; what it binds is added
   * @param around variables of the surroundings that closures may mean
   */
  private List<Literal> order(List<Literal> body, Set<String> safe, Set<String> around) {
    Set<String> own = new HashSet<>(around);
    own.addAll(safe);
    List<Literal> remaining = replacementsApart(body);
    Variables.ofBody(remaining, false, v -> own.add(v.name()));
    List<Literal> ordered = new ArrayList<>();
    place(remaining, ordered, safe, own);
    if (!remaining.isEmpty()) {
      List<Literal> apart = takeApart(remaining);
      if (apart.size() > remaining.size()) {
        Variables.ofBody(apart, false, v -> own.add(v.name()));
        List<Literal> rest = new ArrayList<>(apart);
        Set<String> trial = new LinkedHashSet<>(safe);
        List<Literal> placed = new ArrayList<>();
        place(rest, placed, trial, own);
        if (rest.isEmpty()) {
          safe.addAll(trial);
          ordered.addAll(placed);
          return ordered;
        }
      }
      reportUnsafe(remaining, safe, own);
    }
    return ordered;
  }

  /** The body with the values of {@code with} worked out before, without what it replaces. */
  private List<Literal> replacementsApart(List<Literal> body) {
    List<Literal> apart = new ArrayList<>();
    for (Literal literal : body) {
      List<Literal.With> withs = new ArrayList<>();
      for (Literal.With w : literal.withs()) {
        if (isKnown(w.value())) {
          withs.add(w);
        } else {
          Term.Var v = fresh.generated(w.value().span());
          Term bind = Resolver.unifyTerm(v, w.value(), w.value().span());
          apart.add(new Literal(new Expression.Plain(bind), List.of(), w.span()));
          withs.add(new Literal.With(w.target(), v, w.span()));
        }
      }
      apart.add(new Literal(literal.expression(), withs, literal.span()));
    }
    return apart;
  }

  /** Whether a value of {@code with} needs no search: variables and constants, or a function. */
  private boolean isKnown(Term value) {
    return switch (value) {
      case Term.Scalar _, Term.Var _ -> true;
      case Term.ArrayTerm a -> a.elements().stream().allMatch(this::isKnown);
      case Term.SetTerm s -> s.members().stream().allMatch(this::isKnown);
      case Term.ObjectTerm o ->
          o.entries().stream().allMatch(e -> isKnown(e.key()) && isKnown(e.value()));
      case Term.Ref r -> arity.applyAsInt(new Term.Call(r, List.of(), r.span())) >= 0;
      case Term.Call c -> c.arguments().isEmpty();
      case Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ ->
          false;
    };
  }

  private void place(
      List<Literal> remaining, List<Literal> ordered, Set<String> safe, Set<String> own) {
    boolean progress = true;
    while (progress && !remaining.isEmpty()) {
      progress = false;
      for (int i = 0; i < remaining.size(); i++) {
        Literal literal = remaining.get(i);
        Set<String> binds = outputs.of(literal, safe);
        if (missing(literal, safe, binds, own).isEmpty()) {
          Set<String> inner = new LinkedHashSet<>(safe);
          ordered.add(new Closures(inner).literal(literal));
          safe.addAll(binds);
          remaining.remove(i);
          i--;
          progress = true;
        }
      }
    }
  }

  private List<Literal> takeApart(List<Literal> literals) {
    List<Literal> apart = new ArrayList<>();
    for (Literal l : literals) {
      var hoist = new Hoist(fresh, l.withs());
      Literal rest = hoist.argumentsOf(l);
      apart.addAll(hoist.hoisted());
      apart.add(rest);
    }
    return apart;
  }

  private void reportUnsafe(List<Literal> remaining, Set<String> safe, Set<String> own) {
    Set<String> told = new HashSet<>();
    Set<Literal> nameless = new LinkedHashSet<>();
    for (Literal l : remaining) {
      Set<String> missing = missing(l, safe, outputs.of(l, safe), own);
      for (String name : new TreeSet<>(missing)) {
        if (!shown(name)) {
          nameless.add(l);
        } else if (told.add(fresh.original(name))) {
          unsafe(name, l.span());
        }
      }
    }
    if (told.isEmpty()) {
      // Nobody wrote the variables that are missing, so they would tell the reader nothing.
      nameless.forEach(l -> diagnostics.error(Codes.UNSAFE, l.span(), "expression is unsafe"));
    }
    for (Literal l : remaining) {
      safe.addAll(missing(l, Set.of(), Set.of(), own));
    }
  }

  private boolean shown(String name) {
    return fresh.isWritten(name) || fresh.isWrittenWildcard(name);
  }

  /** The variables that a literal reads but that are not bound. */
  private Set<String> missing(
      Literal literal, Set<String> safe, Set<String> outputs, Set<String> own) {
    Set<String> missing = new LinkedHashSet<>();
    Variables.of(
        literal,
        false,
        v -> {
          if (!safe.contains(v.name()) && !outputs.contains(v.name())) {
            missing.add(v.name());
          }
        });
    // What with puts in is worked out before: that the literal binds it is too late.
    for (Literal.With w : literal.withs()) {
      Variables.of(
          w.value(),
          false,
          v -> {
            if (!safe.contains(v.name())) {
              missing.add(v.name());
            }
          });
    }
    // A variable that occurs outside of closures too is the surroundings', so it must be bound.
    closureVariables(
        literal,
        v -> {
          if (own.contains(v) && !safe.contains(v)) {
            missing.add(v);
          }
        });
    return missing;
  }

  private static void closureVariables(Literal literal, java.util.function.Consumer<String> found) {
    Set<String> outside = new HashSet<>();
    Variables.of(literal, false, v -> outside.add(v.name()));
    Variables.of(
        literal,
        true,
        v -> {
          if (!outside.contains(v.name())) {
            found.accept(v.name());
          }
        });
    // One that occurs on both sides: inside it must be bound before the literal.
    new ClosureFinder(t -> Variables.of(t, true, v -> found.accept(v.name()))).literal(literal);
  }

  /** Finds the outermost closures of a literal. */
  private static final class ClosureFinder extends Rewrite {
    private final java.util.function.Consumer<Term> found;

    ClosureFinder(java.util.function.Consumer<Term> found) {
      this.found = found;
    }

    @Override
    public Term term(Term term) {
      return switch (term) {
        case Term.ArrayComprehension _, Term.SetComprehension _, Term.ObjectComprehension _ -> {
          found.accept(term);
          yield term;
        }
        default -> super.term(term);
      };
    }
  }

  /** Orders the bodies inside a literal whose surroundings are bound. */
  private final class Closures extends Rewrite {
    private final Set<String> safe;

    Closures(Set<String> safe) {
      this.safe = safe;
    }

    @Override
    public Term term(Term term) {
      return switch (term) {
        case Term.ArrayComprehension c -> {
          Set<String> inner = new LinkedHashSet<>(safe);
          List<Literal> body = order(c.body(), inner, names(List.of(c.head())));
          yield new Term.ArrayComprehension(head(c.head(), inner), body, c.span());
        }
        case Term.SetComprehension c -> {
          Set<String> inner = new LinkedHashSet<>(safe);
          List<Literal> body = order(c.body(), inner, names(List.of(c.head())));
          yield new Term.SetComprehension(head(c.head(), inner), body, c.span());
        }
        case Term.ObjectComprehension c -> {
          Set<String> inner = new LinkedHashSet<>(safe);
          List<Literal> body = order(c.body(), inner, names(List.of(c.key(), c.value())));
          yield new Term.ObjectComprehension(
              head(c.key(), inner), head(c.value(), inner), body, c.span());
        }
        default -> super.term(term);
      };
    }

    private Term head(Term head, Set<String> inner) {
      requireAll(head, inner);
      return new Closures(inner).term(head);
    }

    @Override
    public Expression expression(Expression expression) {
      return switch (expression) {
        case Expression.Every e -> {
          Set<String> inner = new LinkedHashSet<>(safe);
          if (e.key() != null) {
            Variables.of(e.key(), false, v -> inner.add(v.name()));
          }
          Variables.of(e.value(), false, v -> inner.add(v.name()));
          List<Literal> body = order(e.body(), inner, Set.of());
          yield new Expression.Every(e.key(), e.value(), term(e.domain()), body);
        }
        case Expression.Not n ->
            new Expression.Not(
                n.explicit()
                    ? order(n.body(), new LinkedHashSet<>(safe), Set.of())
                    : inOrder(n.body()),
                n.wide(),
                n.explicit());
        default -> super.expression(expression);
      };
    }

    /** A body whose variables are all bound already. */
    private List<Literal> inOrder(List<Literal> body) {
      return body(body);
    }

    @Override
    public Expression.Operand operand(Expression.Operand o) {
      List<Literal> body =
          o.explicit() ? order(o.body(), new LinkedHashSet<>(safe), Set.of()) : inOrder(o.body());
      return new Expression.Operand(body, o.explicit(), o.parenthesised());
    }
  }
}
