package dev.bylaw.rego.partial;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.check.Rewrite;
import dev.bylaw.syntax.Span;
import java.util.List;

/**
 * Makes a tree from another, with hooks for what partial evaluation puts in; by default the same.
 */
abstract class TermMapping extends Rewrite {
  Term variable(Term.Var v) {
    return v;
  }

  /** A reference whose parts were mapped. */
  Term reference(Term.Ref r) {
    return r;
  }

  /** A call whose arguments were mapped. */
  Term call(Term.Call c) {
    return c;
  }

  @Override
  public Term term(Term term) {
    return switch (term) {
      case Term.Var v -> variable(v);
      case Term.Ref r -> {
        Term head = r.head() instanceof Term.Var v && isRoot(v) ? v : head(r.head());
        yield reference(new Term.Ref(head, terms(r.path()), r.span()));
      }
      case Term.Call c -> call(new Term.Call(c.operator(), terms(c.arguments()), c.span()));
      default -> super.term(term);
    };
  }

  @Override
  public Term.Ref target(Term.Ref target) {
    return target;
  }

  /** What keys are looked up in: a constant that has none cannot be written there. */
  private Term head(Term before) {
    Term after = term(before);
    if (!(after instanceof Term.Scalar s) || before instanceof Term.Scalar) {
      return after;
    }
    return switch (s.value().kind()) {
      case ARRAY, OBJECT, SET -> after;
      default -> before instanceof Term.Ref ? before : empty(s.span());
    };
  }

  /** A call whose value has no keys, which no type tells. */
  private static Term empty(Span span) {
    var operator =
        new Term.Ref(new Term.Var("json", span), List.of(Term.string("unmarshal", span)), span);
    return new Term.Call(operator, List.of(Term.string("{}", span)), span);
  }

  static boolean isRoot(Term.Var v) {
    return v.name().equals("input") || v.name().equals("data");
  }
}
