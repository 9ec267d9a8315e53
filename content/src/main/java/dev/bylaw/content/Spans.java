package dev.bylaw.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Things on spans of a text that do not overlap. */
final class Spans<T> {
  private record Held<T>(int end, T thing) {}

  private final TreeMap<Integer, Held<T>> byStart = new TreeMap<>();

  /** Puts a thing on a span unless something lies on a part of it. */
  void addIfFree(int start, int end, T thing) {
    Map.Entry<Integer, Held<T>> before = byStart.lowerEntry(end);
    if (before == null || before.getValue().end <= start) {
      byStart.put(start, new Held<>(end, thing));
    }
  }

  List<T> inOrder() {
    List<T> things = new ArrayList<>(byStart.size());
    byStart.values().forEach(held -> things.add(held.thing));
    return things;
  }
}
