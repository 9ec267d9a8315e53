package dev.bylaw.rego.ast;

import dev.bylaw.syntax.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule.
 *
 * @param isDefault whether it gives the value where no other rule of the name does
 * @param body what must hold; empty where nothing was written
 * @param otherwise the {@code else} branch
 */
public record Rule(
    Head head, List<Literal> body, boolean isDefault, @Nullable Rule otherwise, Span span) {

  /**
   * The head of a rule.
   *
   * @param reference the name, and the keys behind it
   * @param arguments of a function; null for others
   * @param key of {@code contains key}; null for others
   * @param value the value; {@code true} where none was written
   * @param valueWritten whether it was
   * @param assigned whether with {@code :=}
   */
  public record Head(
      Term.Ref reference,
      @Nullable List<Term> arguments,
      @Nullable Term key,
      Term value,
      boolean valueWritten,
      boolean assigned,
      Span span) {
    public Head {
      arguments = arguments == null ? null : List.copyOf(arguments);
    }

    /** Whether it is a function. */
    public boolean isFunction() {
      return arguments != null;
    }

    /** Whether it adds members to a set. */
    public boolean isPartialSet() {
      return key != null;
    }

    /** The first name. */
    public String name() {
      return ((Term.Var) reference.head()).name();
    }

    /** The same with another value. */
    public Head withValue(Term other) {
      return new Head(reference, arguments, key, other, true, assigned, span);
    }
  }

  public Rule {
    body = List.copyOf(body);
  }
}
