package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.value.EntityUid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entity is in which, however far up; immutable.
 *
 * <p>The ancestors of an entity are kept, so that a question is one look-up. All ancestors of all
 * entities together can be the square of what was given, so that there is a bound: entities beyond
 * it are looked up step by step.
 */
final class Hierarchy {
  private static final EntityUid[] NONE = {};

  /** Sets of so many are kept whatever they come to, and scanned. */
  private static final int SMALL = 8;

  /** How many references larger sets may hold together. */
  private static final int MOST_KEPT = 2_000_000;

  /**
   * An entity in it.
   *
   * @param place before all that are in it
   * @param ancestors in no order; null where they are not kept
   * @param hashed the same where they are many
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Node(
      Entity entity, int place, EntityUid @Nullable [] ancestors, Set<EntityUid> hashed) {
    boolean keeps(EntityUid container) {
      EntityUid[] all = ancestors;
      if (all == null || all.length > SMALL) {
        return hashed.contains(container);
      }
      for (EntityUid ancestor : all) {
        if (ancestor.equals(container)) {
          return true;
        }
      }
      return false;
    }
  }

  private final HashMap<EntityUid, Node> nodes;
  private int kept;

  /**
   * The hierarchy of entities.
   *
   * @param ordered each after its parents, as {@link Order} gives them
   */
  Hierarchy(List<Entity> ordered) {
    nodes = HashMap.newHashMap(ordered.size());
    for (Entity entity : ordered) {
      nodes.put(entity.uid(), node(entity));
    }
  }

  private Node node(Entity entity) {
    int place = nodes.size();
    Set<EntityUid> above = above(entity);
    if (above == null) {
      return new Node(entity, place, null, Set.of());
    }
    if (above.size() <= SMALL) {
      EntityUid[] few = above.isEmpty() ? NONE : above.toArray(EntityUid[]::new);
      return new Node(entity, place, few, Set.of());
    }
    kept += above.size();
    return new Node(entity, place, above.toArray(EntityUid[]::new), above);
  }

  /** What an entity is in; null where that is too much to keep. */
  private @Nullable Set<EntityUid> above(Entity entity) {
    if (entity.parents().isEmpty()) {
      return Set.of();
    }
    // The lowest first: what they are in comes with them, so that a dense hierarchy takes no longer
    // than its sets are large.
    List<EntityUid> parents = new ArrayList<>(entity.parents());
    if (parents.size() > 1) {
      parents.sort(Comparator.comparingInt(this::place).reversed());
    }
    var found = new LinkedHashSet<EntityUid>();
    for (EntityUid parent : parents) {
      if (!found.add(parent)) {
        continue;
      }
      Node node = nodes.get(parent);
      EntityUid[] more = node == null ? NONE : node.ancestors;
      if (more == null || (more.length > SMALL && kept + more.length > MOST_KEPT)) {
        return null;
      }
      for (EntityUid each : more) {
        found.add(each);
      }
    }
    return found.size() > SMALL && kept + found.size() > MOST_KEPT ? null : found;
  }

  private int place(EntityUid uid) {
    Node node = nodes.get(uid);
    return node == null ? -1 : node.place;
  }

  @Nullable Entity entity(EntityUid uid) {
    Node node = nodes.get(uid);
    return node == null ? null : node.entity;
  }

  int size() {
    return nodes.size();
  }

  /** All entities, in no order. */
  List<Entity> all() {
    return nodes.values().stream().map(Node::entity).toList();
  }

  /** Whether an entity is in another one, which is not itself. */
  boolean isIn(EntityUid uid, EntityUid container) {
    Node node = nodes.get(uid);
    if (node == null) {
      return false;
    }
    return node.ancestors == null
        ? climb(node, container).contains(container)
        : node.keeps(container);
  }

  EntityUid[] ancestors(EntityUid uid) {
    Node node = nodes.get(uid);
    if (node == null) {
      return NONE;
    }
    EntityUid[] known = node.ancestors;
    return known == null ? climb(node, null).toArray(EntityUid[]::new) : known;
  }

  /** Everything above an entity, or a part of it with what is looked for. */
  private Set<EntityUid> climb(Node from, @Nullable EntityUid wanted) {
    var found = new LinkedHashSet<EntityUid>();
    var open = new ArrayDeque<Node>();
    open.add(from);
    while (!open.isEmpty()) {
      Node next = open.remove();
      if (next.ancestors != null) {
        found.addAll(List.of(next.ancestors));
      } else {
        for (EntityUid parent : next.entity.parents()) {
          Node node = found.add(parent) ? nodes.get(parent) : null;
          if (node != null) {
            open.add(node);
          }
        }
      }
      if (wanted != null && found.contains(wanted)) {
        return found;
      }
    }
    return found;
  }

  /**
   * Entities in an order in which each comes after its parents; found without recursion, in linear
   * time.
   *
   * @param entities those that have a place; all, unless some are in themselves
   * @param cycle an entity that is in itself; null if there is none
   */
  record Order(List<Entity> entities, @Nullable EntityUid cycle) {
    static Order of(Map<EntityUid, Entity> entities) {
      Map<EntityUid, Integer> unfinished = HashMap.newHashMap(entities.size());
      Map<EntityUid, List<Entity>> children = new HashMap<>();
      List<Entity> ready = new ArrayList<>(entities.size());
      for (Entity entity : entities.values()) {
        int inside = 0;
        for (EntityUid parent : entity.parents()) {
          if (entities.containsKey(parent)) {
            inside++;
            children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(entity);
          }
        }
        unfinished.put(entity.uid(), inside);
        if (inside == 0) {
          ready.add(entity);
        }
      }
      for (int i = 0; i < ready.size(); i++) {
        for (Entity child : children.getOrDefault(ready.get(i).uid(), List.of())) {
          if (unfinished.merge(child.uid(), -1, Integer::sum) == 0) {
            ready.add(child);
          }
        }
      }
      EntityUid cycle = ready.size() == entities.size() ? null : cycle(entities, unfinished);
      return new Order(ready, cycle);
    }

    /**
     * Above each entity that has no place there is another such one: up to a cycle, and round it.
     */
    private static EntityUid cycle(
        Map<EntityUid, Entity> entities, Map<EntityUid, Integer> unfinished) {
      EntityUid start =
          unfinished.entrySet().stream()
              .filter(entry -> entry.getValue() > 0)
              .map(Map.Entry::getKey)
              .min(Comparator.naturalOrder())
              .orElseThrow();
      var passed = new LinkedHashSet<EntityUid>();
      EntityUid at = start;
      while (passed.add(at)) {
        at =
            Objects.requireNonNull(entities.get(at)).parents().stream()
                .filter(parent -> unfinished.getOrDefault(parent, 0) > 0)
                .findFirst()
                .orElseThrow();
      }
      EntityUid entry = at;
      return passed.stream()
          .dropWhile(uid -> !uid.equals(entry))
          .min(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
