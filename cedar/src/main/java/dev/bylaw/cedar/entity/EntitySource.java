package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.value.EntityUid;
import java.util.ArrayDeque;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/**
 * Where evaluation finds entities.
 *
 * <p>For one decision it must answer the same question in the same way; it is asked from many
 * threads if the authorizer is.
 */
@FunctionalInterface
public interface EntitySource {
  /** How many entities are visited at most to tell whether one is in another. */
  int MOST_VISITED = 100_000;

  /** The entity, or null if there is none. */
  @Nullable Entity entity(EntityUid uid);

  /**
   * Whether an entity is another one or in it, however far up.
   *
   * @throws IllegalStateException if the hierarchy above it has more than {@link #MOST_VISITED}
   *     entities
   */
  default boolean isIn(EntityUid uid, EntityUid container) {
    if (uid.equals(container)) {
      return true;
    }
    var visited = new HashSet<EntityUid>();
    var open = new ArrayDeque<EntityUid>();
    visited.add(uid);
    open.add(uid);
    while (!open.isEmpty()) {
      Entity entity = entity(open.remove());
      if (entity == null) {
        continue;
      }
      for (EntityUid parent : entity.parents()) {
        if (parent.equals(container)) {
          return true;
        }
        if (visited.add(parent)) {
          open.add(parent);
        }
      }
      if (visited.size() > MOST_VISITED) {
        throw new IllegalStateException("more than " + MOST_VISITED + " entities above " + uid);
      }
    }
    return false;
  }

  /** Everything the entity is in, however far up, itself left out. */
  default EntityUid[] ancestors(EntityUid uid) {
    var visited = new java.util.LinkedHashSet<EntityUid>();
    var open = new ArrayDeque<EntityUid>();
    open.add(uid);
    while (!open.isEmpty()) {
      Entity entity = entity(open.remove());
      if (entity == null) {
        continue;
      }
      for (EntityUid parent : entity.parents()) {
        if (visited.add(parent)) {
          open.add(parent);
        }
      }
      if (visited.size() > MOST_VISITED) {
        throw new IllegalStateException("more than " + MOST_VISITED + " entities above " + uid);
      }
    }
    visited.remove(uid);
    return visited.toArray(EntityUid[]::new);
  }
}
