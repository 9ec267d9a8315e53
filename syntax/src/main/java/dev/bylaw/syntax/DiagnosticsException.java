package dev.bylaw.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A phase ended with mistakes of the user; carries all of them. */
public final class DiagnosticsException extends RuntimeException {
  private final transient List<Diagnostic> diagnostics;

  public DiagnosticsException(List<Diagnostic> diagnostics) {
    super(
        diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** What was found; at least one error. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
