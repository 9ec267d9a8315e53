package dev.bylaw.policy.registry;

import java.util.Objects;

/**
 * Something that an action touches.
 *
 * @param type {@code connection}, {@code vendor}, {@code table}, {@code host}, …
 * @param name its name
 */
public record ResourceName(String type, String name) {
  public ResourceName {
    Objects.requireNonNull(type);
    Objects.requireNonNull(name);
  }

  /** {@code type/name}. */
  @Override
  public String toString() {
    return type + "/" + name;
  }
}
