package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entities given whole, with the ancestors of each computed ahead; immutable. */
public final class Entities implements EntitySource {
  /** No entities. */
  public static final Entities EMPTY = new Entities(Map.of());

  private static final EntityUid[] NONE = {};

  /** An entity and what it is in, in no order; a small set is scanned, a large one is hashed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Node(Entity entity, EntityUid[] ancestors, Set<EntityUid> hashed) {
    boolean isIn(EntityUid container) {
      if (ancestors.length > 8) {
        return hashed.contains(container);
      }
      for (EntityUid ancestor : ancestors) {
        if (ancestor.equals(container)) {
          return true;
        }
      }
      return false;
    }
  }

  private final HashMap<EntityUid, Node> nodes;

  private Entities(Map<EntityUid, Entity> entities) {
    this.nodes = HashMap.newHashMap(entities.size());
    for (Entity entity : entities.values()) {
      Set<EntityUid> above = above(entity, entities);
      nodes.put(
          entity.uid(),
          new Node(
              entity,
              above.isEmpty() ? NONE : above.toArray(EntityUid[]::new),
              above.size() > 8 ? above : Set.of()));
    }
  }

  /**
   * The entities.
   *
   * @throws IllegalArgumentException if two that differ have the same reference, or one is in
   *     itself
   */
  public static Entities of(Collection<Entity> entities) {
    var byUid = new LinkedHashMap<EntityUid, Entity>();
    for (Entity entity : entities) {
      Entity other = byUid.putIfAbsent(entity.uid(), entity);
      if (other != null && !other.equals(entity)) {
        throw new IllegalArgumentException("two entities are called " + entity.uid());
      }
    }
    cycle(byUid)
        .ifPresent(uid -> {
          throw new IllegalArgumentException("the entity " + uid + " is in itself");
        });
    return new Entities(byUid);
  }

  /** The actions of a schema as entities. */
  public static List<Entity> ofActions(Schema schema) {
    var actions = new ArrayList<Entity>();
    for (ActionType action : schema.actions().values()) {
      actions.add(Entity.of(action.uid(), RecordValue.EMPTY, action.parents()));
    }
    return actions;
  }

  /** These and more; the others win where both have an entity. */
  public Entities with(Collection<Entity> others) {
    var all = new LinkedHashMap<EntityUid, Entity>();
    nodes.values().forEach(node -> all.put(node.entity.uid(), node.entity));
    others.forEach(entity -> all.put(entity.uid(), entity));
    return of(all.values());
  }

  @Override
  public @Nullable Entity entity(EntityUid uid) {
    Node node = nodes.get(uid);
    return node == null ? null : node.entity;
  }

  @Override
  public boolean isIn(EntityUid uid, EntityUid container) {
    if (uid.equals(container)) {
      return true;
    }
    Node node = nodes.get(uid);
    return node != null && node.isIn(container);
  }

  @Override
  public EntityUid[] ancestors(EntityUid uid) {
    Node node = nodes.get(uid);
    return node == null ? NONE : node.ancestors;
  }

  /** All entities, in the order of their references. */
  public List<Entity> all() {
    return nodes.values().stream()
        .map(Node::entity)
        .sorted(java.util.Comparator.comparing(Entity::uid))
        .toList();
  }

  /** How many there are. */
  public int size() {
    return nodes.size();
  }

  private static Set<EntityUid> above(Entity entity, Map<EntityUid, Entity> entities) {
    if (entity.parents().isEmpty()) {
      return Set.of();
    }
    var found = new LinkedHashSet<>(entity.parents());
    var open = new ArrayDeque<>(entity.parents());
    while (!open.isEmpty()) {
      Entity next = entities.get(open.remove());
      if (next != null) {
        for (EntityUid parent : next.parents()) {
          if (found.add(parent)) {
            open.add(parent);
          }
        }
      }
    }
    return found;
  }

  /** An entity that is in itself, if there is one; without recursion, in linear time. */
  static Optional<EntityUid> cycle(Map<EntityUid, Entity> entities) {
    var unfinished = new HashMap<EntityUid, Integer>();
    var children = new HashMap<EntityUid, List<EntityUid>>();
    var ready = new ArrayDeque<EntityUid>();
    for (Entity entity : entities.values()) {
      int inside = 0;
      for (EntityUid parent : entity.parents()) {
        if (entities.containsKey(parent)) {
          inside++;
          children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(entity.uid());
        }
      }
      unfinished.put(entity.uid(), inside);
      if (inside == 0) {
        ready.add(entity.uid());
      }
    }
    int finished = 0;
    while (!ready.isEmpty()) {
      finished++;
      for (EntityUid child : children.getOrDefault(ready.remove(), List.of())) {
        if (unfinished.merge(child, -1, Integer::sum) == 0) {
          ready.add(child);
        }
      }
    }
    if (finished == entities.size()) {
      return Optional.empty();
    }
    return unfinished.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(Map.Entry::getKey)
        .min(java.util.Comparator.naturalOrder());
  }
}
