package dev.bylaw.policy.registry;

import java.util.Objects;

/**
 * What an action is to policies.
 *
 * @param name {@code api_call}
 * @param resourceType of what it touches: {@code transaction}; empty where it touches none
 */
public record Capability(String name, String resourceType) {
  public Capability {
    Objects.requireNonNull(name);
    Objects.requireNonNull(resourceType);
  }
}
