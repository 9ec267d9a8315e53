package dev.bylaw.playbook.machine;

/** What happened to a step, as the table of transitions sees it. */
enum Trigger {
  // as it is entered
  CONDITION_FALSE,
  CONDITION_FAILED,
  UNRENDERABLE,
  READY,
  READY_TO_ASK,
  // the gate
  ALLOWED,
  NEEDS_APPROVAL,
  BLOCKED,
  // people
  APPROVED,
  REJECTED,
  EXPIRED,
  ESCALATED,
  // the action
  DONE,
  FAILED_FOR_NOW,
  FAILED_FOR_GOOD,
  CUT_OFF_REPEATABLE,
  CUT_OFF_UNKNOWN,
  TIME_CAME,
  SAID_DONE,
  SAID_NOT_DONE,
  SAID_RETRY,
  // the result
  FAILURE_REPORTED,
  // from outside
  CANCELLED
}
