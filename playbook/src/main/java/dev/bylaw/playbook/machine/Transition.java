package dev.bylaw.playbook.machine;

import static dev.bylaw.playbook.machine.Transition.Round.AGAIN;
import static dev.bylaw.playbook.machine.Transition.Round.SAME;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One row of the table of a step's life. What has no row cannot happen.
 *
 * @param from where the step is
 * @param on what happens
 * @param to where it is then
 * @param round whether keys of this step come again from here
 */
record Transition(Stage from, Trigger on, Stage to, Round round) {
  /** Whether a transition begins a new round of keys. */
  enum Round {
    SAME,
    AGAIN
  }

  static final List<Transition> TABLE =
      List.of(
          row(Stage.ENTERING, Trigger.CONDITION_FALSE, Stage.SKIPPED, SAME),
          row(Stage.ENTERING, Trigger.CONDITION_FAILED, Stage.FAILED, SAME),
          row(Stage.ENTERING, Trigger.UNRENDERABLE, Stage.FAILED, SAME),
          row(Stage.ENTERING, Trigger.READY, Stage.DECIDING, SAME),
          row(Stage.ENTERING, Trigger.READY_TO_ASK, Stage.SUPPOSING, SAME),
          row(Stage.DECIDING, Trigger.ALLOWED, Stage.ACTING, SAME),
          row(Stage.DECIDING, Trigger.NEEDS_APPROVAL, Stage.SUPPOSING, SAME),
          row(Stage.DECIDING, Trigger.BLOCKED, Stage.BLOCKED, SAME),
          row(Stage.DECIDING, Trigger.CANCELLED, Stage.CANCELLED, SAME),
          row(Stage.SUPPOSING, Trigger.ALLOWED, Stage.ASKING, SAME),
          row(Stage.SUPPOSING, Trigger.NEEDS_APPROVAL, Stage.ASKING, SAME),
          row(Stage.SUPPOSING, Trigger.BLOCKED, Stage.BLOCKED, SAME),
          row(Stage.SUPPOSING, Trigger.CANCELLED, Stage.CANCELLED, SAME),
          row(Stage.ASKING, Trigger.APPROVED, Stage.DECIDING, AGAIN),
          row(Stage.ASKING, Trigger.REJECTED, Stage.REJECTED, SAME),
          row(Stage.ASKING, Trigger.EXPIRED, Stage.TIMED_OUT, SAME),
          row(Stage.ASKING, Trigger.ESCALATED, Stage.ASKING, AGAIN),
          row(Stage.ASKING, Trigger.CANCELLED, Stage.CANCELLED, SAME),
          row(Stage.ACTING, Trigger.DONE, Stage.REVIEWING, SAME),
          row(Stage.ACTING, Trigger.FAILED_FOR_NOW, Stage.BACKING_OFF, SAME),
          row(Stage.ACTING, Trigger.FAILED_FOR_GOOD, Stage.REVIEWING, SAME),
          row(Stage.ACTING, Trigger.CUT_OFF_REPEATABLE, Stage.DECIDING, AGAIN),
          row(Stage.ACTING, Trigger.CUT_OFF_UNKNOWN, Stage.ASKING_OUTCOME, SAME),
          row(Stage.BACKING_OFF, Trigger.TIME_CAME, Stage.DECIDING, AGAIN),
          row(Stage.BACKING_OFF, Trigger.CANCELLED, Stage.CANCELLED, SAME),
          row(Stage.ASKING_OUTCOME, Trigger.SAID_DONE, Stage.REVIEWING, SAME),
          row(Stage.ASKING_OUTCOME, Trigger.SAID_NOT_DONE, Stage.REVIEWING, SAME),
          row(Stage.ASKING_OUTCOME, Trigger.SAID_RETRY, Stage.DECIDING, AGAIN),
          row(Stage.ASKING_OUTCOME, Trigger.CANCELLED, Stage.CANCELLED, SAME),
          row(Stage.REVIEWING, Trigger.ALLOWED, Stage.COMPLETED, SAME),
          row(Stage.REVIEWING, Trigger.NEEDS_APPROVAL, Stage.ASKING_RELEASE, SAME),
          row(Stage.REVIEWING, Trigger.BLOCKED, Stage.BLOCKED, SAME),
          row(Stage.REVIEWING, Trigger.UNRENDERABLE, Stage.FAILED, SAME),
          row(Stage.REVIEWING, Trigger.FAILURE_REPORTED, Stage.FAILED, SAME),
          row(Stage.ASKING_RELEASE, Trigger.APPROVED, Stage.COMPLETED, SAME),
          row(Stage.ASKING_RELEASE, Trigger.UNRENDERABLE, Stage.FAILED, SAME),
          row(Stage.ASKING_RELEASE, Trigger.REJECTED, Stage.REJECTED, SAME),
          row(Stage.ASKING_RELEASE, Trigger.EXPIRED, Stage.TIMED_OUT, SAME),
          row(Stage.ASKING_RELEASE, Trigger.CANCELLED, Stage.CANCELLED, SAME));

  private static final Map<Stage, Map<Trigger, Transition>> INDEX = index();

  /**
   * The row of a stage and a trigger.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Transition row(Stage from, Trigger on) {
    Transition row = INDEX.getOrDefault(from, Map.of()).get(on);
    if (row == null) {
      throw new IllegalArgumentException("no transition from " + from + " on " + on);
    }
    return row;
  }

  private static Transition row(Stage from, Trigger on, Stage to, Round round) {
    return new Transition(from, on, to, round);
  }

  private static Map<Stage, Map<Trigger, Transition>> index() {
    Map<Stage, Map<Trigger, Transition>> index = new EnumMap<>(Stage.class);
    for (Transition row : TABLE) {
      Map<Trigger, Transition> rows =
          index.computeIfAbsent(row.from, _ -> new EnumMap<>(Trigger.class));
      if (rows.put(row.on, row) != null) {
        throw new IllegalStateException("two rows from " + row.from + " on " + row.on);
      }
    }
    return index;
  }
}
