package dev.bylaw.rego.partial;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Span;
import java.util.List;

/** Makes a tree from another; by default the same. */
abstract class TermMapping {
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

  Term term(Term term) {
    return switch (term) {
      case Term.Scalar s -> s;
      case Term.Var v -> variable(v);
      case Term.Ref r -> {
        Term head = r.head() instanceof Term.Var v && isRoot(v) ? v : head(r.head());
        yield reference(new Term.Ref(head, terms(r.path()), r.span()));
      }
      case Term.ArrayTerm a -> new Term.ArrayTerm(terms(a.elements()), a.span());
      case Term.SetTerm s -> new Term.SetTerm(terms(s.members()), s.span());
      case Term.ObjectTerm o ->
          new Term.ObjectTerm(
              o.entries().stream()
                  .map(e -> new Term.Entry(term(e.key()), term(e.value())))
                  .toList(),
              o.span());
      case Term.ArrayComprehension c ->
          new Term.ArrayComprehension(term(c.head()), body(c.body()), c.span());
      case Term.SetComprehension c ->
          new Term.SetComprehension(term(c.head()), body(c.body()), c.span());
      case Term.ObjectComprehension c ->
          new Term.ObjectComprehension(term(c.key()), term(c.value()), body(c.body()), c.span());
      case Term.Call c -> call(new Term.Call(c.operator(), terms(c.arguments()), c.span()));
      case Term.Template t -> new Term.Template(body(t.parts()), t.multiline(), t.span());
    };
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

  List<Term> terms(List<Term> all) {
    return all.stream().map(this::term).toList();
  }

  List<Literal> body(List<Literal> body) {
    return body.stream().map(this::literal).toList();
  }

  Literal literal(Literal l) {
    List<Literal.With> withs =
        l.withs().stream()
            .map(w -> new Literal.With(w.target(), term(w.value()), w.span()))
            .toList();
    return new Literal(expression(l.expression()), withs, l.span());
  }

  private Expression expression(Expression expression) {
    return switch (expression) {
      case Expression.Plain p -> new Expression.Plain(term(p.term()));
      case Expression.Some s -> s;
      case Expression.SomeIn s ->
          new Expression.SomeIn(
              s.key() == null ? null : term(s.key()), term(s.value()), term(s.domain()));
      case Expression.Every e ->
          new Expression.Every(
              e.key() == null ? null : term(e.key()),
              term(e.value()),
              term(e.domain()),
              body(e.body()));
      case Expression.Not n -> new Expression.Not(body(n.body()), n.wide(), n.explicit());
      case Expression.Logical l ->
          new Expression.Logical(l.conjunction(), side(l.left()), side(l.right()), l.span());
    };
  }

  private Expression.Operand side(Expression.Operand o) {
    return new Expression.Operand(body(o.body()), o.explicit(), o.parenthesised());
  }
}
