package dev.bylaw.playbook.machine;

import java.util.List;

/** The events of the playbook log; their names are fixed. */
public final class Notes {
  static final String RUN_STARTED = "run_started";

  /** All names, as the log and its readers know them. */
  public static final List<String> NAMES =
      List.of(
          RUN_STARTED,
          "run_completed",
          "run_failed",
          "run_blocked",
          "run_rejected",
          "run_timed_out",
          "run_cancelled",
          "step_completed",
          "step_skipped",
          "step_failed",
          "step_blocked",
          "step_rejected",
          "step_timed_out",
          "step_cancelled",
          "step_waiting",
          "step_answered",
          "step_retried",
          "step_uncertain");

  static final String STEP_WAITING = "step_waiting";
  static final String STEP_ANSWERED = "step_answered";
  static final String STEP_RETRIED = "step_retried";
  static final String STEP_UNCERTAIN = "step_uncertain";

  private Notes() {}

  static String ofRun(RunStatus status) {
    return "run_" + status.word();
  }

  static String ofStep(Stage end) {
    return "step_" + end.word();
  }
}
