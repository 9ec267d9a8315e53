package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;

/**
 * May the principal do the action to the resource, in this context?
 *
 * @param principal who
 * @param action what
 * @param resource to what
 * @param context whatever else policies ask for
 */
public record Request(
    EntityUid principal, EntityUid action, EntityUid resource, RecordValue context) {
  /** A request with nothing in its context. */
  public static Request of(EntityUid principal, EntityUid action, EntityUid resource) {
    return new Request(principal, action, resource, RecordValue.EMPTY);
  }
}
