package dev.bylaw.store.journal;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.Value;
import java.util.List;

/**
 * Events of a run that are written together, in the form in which the journal keeps them. Making
 * one is the slow part of journaling, and may be done on any thread.
 */
public final class Entry {
  private final int size;
  private final String json;

  private Entry(int size, String json) {
    this.size = size;
    this.json = json;
  }

  /** Events in order. */
  public static Entry of(List<? extends Value> events) {
    return new Entry(events.size(), Json.write(ArrayValue.of(events)));
  }

  /** How many events there are. */
  public int size() {
    return size;
  }

  /** The events as a JSON array. */
  String json() {
    return json;
  }
}
