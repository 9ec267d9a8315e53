package dev.bylaw.policy.rego;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of a policy that says what is violated.
 *
 * @param path the package
 * @param name of the rule
 * @param kind what its name means
 * @param shape what its value is
 * @param clauses as they are written, without a default
 * @param actions the only actions and capabilities that it can be about; empty for all
 * @param named those that it names in some clause
 * @param failing the level at which it fails, where that is not the policy's own
 */
record DecisionRule(
    List<String> path,
    String name,
    Kind kind,
    Shape shape,
    List<Rule> clauses,
    Set<String> actions,
    Set<String> named,
    Optional<Enforcement> failing) {

  /** What the name of a rule means. */
  enum Kind {
    DENY("deny", Optional.empty()),
    VIOLATION("violation", Optional.empty()),
    WARN("warn", Optional.of(Enforcement.WARN)),
    REQUIRE_APPROVAL("require_approval", Optional.of(Enforcement.REQUIRE_APPROVAL)),
    ALLOW("allow", Optional.empty());

    private final String word;
    private final Optional<Enforcement> level;

    Kind(String word, Optional<Enforcement> level) {
      this.word = word;
      this.level = level;
    }

    String word() {
      return word;
    }

    /** The level that it states; empty for the policy's own. */
    Optional<Enforcement> level() {
      return level;
    }

    /** The kind of a rule, by its name: the word itself, or with an underscore and more. */
    static Optional<Kind> of(String name) {
      for (Kind kind : values()) {
        boolean suffixed = kind != ALLOW && name.startsWith(kind.word + "_");
        if (name.equals(kind.word) || suffixed) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /** What the value of a rule is. */
  enum Shape {
    /** One value. */
    COMPLETE,
    /** A set of elements. */
    SET,
    /** An object with keys of its own, whose leaves are elements. */
    OBJECT
  }

  DecisionRule {
    path = List.copyOf(path);
    clauses = List.copyOf(clauses);
    actions = Set.copyOf(actions);
    named = Set.copyOf(named);
  }

  /** Whether it can be about an action. */
  boolean concerns(String tool, String capability) {
    return actions.isEmpty() || actions.contains(tool) || actions.contains(capability);
  }

  /** Where it begins. */
  Span span() {
    return clauses.getFirst().span();
  }

  /** The query for its value, or for that of another rule of its package. */
  static String query(List<String> path, String name) {
    StringBuilder out = new StringBuilder("data");
    List<String> keys = new ArrayList<>(path);
    keys.add(name);
    for (String key : keys) {
      out.append('[').append(dev.bylaw.value.StringValue.of(key)).append(']');
    }
    return out.toString();
  }
}
