package dev.bylaw.policy.language;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;

/** What a policy may use of the program around it. Thread-safe. */
public interface LanguageHost {
  /** The named data of the identity, by name. */
  ObjectValue data();

  /**
   * Whether a value holds personal data, in texts or by the names of its fields.
   *
   * @throws IllegalArgumentException if that cannot be told; the message is for people
   */
  boolean containsPii(Value value);
}
