package dev.bylaw.policy.approval;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The people who may answer questions, and the groups they belong to.
 *
 * @param groups by person
 */
public record People(Map<String, Set<String>> groups) {
  private static final String AND = " & ";
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
   * @param named people and groups, a group with or without {@code group:}, {@code a & b} for who
   *     is both; empty for everybody
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
      if (parts(name).stream().allMatch(part -> is(person, own, part))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Why not enough people can answer; empty if they can.
   *
   * @param requesters who may not, whatever they are
   */
  public Optional<String> shortage(ApprovalTerms.Level level, Set<String> requesters) {
    long able =
        groups.keySet().stream()
            .filter(person -> !requesters.contains(person) && among(person, level.approvers()))
            .count();
    if (able >= level.quorum()) {
      return Optional.empty();
    }
    return Optional.of(
        (level.quorum() == 1 ? "one person has" : level.quorum() + " people have")
            + " to agree, and "
            + (able == 0 ? "nobody" : "no more than " + able)
            + " of "
            + (level.approvers().isEmpty()
                ? "the `approvers` in `bylaw.yaml`"
                : "`" + String.join("`, `", level.approvers()) + "`")
            + " may");
  }

  /** Where a person and a group have one name, `group:` tells them apart; the bare one is both. */
  private static boolean is(String person, Set<String> own, String name) {
    return name.equals(person) || own.contains(bare(name));
  }

  /** The names of which somebody has to be each. */
  static List<String> parts(String name) {
    return List.of(name.split(AND, -1));
  }

  /** One name for who is each of these; the same for the same names. */
  static String together(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(AND));
  }

  private static String bare(String name) {
    return name.startsWith(GROUP) ? name.substring(GROUP.length()) : name;
  }
}
