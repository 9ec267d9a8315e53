package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.value.EntityUid;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Entities of which not all is known: nothing of those that are not there, and of the others all
 * but the parts that are said to be unknown.
 *
 * @param known what is known; parts that are not are empty
 * @param unknown the entities of which a part is not known
 */
public record PartialEntities(Entities known, Map<Part, Set<EntityUid>> unknown) {
  /** A part of an entity. */
  public enum Part {
    ATTRIBUTES,
    PARENTS,
    TAGS
  }

  public PartialEntities {
    var copy = new EnumMap<Part, Set<EntityUid>>(Part.class);
    for (Part part : Part.values()) {
      copy.put(part, Set.copyOf(unknown.getOrDefault(part, Set.of())));
    }
    unknown = copy;
  }

  /** Entities that are known as a whole; there may be others. */
  public static PartialEntities of(Entities known) {
    return new PartialEntities(known, Map.of());
  }

  /** Whether that part of the entity is not known. */
  public boolean isUnknown(EntityUid uid, Part part) {
    return !uid.isAction()
        && (known.entity(uid) == null || unknown.getOrDefault(part, Set.of()).contains(uid));
  }
}
