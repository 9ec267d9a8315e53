package dev.bylaw.rego.plan;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;

/** Is told what is evaluated: for coverage, profile and explanation. */
public interface Observer {
  /** A literal is about to be evaluated. */
  void enter(Span literal);

  /** A literal held, once for each way in which it does. */
  void pass(Span literal);

  /** All that could follow from a literal was tried. */
  default void leave(Span literal) {}

  /** The body of a rule is about to be evaluated. */
  default void begin(String path, Span rule) {}

  /** The body of a rule was evaluated. */
  default void end(String path, Span rule) {}

  /** A rule says something: {@code trace}. */
  default void note(String text) {}

  /** A test comes to one of its cases, which may fail from here on. */
  default void testCase(ArrayValue names) {}

  /** A rule's body held. */
  void rule(String path, Span rule);
}
