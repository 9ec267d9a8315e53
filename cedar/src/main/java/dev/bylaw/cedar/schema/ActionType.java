package dev.bylaw.cedar.schema;

import dev.bylaw.cedar.value.EntityUid;
import java.util.List;
import java.util.Set;

/**
 * An action of a schema.
 *
 * @param uid which
 * @param parents the groups it is directly in
 * @param ancestors the groups it is in, however far up
 * @param principals the types of principals it applies to; none if it is only a group
 * @param resources the types of resources it applies to
 * @param context what requests for it carry
 * @param external whether it is declared without saying what it applies to
 */
public record ActionType(
    EntityUid uid,
    Set<EntityUid> parents,
    Set<EntityUid> ancestors,
    List<String> principals,
    List<String> resources,
    Type.RecordOf context,
    boolean external) {
  public ActionType {
    parents = Set.copyOf(parents);
    ancestors = Set.copyOf(ancestors);
    principals = List.copyOf(principals);
    resources = List.copyOf(resources);
  }

  /** Whether it is the action or in it. */
  public boolean isIn(EntityUid group) {
    return uid.equals(group) || ancestors.contains(group);
  }
}
