package dev.bylaw.content;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an inspection found, and what it could not see.
 *
 * @param all the findings in document order, without overlaps within one text
 * @param gaps what was asked for and not inspected; a caller that must be sure treats any gap as a
 *     finding
 */
public record Findings(List<Finding> all, List<Gap> gaps) {

  public static final Findings NONE = new Findings(List.of(), List.of());

  /** Something that was not looked at, and why. */
  public record Gap(Reason reason, String path, String detail) {
    /** Why something was not looked at. */
    public enum Reason {
      /** The text or value is larger than the budget. */
      TOO_LARGE,
      /** The time of the budget ran out. */
      TOO_SLOW,
      /** There are more findings than the budget holds. */
      TOO_MANY,
      /** No detector here can find a type that was asked for. */
      NO_DETECTOR,
      /** A detector failed. */
      DETECTOR_FAILED
    }
  }

  public Findings {
    all = List.copyOf(all);
    gaps = List.copyOf(gaps);
  }

  /** Whether everything that was asked for was looked at. */
  public boolean complete() {
    return gaps.isEmpty();
  }

  /** Whether nothing was found; says nothing about gaps. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether everything was looked at and nothing was found. */
  public boolean clean() {
    return all.isEmpty() && gaps.isEmpty();
  }

  /** The types found, in document order. */
  public Set<EntityType> types() {
    Set<EntityType> types = new LinkedHashSet<>();
    for (Finding finding : all) {
      types.add(finding.type());
    }
    return types;
  }

  /** Whether something of one of {@code types} was found. */
  public boolean any(Collection<EntityType> types) {
    return all.stream().anyMatch(finding -> types.contains(finding.type()));
  }
}
