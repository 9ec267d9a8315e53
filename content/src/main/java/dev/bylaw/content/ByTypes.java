package dev.bylaw.content;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out for a set of types, kept for the next time. The set that was asked last is
 * known by its identity if nobody can change it. Thread-safe; a few dozen sets at most.
 */
final class ByTypes<T> {
  private static final int MOST = 64;

  private record Held<T>(Set<EntityType> types, T thing) {}

  private final Map<Set<EntityType>, T> known = new ConcurrentHashMap<>();
  private volatile @Nullable Held<T> last;

  // Identity is the point: an unchangeable set that was seen needs no comparison.
  @SuppressWarnings("ReferenceEquality")
  T of(Set<EntityType> types, Function<Set<EntityType>, T> make) {
    Held<T> held = last;
    if (held != null && held.types == types) {
      return held.thing;
    }
    Set<EntityType> copy = Set.copyOf(types);
    if (known.size() >= MOST) {
      known.clear();
    }
    T thing = known.computeIfAbsent(copy, make);
    if (copy == types) {
      last = new Held<>(copy, thing);
    }
    return thing;
  }
}
