package dev.bylaw.store.log;

import static dev.bylaw.store.log.LogName.PLAYBOOK;
import static dev.bylaw.store.log.LogName.POLICY;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The events that the logs hold, a line each. The names are a contract: none is ever changed. */
public enum LogEvent {
  POLICY_DECISION(POLICY, "an action was decided"),
  POLICY_VIOLATION(POLICY, "a rule was violated; one record for each rule of a decision"),
  POLICY_CHANGED(POLICY, "packs, attachments or agents were loaded or changed"),
  POLICY_REJECTED(POLICY, "a change of packs was refused and the old ones stay"),
  OUTCOME_REPORTED(POLICY, "what came of a decided action"),
  CAP_OVERAGE(POLICY, "usage went over a cap that does not block"),
  CAP_EXCEEDED_BY_ACTUAL(POLICY, "more was really used than was reserved"),
  CAP_RELEASED(POLICY, "a reservation was given back"),
  CAP_EXPIRED(POLICY, "a reservation was never reported and counts as spent"),
  APPROVAL_REQUESTED(POLICY, "people were asked"),
  APPROVAL_JOINED(POLICY, "an equal request joined a pending one"),
  APPROVAL_VOTED(POLICY, "one approver answered and the quorum is not reached"),
  APPROVAL_GRANTED(POLICY, "people agreed"),
  APPROVAL_REJECTED(POLICY, "people refused"),
  APPROVAL_EDITED(POLICY, "an approver changed the action, which is decided again"),
  APPROVAL_DELEGATED(POLICY, "an approver named another"),
  APPROVAL_REMINDED(POLICY, "approvers were reminded"),
  APPROVAL_ESCALATED(POLICY, "others were asked because nobody answered in time"),
  APPROVAL_EXPIRED(POLICY, "nobody answered in time"),
  APPROVAL_CANCELLED(POLICY, "the request was withdrawn"),
  APPROVAL_USED(POLICY, "a grant was used up by the action it was given for"),
  APPROVAL_REFUSED(POLICY, "an answer or a grant was not accepted"),
  RUN_STARTED(PLAYBOOK, "a run began"),
  RUN_RESUMED(PLAYBOOK, "a run went on after a restart"),
  RUN_WAITING(PLAYBOOK, "a run waits for people or for a time"),
  RUN_COMPLETED(PLAYBOOK, "a run reached its end"),
  RUN_FAILED(PLAYBOOK, "a run ended with an error"),
  RUN_BLOCKED(PLAYBOOK, "a run ended because an action was blocked"),
  RUN_REJECTED(PLAYBOOK, "a run ended because people refused"),
  RUN_TIMED_OUT(PLAYBOOK, "a run ended because it took too long or nobody answered"),
  RUN_CANCELLED(PLAYBOOK, "a run was ended by a person"),
  STEP_STARTED(PLAYBOOK, "a step began"),
  STEP_COMPLETED(PLAYBOOK, "a step's action was done"),
  STEP_FAILED(PLAYBOOK, "a step's action failed"),
  STEP_RETRIED(PLAYBOOK, "a step's action is tried again"),
  STEP_NOTED(PLAYBOOK, "what a step wrote with the action `log`"),
  STEP_SKIPPED(PLAYBOOK, "a step's condition was false"),
  STEP_BLOCKED(PLAYBOOK, "a step's action was blocked"),
  STEP_REJECTED(PLAYBOOK, "people refused a step's action or its result"),
  STEP_TIMED_OUT(PLAYBOOK, "nobody answered a step in time"),
  STEP_CANCELLED(PLAYBOOK, "a step ended because its run was cancelled"),
  STEP_WAITING(PLAYBOOK, "a step waits for people or for a time"),
  STEP_ANSWERED(PLAYBOOK, "people answered what a step asked"),
  STEP_UNCERTAIN(PLAYBOOK, "it is not known whether a step's action was done; a person decides"),
  STEP_COMPENSATED(PLAYBOOK, "what a step did was undone"),
  LOG_ERASED(null, "payloads were erased: the tombstone"),
  LOG_RETAINED(null, "old records were dropped and the chain has a new signed root");

  private static final Map<String, LogEvent> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(LogEvent::text, Function.identity()));

  private final @Nullable LogName log;
  private final String summary;
  private final String text;

  LogEvent(@Nullable LogName log, String summary) {
    this.log = log;
    this.summary = summary;
    this.text = name().toLowerCase(Locale.ROOT);
  }

  /** The name in records, for instance {@code policy_decision}. */
  public String text() {
    return text;
  }

  /** What it means, one line. */
  public String summary() {
    return summary;
  }

  /** Whether a log holds such events. */
  public boolean belongsTo(LogName name) {
    return log == null || log == name;
  }

  /**
   * The event of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LogEvent of(String text) {
    LogEvent known = BY_TEXT.get(text);
    if (known == null) {
      throw new IllegalArgumentException("no event is called " + text);
    }
    return known;
  }
}
