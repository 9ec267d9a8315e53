package dev.bylaw.playbook.machine;

import java.util.Locale;

/** Where a run is in its life, or how it ended. */
public enum RunStatus {
  RUNNING,
  WAITING_FOR_APPROVAL,
  COMPLETED,
  FAILED,
  BLOCKED,
  REJECTED,
  TIMED_OUT,
  CANCELLED;

  /** The word in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the run is over. */
  public boolean isEnd() {
    return this != RUNNING && this != WAITING_FOR_APPROVAL;
  }

  /** The status of a word. */
  public static RunStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
