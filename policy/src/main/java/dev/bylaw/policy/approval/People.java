package dev.bylaw.policy.approval;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The people who may answer questions, and the groups they belong to.
 *
 * @param groups by person
 */
public record People(Map<String, Set<String>> groups) {
  /** A name that no person and no group has. */
  static final String NOBODY = "!nobody";

  private static final String GROUP = "group:";

  public People {
    groups =
        groups.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  /** Whether there is such a person. */
  public boolean has(String person) {
    return groups.containsKey(person);
  }

  /** Whether there is such a group, written with or without {@code group:}. */
  public boolean hasGroup(String name) {
    String group = bare(name);
    return groups.values().stream().anyMatch(of -> of.contains(group));
  }

  /**
   * Whether a person is among those named.
   *
   * @param named people and groups, a group with or without {@code group:}; empty for everybody
   */
  public boolean among(String person, Set<String> named) {
    Set<String> own = groups.get(person);
    if (own == null) {
      return false;
    }
    if (named.isEmpty()) {
      return true;
    }
    for (String name : named) {
      // Where a person and a group have one name, `group:` tells them apart; the bare one is both.
      if (name.equals(person) || own.contains(bare(name))) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String name) {
    return name.startsWith(GROUP) ? name.substring(GROUP.length()) : name;
  }
}
