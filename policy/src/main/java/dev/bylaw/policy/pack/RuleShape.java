package dev.bylaw.policy.pack;

import java.util.List;
import java.util.Set;

/** The keys of a rule and of its examples, as the readers and the published schema know them. */
final class RuleShape {
  /** The keys that every kind of rule may have. */
  static final Set<String> HEAD =
      Set.of(
          "id",
          "description",
          "on",
          "checkpoint",
          "resource",
          "when",
          "enforcement",
          "severity",
          "message",
          "overridable",
          "setting",
          "check",
          "examples");

  /** The keys of an example. */
  static final List<String> EXAMPLE =
      List.of(
          "action",
          "agent",
          "checkpoint",
          "resource",
          "params",
          "context",
          "credential",
          "capability",
          "has_human_approval",
          "time",
          "used",
          "result");

  /** The keys of a pack. */
  static final List<String> PACK =
      List.of(
          "pack",
          "name",
          "version",
          "category",
          "description",
          "enforcement",
          "severity",
          "overridable",
          "scope",
          "rules");

  private RuleShape() {}
}
