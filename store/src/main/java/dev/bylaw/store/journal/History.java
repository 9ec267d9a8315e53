package dev.bylaw.store.journal;

import dev.bylaw.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * What a run has to be rebuilt from.
 *
 * @param run which
 * @param snapshot the newest
 * @param events behind the snapshot, in order; all where there is none
 */
public record History(Run run, Optional<Snapshot> snapshot, List<Event> events) {
  public History {
    events = List.copyOf(events);
  }

  /**
   * The state after an event.
   *
   * @param seq of the last event that it holds
   * @param state whatever the engine wrote
   */
  public record Snapshot(long seq, Value state) {}

  /**
   * Something that happened.
   *
   * @param seq its place in the run, from 1
   * @param value whatever the engine wrote
   */
  public record Event(long seq, Value value) {}
}
