package dev.bylaw.policy.language;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A language that policies are written in. Thread-safe. */
public interface PolicyLanguage {
  /** Its name, which is the key of rules in it: {@code rego}. */
  String name();

  /** The endings of its files, with the dot: {@code .rego}. */
  Set<String> endings();

  /**
   * Compiles texts into one policy.
   *
   * @param sources not empty; the first is the one that the rule names
   * @param host named data and functions
   * @param diagnostics takes what is wrong
   * @return empty if there was an error, which the diagnostics hold
   */
  Optional<CompiledPolicy> compile(
      List<Source> sources, LanguageHost host, Diagnostics diagnostics);
}
