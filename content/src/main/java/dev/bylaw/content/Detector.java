package dev.bylaw.content;

import java.util.Set;

/**
 * Finds things of some types in a passage: a table of recognizers, a scanner, a model.
 *
 * <p>A detector is thread-safe, keeps nothing between passages, works in time linear in the length
 * of the passage, and looks only for what it is asked for. One that cannot work (its model does not
 * load, say) throws {@link DetectorUnavailableException}; the inspection then has a gap.
 */
public interface Detector {

  /** A short name for findings and logs. */
  String name();

  /** The types that this detector can find. */
  Set<EntityType> types();

  /**
   * The types for which this detector suffices; one that only recognizes some forms of a type (a
   * person in a field called {@code first_name}) leaves it out.
   */
  default Set<EntityType> covers() {
    return types();
  }

  /**
   * Whether it takes milliseconds where others take microseconds. Such a detector is asked last,
   * and what it found is remembered for short texts too.
   */
  default boolean isCostly() {
    return false;
  }

  /** Reports what it finds of the {@code asked} types in the plain text of {@code passage}. */
  void detect(Passage passage, Set<EntityType> asked, Matches matches);

  /** Where a detector reports. */
  interface Matches {
    /**
     * Reports a match.
     *
     * @param start offset in {@link Passage#plain()}
     * @param end offset in {@link Passage#plain()} after the last character
     */
    void add(EntityType type, int start, int end, double score, String explanation);
  }
}
