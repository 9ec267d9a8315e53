package dev.bylaw.rego.ast;

import dev.bylaw.syntax.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a literal states. */
public sealed interface Expression {
  /** A term that must be defined and not false; {@code =} and {@code :=} are calls. */
  record Plain(Term term) implements Expression {}

  /** {@code some x, y}: declares variables. */
  record Some(List<Term.Var> variables) implements Expression {
    public Some {
      variables = List.copyOf(variables);
    }
  }

  /** {@code some key, value in domain}. */
  record SomeIn(@Nullable Term key, Term value, Term domain) implements Expression {}

  /** {@code every key, value in domain { body }}. */
  record Every(@Nullable Term key, Term value, Term domain, List<Literal> body)
      implements Expression {
    public Every {
      body = List.copyOf(body);
    }
  }

  /**
   * {@code not …}.
   *
   * @param body what must not hold
   * @param wide whether undefined parts of a composite expression make it hold too: the meaning
   *     under {@code future.keywords.not}
   * @param explicit whether it was written in braces and may declare variables
   */
  record Not(List<Literal> body, boolean wide, boolean explicit) implements Expression {
    public Not {
      body = List.copyOf(body);
    }
  }

  /** {@code left and right}, or with {@code or}. */
  record Logical(boolean conjunction, Operand left, Operand right, Span span)
      implements Expression {}

  /** One side of {@code and} or {@code or}; explicit if in braces. */
  record Operand(List<Literal> body, boolean explicit, boolean parenthesised) {
    public Operand {
      body = List.copyOf(body);
    }
  }
}
