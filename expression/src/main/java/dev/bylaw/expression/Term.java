package dev.bylaw.expression;

import dev.bylaw.syntax.Span;

/**
 * A part of a condition with what it came to in one evaluation.
 *
 * @param text the part as written: {@code params.amount <= 100}
 * @param span where it stands
 * @param depth 0 for a term of the logic ({@code &&}, {@code ||}, {@code !}, {@code ?:}), more for
 *     what such a term is made of
 * @param decisive whether the condition came to what it did because of this term
 * @param result what it came to
 */
public record Term(String text, Span span, int depth, boolean decisive, Result result) {
  /** {@code params.amount <= 100 is false}. */
  @Override
  public String toString() {
    return switch (result) {
      case Result.Produced(var value) -> text + " is " + value;
      case Result.Failed failed -> text + " fails: " + failed.message();
    };
  }
}
