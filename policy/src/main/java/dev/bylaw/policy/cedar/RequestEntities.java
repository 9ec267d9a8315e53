package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.entity.EntitySource;
import dev.bylaw.cedar.schema.ActionType;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one request: the agent, what the action touches, and what these are in, which is
 * never in anything itself. Groups of actions come from the schema.
 */
final class RequestEntities implements EntitySource {
  private static final EntityUid[] NONE = {};

  private final Entity principal;
  private final Entity resource;
  private final @Nullable Schema schema;

  RequestEntities(Entity principal, Entity resource, @Nullable Schema schema) {
    this.principal = principal;
    this.resource = resource;
    this.schema = schema;
  }

  @Override
  public @Nullable Entity entity(EntityUid uid) {
    if (uid.equals(principal.uid())) {
      return principal;
    }
    if (uid.equals(resource.uid())) {
      return resource;
    }
    if (principal.parents().contains(uid) || resource.parents().contains(uid)) {
      return Entity.of(uid);
    }
    return uid.isAction() ? Entity.of(uid) : null;
  }

  @Override
  public boolean isIn(EntityUid uid, EntityUid container) {
    if (uid.equals(container)) {
      return true;
    }
    if (uid.equals(principal.uid())) {
      return principal.parents().contains(container);
    }
    if (uid.equals(resource.uid())) {
      return resource.parents().contains(container);
    }
    ActionType action = action(uid);
    return action != null && action.isIn(container);
  }

  @Override
  public EntityUid[] ancestors(EntityUid uid) {
    if (uid.equals(principal.uid())) {
      return principal.parents().toArray(EntityUid[]::new);
    }
    if (uid.equals(resource.uid())) {
      return resource.parents().toArray(EntityUid[]::new);
    }
    ActionType action = action(uid);
    return action == null ? NONE : action.ancestors().toArray(EntityUid[]::new);
  }

  private @Nullable ActionType action(EntityUid uid) {
    return schema == null || !uid.isAction() ? null : schema.action(uid);
  }
}
