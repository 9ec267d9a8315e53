package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Term;
import dev.bylaw.syntax.Span;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables declared in a body and in those around it. */
final class Scope {
  /** How a variable came into a scope. */
  enum Origin {
    ARGUMENT("argument"),
    ASSIGNED("assigned"),
    DECLARED("declared"),
    SEEN("referenced");

    final String word;

    Origin(String word) {
      this.word = word;
    }
  }

  record Entry(Term.Var variable, Origin origin, Span span) {}

  final @Nullable Scope outer;
  final Map<String, Entry> declared = new LinkedHashMap<>();
  final Set<String> seen = new HashSet<>();
  final Set<String> used = new HashSet<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  @Nullable Entry find(String name) {
    for (Scope s = this; s != null; s = s.outer) {
      Entry found = s.declared.get(name);
      if (found != null) {
        s.used.add(name);
        return found;
      }
    }
    return null;
  }
}
