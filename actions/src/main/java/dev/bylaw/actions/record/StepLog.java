package dev.bylaw.actions.record;

import dev.bylaw.value.ObjectValue;

/** The port through which a step writes to the playbook log; the runtime implements it. */
public interface StepLog {
  /**
   * Writes a record, durable when this returns. A record with a key that was written before is not
   * written again.
   *
   * @param agent whose step it is
   * @param key the idempotency key of the call
   * @param entry what the step says
   */
  void write(String agent, String key, Entry entry);

  /**
   * What a step says.
   *
   * @param level how bad it is
   * @param message what happened
   * @param data more fields
   */
  record Entry(Level level, String message, ObjectValue data) {}

  /** How bad it is. */
  enum Level {
    INFO,
    WARNING,
    ERROR
  }
}
