package dev.bylaw.rego.parse;

import dev.bylaw.syntax.Span;

/** Leaves the parser at a mistake, or at a wrong guess; never leaves the package. */
final class SyntaxFailure extends RuntimeException {
  final transient Span span;
  final String message;

  SyntaxFailure(Span span, String message) {
    super(message, null, false, false);
    this.span = span;
    this.message = message;
  }
}
