package dev.bylaw.cedar.entity;

import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entities given whole, with the ancestors of each worked out ahead; immutable. */
public final class Entities implements EntitySource {
  /** No entities. */
  public static final Entities EMPTY = new Entities(List.of());

  private final Hierarchy hierarchy;

  private Entities(List<Entity> ordered) {
    this.hierarchy = new Hierarchy(ordered);
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
    Hierarchy.Order order = Hierarchy.Order.of(byUid);
    if (order.cycle() != null) {
      throw new IllegalArgumentException("the entity " + order.cycle() + " is in itself");
    }
    return new Entities(order.entities());
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
    hierarchy.all().forEach(entity -> all.put(entity.uid(), entity));
    others.forEach(entity -> all.put(entity.uid(), entity));
    return of(all.values());
  }

  @Override
  public @Nullable Entity entity(EntityUid uid) {
    return hierarchy.entity(uid);
  }

  @Override
  public boolean isIn(EntityUid uid, EntityUid container) {
    return uid.equals(container) || hierarchy.isIn(uid, container);
  }

  @Override
  public EntityUid[] ancestors(EntityUid uid) {
    return hierarchy.ancestors(uid);
  }

  /** All entities, in the order of their references. */
  public List<Entity> all() {
    return hierarchy.all().stream().sorted(Comparator.comparing(Entity::uid)).toList();
  }

  /** How many there are. */
  public int size() {
    return hierarchy.size();
  }
}
