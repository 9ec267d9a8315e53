package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.value.EntityUid;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy that applies: a static one, or a template with its slots filled.
 *
 * @param id unique in its set; a static policy has that of its template
 * @param template what was written
 * @param links the entity of each slot; empty for a static policy
 */
public record Policy(String id, Template template, Map<Expr.SlotId, EntityUid> links) {

  public Policy {
    links = links.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(links));
    if (!links.keySet().equals(template.slots())) {
      throw new IllegalArgumentException(mismatch(template, links.keySet()));
    }
  }

  private static String mismatch(Template template, Set<Expr.SlotId> given) {
    var missing = EnumSet.noneOf(Expr.SlotId.class);
    missing.addAll(template.slots());
    missing.removeAll(given);
    var unknown = EnumSet.noneOf(Expr.SlotId.class);
    unknown.addAll(given);
    unknown.removeAll(template.slots());
    return missing.isEmpty()
        ? "template `" + template.id() + "` has no slot " + words(unknown)
        : "the following slots were not provided as arguments: " + words(missing);
  }

  private static String words(Set<Expr.SlotId> slots) {
    return slots.stream().map(Expr.SlotId::word).collect(Collectors.joining(", "));
  }

  /** A static policy. */
  public static Policy of(Template template) {
    return new Policy(template.id(), template, Map.of());
  }

  /** Whether it is the link of a template. */
  public boolean isLink() {
    return !links.isEmpty();
  }

  /** Permit or forbid. */
  public Effect effect() {
    return template.effect();
  }

  /** The scope of principals, without gaps. */
  public Scope principal() {
    EntityUid uid = links.get(Expr.SlotId.PRINCIPAL);
    return uid == null ? template.principal() : template.principal().filled(uid);
  }

  /** The scope of actions. */
  public ActionScope action() {
    return template.action();
  }

  /** The scope of resources, without gaps. */
  public Scope resource() {
    EntityUid uid = links.get(Expr.SlotId.RESOURCE);
    return uid == null ? template.resource() : template.resource().filled(uid);
  }

  /** The same as a static policy with the slots filled in. */
  public Template asStatic() {
    return template.withId(id).withScopes(principal(), resource());
  }
}
