package dev.bylaw.policy.language;

import dev.bylaw.syntax.Diagnostics;
import java.util.Optional;
import java.util.Set;

/** A language that policies are written in. Thread-safe. */
public interface PolicyLanguage {
  /** Its name, which is the key of rules in it: {@code rego}. */
  String name();

  /** The endings of its files, with the dot: {@code .rego}. */
  Set<String> endings();

  /** Whether a file is a policy in this language, by its name: tests of policies are none. */
  default boolean isPolicy(String file) {
    return endings().stream().anyMatch(file::endsWith);
  }

  /**
   * Compiles texts into one policy.
   *
   * @param diagnostics takes what is wrong, errors and warnings
   * @return empty if there was an error, which the diagnostics hold
   */
  Optional<CompiledPolicy> compile(PolicyText text, Diagnostics diagnostics);
}
