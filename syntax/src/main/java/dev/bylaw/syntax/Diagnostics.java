package dev.bylaw.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Collects the diagnostics of one phase, so that all of them are told at once.
 *
 * <p>Keeps at most {@value #MOST}: a hostile file earns no unbounded list. Not thread-safe.
 */
public final class Diagnostics {
  /** How many diagnostics are kept; later ones are counted only. */
  public static final int MOST = 200;

  private final List<Diagnostic> found = new ArrayList<>();
  private int errors;

  /** Adds one. */
  public void add(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      errors++;
    }
    if (found.size() < MOST) {
      found.add(diagnostic);
    }
  }

  /** Adds all. */
  public void addAll(Iterable<Diagnostic> diagnostics) {
    diagnostics.forEach(this::add);
  }

  /** Adds an error without a hint. */
  public void error(String code, Span span, String message) {
    add(Diagnostic.error(code, span, message));
  }

  /** Adds an error with a way out; an empty hint is none. */
  public void error(String code, Span span, String message, String hint) {
    add(Diagnostic.error(code, span, message).withHint(hint));
  }

  /** Adds a warning with a way out; an empty hint is none. */
  public void warning(String code, Span span, String message, String hint) {
    add(Diagnostic.warning(code, span, message).withHint(hint));
  }

  /** Whether there is an error, not only warnings. */
  public boolean hasErrors() {
    return errors > 0;
  }

  /** How many errors were added, those that were not kept included. */
  public int errors() {
    return errors;
  }

  /** What was found so far, in the order it was added. */
  public List<Diagnostic> all() {
    return List.copyOf(found);
  }

  /**
   * What was found as people read it: file by file, in the order in which the files were read, each
   * from its top to its end, and everything once.
   */
  public List<Diagnostic> inOrder() {
    Map<String, List<Diagnostic>> byFile = new LinkedHashMap<>();
    for (Diagnostic each : new LinkedHashSet<>(found)) {
      byFile.computeIfAbsent(each.span().source().name(), _ -> new ArrayList<>()).add(each);
    }
    List<Diagnostic> ordered = new ArrayList<>();
    for (List<Diagnostic> ofFile : byFile.values()) {
      ofFile.sort(
          Comparator.<Diagnostic>comparingInt(each -> each.span().start())
              .thenComparing(Diagnostic::severity));
      ordered.addAll(ofFile);
    }
    return List.copyOf(ordered);
  }

  /**
   * Ends a phase.
   *
   * @throws DiagnosticsException with everything found, if there is an error
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new DiagnosticsException(all());
    }
  }
}
