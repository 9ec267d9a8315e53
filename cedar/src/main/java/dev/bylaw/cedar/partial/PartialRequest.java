package dev.bylaw.cedar.partial;

import dev.bylaw.cedar.entity.Conformance;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of which not all is known.
 *
 * @param principal who, as far as it is known
 * @param action what
 * @param resource to what, as far as it is known
 * @param context what is known of the context, or null if nothing is
 * @param unknownAttributes attributes that the context may have beyond what is known
 */
public record PartialRequest(
    PartialEntity principal,
    EntityUid action,
    PartialEntity resource,
    @Nullable RecordValue context,
    Set<String> unknownAttributes) {

  /** An entity, or its type alone. */
  public sealed interface PartialEntity {
    /** The type. */
    String type();

    /** The entity, or null if it is not known. */
    @Nullable EntityUid uid();

    /** An entity that is known. */
    record Known(EntityUid uid) implements PartialEntity {
      @Override
      public String type() {
        return uid.type();
      }
    }

    /** Some entity of a type. */
    record Some(String type) implements PartialEntity {
      @Override
      public @Nullable EntityUid uid() {
        return null;
      }
    }
  }

  public PartialRequest {
    unknownAttributes = Set.copyOf(unknownAttributes);
  }

  /** What is wrong with it by a schema, as far as it is known. */
  public List<Conformance.Mismatch> mismatches(Schema schema) {
    return Conformance.ofRequest(
        schema,
        principal.type(),
        principal.uid(),
        action,
        resource.type(),
        resource.uid(),
        context);
  }

  /** A request whose context is known as a whole. */
  public static PartialRequest of(
      PartialEntity principal, EntityUid action, PartialEntity resource, RecordValue context) {
    return new PartialRequest(principal, action, resource, context, Set.of());
  }

  /** A request of whose context nothing is known. */
  public static PartialRequest withoutContext(
      PartialEntity principal, EntityUid action, PartialEntity resource) {
    return new PartialRequest(principal, action, resource, null, Set.of());
  }
}
