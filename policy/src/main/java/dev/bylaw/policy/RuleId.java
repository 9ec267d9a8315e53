package dev.bylaw.policy;

import java.util.Objects;

/**
 * Which rule.
 *
 * @param pack the pack's name; {@code agent:NAME} for an agent's own overrides
 * @param version the pack's version; no part of what counters and approvals are kept by
 * @param rule the rule's id in the pack
 */
public record RuleId(String pack, String version, String rule) implements Comparable<RuleId> {
  public RuleId {
    Objects.requireNonNull(pack);
    Objects.requireNonNull(version);
    Objects.requireNonNull(rule);
  }

  /** {@code pack/rule}: the name that survives new versions. */
  public String name() {
    return pack + "/" + rule;
  }

  /** By pack, then rule, then version. */
  @Override
  public int compareTo(RuleId other) {
    int order = pack.compareTo(other.pack);
    if (order == 0) {
      order = rule.compareTo(other.rule);
    }
    return order == 0 ? version.compareTo(other.version) : order;
  }

  /** {@code pack@version/rule}. */
  @Override
  public String toString() {
    return pack + (version.isEmpty() ? "" : "@" + version) + "/" + rule;
  }
}
