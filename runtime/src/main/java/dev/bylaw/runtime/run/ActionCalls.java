package dev.bylaw.runtime.run;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.machine.Command;

/** Calls actions. */
@FunctionalInterface
public interface ActionCalls {
  /**
   * Calls one and waits for it; never throws.
   *
   * @return its outcome; a failure with a possible effect where nobody knows
   */
  ActionOutcome perform(RunFacts run, Command.Act act);
}
