package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.text.Place;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A policy as it is written; one with slots is a template, which only its links apply.
 *
 * @param id unique in its set
 * @param annotations values by key, in the order they are written
 * @param effect permit or forbid
 * @param principal the scope of principals
 * @param action the scope of actions
 * @param resource the scope of resources
 * @param conditions all of which must hold, in their order
 * @param place where it is written
 */
public record Template(
    String id,
    SequencedMap<String, String> annotations,
    Effect effect,
    Scope principal,
    ActionScope action,
    Scope resource,
    List<Condition> conditions,
    Place place) {

  /**
   * A {@code when} or {@code unless}.
   *
   * @param unless whether the body must be false, not true
   * @param body what is asked
   * @param place where it is written
   */
  public record Condition(boolean unless, Expr body, Place place) {}

  public Template {
    annotations = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(annotations));
    conditions = List.copyOf(conditions);
  }

  /** The slots that a link must fill; none for a static policy. */
  public Set<Expr.SlotId> slots() {
    var slots = EnumSet.noneOf(Expr.SlotId.class);
    if (principal.hasGap()) {
      slots.add(Expr.SlotId.PRINCIPAL);
    }
    if (resource.hasGap()) {
      slots.add(Expr.SlotId.RESOURCE);
    }
    return slots;
  }

  /** Whether it applies by itself. */
  public boolean isStatic() {
    return !principal.hasGap() && !resource.hasGap();
  }

  /** The same under another id. */
  public Template withId(String other) {
    return new Template(other, annotations, effect, principal, action, resource, conditions, place);
  }

  /** The same with other scopes of principal and resource. */
  Template withScopes(Scope newPrincipal, Scope newResource) {
    return new Template(
        id, annotations, effect, newPrincipal, action, newResource, conditions, place);
  }
}
