package dev.bylaw.rego.ast;

import dev.bylaw.syntax.Span;
import java.util.List;

/** One expression of a body, with its modifiers. */
public record Literal(Expression expression, List<With> withs, Span span) {
  /** {@code with target as value}. */
  public record With(Term.Ref target, Term value, Span span) {}

  public Literal {
    withs = List.copyOf(withs);
  }

  /** A literal of a plain term. */
  public static Literal of(Term term) {
    return new Literal(new Expression.Plain(term), List.of(), term.span());
  }
}
