package dev.bylaw.store.log;

import dev.bylaw.value.ObjectValue;
import java.util.Objects;

/**
 * A record to be.
 *
 * @param event what happened
 * @param decision the id of the decision it belongs to; empty if to none
 * @param run the id of the run it belongs to; empty if to none
 * @param payload what is said about it; each top-level field can be erased on its own
 */
public record Draft(LogEvent event, String decision, String run, ObjectValue payload) {
  public Draft {
    Objects.requireNonNull(event);
    Objects.requireNonNull(decision);
    Objects.requireNonNull(run);
    Objects.requireNonNull(payload);
  }
}
