package dev.bylaw.rego.plan;

import dev.bylaw.syntax.Span;

/** Is told what is evaluated: for coverage, profile and explanation. */
public interface Observer {
  /** A literal is about to be evaluated. */
  void enter(Span literal);

  /** A literal held. */
  void pass(Span literal);

  /** A rule's body held. */
  void rule(String path, Span rule);
}
