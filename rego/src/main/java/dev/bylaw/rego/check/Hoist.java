package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes calls and references out of arguments, into literals of their own that go before: what
 * OPA's compiler does to every expression, and what gives the old {@code not} its meaning.
 */
final class Hoist {
  private final Fresh fresh;
  private final List<Literal.With> withs;
  private final List<Literal> hoisted = new ArrayList<>();

  Hoist(Fresh fresh, List<Literal.With> withs) {
    this.fresh = fresh;
    this.withs = withs;
  }

  List<Literal> hoisted() {
    return hoisted;
  }

  /** The literal with its arguments taken out. */
  Literal argumentsOf(Literal literal) {
    if (!(literal.expression() instanceof Expression.Plain p)) {
      return literal;
    }
    return new Literal(new Expression.Plain(statement(p.term())), literal.withs(), literal.span());
  }

  private Term statement(Term term) {
    return switch (term) {
      case Term.Call c -> {
        boolean unify =
            c.operator().path().isEmpty() && (c.name().equals("eq") || c.name().equals("equal"));
        List<Term> arguments = new ArrayList<>();
        for (Term t : c.arguments()) {
          arguments.add(unify && t instanceof Term.Ref r ? keysOf(r) : argument(t));
        }
        yield new Term.Call(c.operator(), arguments, c.span());
      }
      case Term.Ref r -> keysOf(r);
      default -> inside(term);
    };
  }

  private Term keysOf(Term.Ref r) {
    List<Term> keys = new ArrayList<>();
    for (Term t : r.path()) {
      keys.add(argument(t));
    }
    Term head = r.head() instanceof Term.Var ? r.head() : argument(r.head());
    return new Term.Ref(head, keys, r.span());
  }

  private Term argument(Term term) {
    return switch (term) {
      case Term.Ref r -> takeOut(keysOf(r));
      case Term.Call c -> takeOut(statement(c));
      default -> inside(term);
    };
  }

  private Term inside(Term term) {
    return switch (term) {
      case Term.ArrayTerm a ->
          new Term.ArrayTerm(a.elements().stream().map(this::argument).toList(), a.span());
      case Term.SetTerm s ->
          new Term.SetTerm(s.members().stream().map(this::argument).toList(), s.span());
      case Term.ObjectTerm o ->
          new Term.ObjectTerm(
              o.entries().stream()
                  .map(e -> new Term.Entry(argument(e.key()), argument(e.value())))
                  .toList(),
              o.span());
      case Term.Scalar _,
          Term.Var _,
          Term.Ref _,
          Term.Call _,
          Term.ArrayComprehension _,
          Term.SetComprehension _,
          Term.ObjectComprehension _,
          Term.Template _ ->
          term;
    };
  }

  private Term takeOut(Term term) {
    Term.Var v = fresh.generated(term.span());
    hoisted.add(
        new Literal(
            new Expression.Plain(Resolver.unifyTerm(v, term, term.span())), withs, term.span()));
    return v;
  }
}
