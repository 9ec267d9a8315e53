package dev.bylaw.playbook.machine;

import java.util.List;

/**
 * What came of an event.
 *
 * @param state the next state; the same where the event was not accepted
 * @param commands what is to be done now, in order
 * @param accepted whether the run waited for this event; if not it is not journaled
 */
public record Advance(State state, List<Command> commands, boolean accepted) {
  public Advance {
    commands = List.copyOf(commands);
  }
}
