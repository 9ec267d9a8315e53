package dev.bylaw.policy.pack;

import dev.bylaw.policy.rule.Category;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.syntax.Span;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A named, versioned set of rules, compiled.
 *
 * @param id its name in attachments: {@code ops-caps}
 * @param name for people
 * @param version as written; empty where none is
 * @param category what it is about
 * @param description for people
 * @param everyAgent whether it applies to all agents without being attached
 * @param agents those that it applies to without being attached
 * @param rules in order
 * @param digest SHA-256 of what it says
 * @param span where it stands
 */
public record Pack(
    String id,
    String name,
    String version,
    Category category,
    String description,
    boolean everyAgent,
    Set<String> agents,
    List<Rule> rules,
    String digest,
    Span span) {
  public Pack {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
    Objects.requireNonNull(category);
    Objects.requireNonNull(description);
    agents = Set.copyOf(agents);
    rules = List.copyOf(rules);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(span);
  }

  /** Whether it applies to an agent without being attached. */
  public boolean isFor(String agent) {
    return everyAgent || agents.contains(agent);
  }

  @Override
  public String toString() {
    return id + (version.isEmpty() ? "" : "@" + version);
  }
}
