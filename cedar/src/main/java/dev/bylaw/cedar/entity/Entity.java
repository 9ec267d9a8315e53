package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An entity.
 *
 * @param uid its reference
 * @param attributes its attributes
 * @param parents what it is directly in
 * @param tags its tags
 */
public record Entity(
    EntityUid uid, RecordValue attributes, Set<EntityUid> parents, RecordValue tags) {
  public Entity {
    parents =
        parents.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(parents));
  }

  /** An entity without tags. */
  public static Entity of(EntityUid uid, RecordValue attributes, Set<EntityUid> parents) {
    return new Entity(uid, attributes, parents, RecordValue.EMPTY);
  }

  /** An entity of which nothing is known but that it exists. */
  public static Entity of(EntityUid uid) {
    return of(uid, RecordValue.EMPTY, Set.of());
  }
}
