package dev.bylaw.policy.pack;

import java.util.Objects;
import java.util.Set;

/**
 * A pack that does not load, as far as it can be read.
 *
 * @param id its name, or its file's
 * @param reason the first thing that is wrong
 * @param everyAgent whether it is, or may be, for all agents
 * @param agents those that it is for without being attached
 */
public record BrokenPack(String id, String reason, boolean everyAgent, Set<String> agents) {
  public BrokenPack {
    Objects.requireNonNull(id);
    Objects.requireNonNull(reason);
    agents = Set.copyOf(agents);
  }
}
