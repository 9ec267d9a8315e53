package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.ast.Term;
import java.util.ArrayList;
import java.util.List;

/** Rebuilds terms and bodies; a subclass changes what it is interested in. */
public abstract class Rewrite {
  public Term term(Term term) {
    return switch (term) {
      case Term.Scalar s -> s;
      case Term.Var v -> v;
      case Term.Ref r -> new Term.Ref(term(r.head()), terms(r.path()), r.span());
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
      case Term.Call c -> new Term.Call(c.operator(), terms(c.arguments()), c.span());
      case Term.Template t -> new Term.Template(body(t.parts()), t.multiline(), t.span());
    };
  }

  /** Goes through the head and the body of a rule, for those who only look. */
  public void through(Rule rule) {
    Rule.Head head = rule.head();
    if (head.arguments() != null) {
      terms(head.arguments());
    }
    terms(head.reference().path());
    if (head.key() != null) {
      term(head.key());
    }
    term(head.value());
    body(rule.body());
  }

  public List<Term> terms(List<Term> terms) {
    List<Term> all = new ArrayList<>(terms.size());
    for (Term t : terms) {
      all.add(term(t));
    }
    return all;
  }

  public List<Literal> body(List<Literal> body) {
    List<Literal> all = new ArrayList<>(body.size());
    for (Literal l : body) {
      all.add(literal(l));
    }
    return all;
  }

  public Literal literal(Literal literal) {
    List<Literal.With> withs = new ArrayList<>();
    for (Literal.With w : literal.withs()) {
      withs.add(new Literal.With(target(w.target()), term(w.value()), w.span()));
    }
    return new Literal(expression(literal.expression()), withs, literal.span());
  }

  /** What {@code with} replaces. */
  public Term.Ref target(Term.Ref target) {
    return (Term.Ref) term(target);
  }

  public Expression expression(Expression expression) {
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
          new Expression.Logical(l.conjunction(), operand(l.left()), operand(l.right()), l.span());
    };
  }

  public Expression.Operand operand(Expression.Operand o) {
    return new Expression.Operand(body(o.body()), o.explicit(), o.parenthesised());
  }
}
