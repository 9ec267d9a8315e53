package dev.bylaw.store.log;

import dev.bylaw.value.ObjectValue;

/**
 * Masks personal data in a payload before it is hashed and stored. Called from many threads.
 *
 * <p>It is given by the store's owner, who knows the rules; this module has no idea what personal
 * data are.
 */
@FunctionalInterface
public interface Masking {
  /** Leaves everything as it is. */
  Masking NONE = (event, payload) -> payload;

  /** The payload as it may be kept. */
  ObjectValue mask(LogEvent event, ObjectValue payload);
}
