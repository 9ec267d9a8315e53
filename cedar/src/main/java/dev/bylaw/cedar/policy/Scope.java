package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.EntityUid;
import java.util.Optional;

/** What the head of a policy says of its principal or its resource. */
public sealed interface Scope {
  /** Nothing. */
  record Any() implements Scope {}

  /** {@code == entity}. */
  record Equal(Reference entity) implements Scope {}

  /** {@code in entity}. */
  record In(Reference entity) implements Scope {}

  /** {@code is Type}, where the type stands. */
  record Is(String type, Place place) implements Scope {}

  /** {@code is Type in entity}. */
  record IsIn(String type, Place place, Reference entity) implements Scope {}

  /** The entity of a scope, or the gap where a link puts it. */
  sealed interface Reference {
    /** An entity. */
    record To(EntityUid uid, Place place) implements Reference {}

    /** A gap. */
    record Gap(Place place) implements Reference {}
  }

  /** The entity or gap that is named, if one is. */
  default Optional<Reference> reference() {
    return switch (this) {
      case Any _, Is _ -> Optional.empty();
      case Equal(var entity) -> Optional.of(entity);
      case In(var entity) -> Optional.of(entity);
      case IsIn(_, _, var entity) -> Optional.of(entity);
    };
  }

  /** Whether a link has to fill a gap. */
  default boolean hasGap() {
    return reference().filter(Reference.Gap.class::isInstance).isPresent();
  }

  /** The same with the gap, if there is one, filled. */
  default Scope filled(EntityUid uid) {
    return switch (this) {
      case Any _, Is _ -> this;
      case Equal(var entity) -> new Equal(fill(entity, uid));
      case In(var entity) -> new In(fill(entity, uid));
      case IsIn(var type, var place, var entity) -> new IsIn(type, place, fill(entity, uid));
    };
  }

  private static Reference fill(Reference reference, EntityUid uid) {
    return switch (reference) {
      case Reference.To to -> to;
      case Reference.Gap(var place) -> new Reference.To(uid, place);
    };
  }
}
