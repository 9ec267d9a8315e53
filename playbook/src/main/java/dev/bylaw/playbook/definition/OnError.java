package dev.bylaw.playbook.definition;

import java.util.List;

/** What follows when a step did not succeed. */
public sealed interface OnError {
  /** The run ends as the step did. */
  record Fail() implements OnError {}

  /** The run goes on behind a failed step; never behind a blocked or rejected one. */
  record Continue() implements OnError {}

  /**
   * Other steps run in its place, each through the gate, and the run goes on behind it.
   *
   * @param steps in order; at least one
   */
  record Fallback(List<Step> steps) implements OnError {
    public Fallback {
      steps = List.copyOf(steps);
    }
  }
}
