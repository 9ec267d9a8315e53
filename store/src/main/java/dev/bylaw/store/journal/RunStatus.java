package dev.bylaw.store.journal;

import java.util.Locale;
import java.util.Set;

/** Where a run is in its life. */
public enum RunStatus {
  RUNNING,
  /** For people, or for a time. */
  WAITING,
  COMPLETED,
  FAILED,
  /** An action was blocked and nothing handled it. */
  BLOCKED,
  /** People refused. */
  REJECTED,
  TIMED_OUT,
  /** By a person. Counts neither as success nor as failure. */
  CANCELLED;

  /** Whether the run has ended. */
  public boolean ended() {
    return this != RUNNING && this != WAITING;
  }

  /** What may come next; a row for each status, and an ended run stays as it is. */
  public Set<RunStatus> next() {
    return switch (this) {
      case RUNNING -> Set.of(WAITING, COMPLETED, FAILED, BLOCKED, REJECTED, TIMED_OUT, CANCELLED);
      case WAITING -> Set.of(RUNNING, COMPLETED, FAILED, BLOCKED, REJECTED, TIMED_OUT, CANCELLED);
      case COMPLETED, FAILED, BLOCKED, REJECTED, TIMED_OUT, CANCELLED -> Set.of();
    };
  }

  /** The name in JSON: {@code timed_out}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RunStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
