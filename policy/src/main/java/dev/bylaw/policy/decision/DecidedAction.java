package dev.bylaw.policy.decision;

import dev.bylaw.policy.pack.Digests;
import dev.bylaw.value.ObjectValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The action that a decision is about, as it would be done: with obligations fulfilled.
 *
 * <p>Immutable; its digest is worked out when it is first asked for.
 */
public final class DecidedAction {
  private final String identity;
  private final String agent;
  private final String tool;
  private final String capability;
  private final String checkpoint;
  private final String key;
  private final ObjectValue resource;
  private final ObjectValue params;
  private volatile @Nullable String digest;

  /** An action; an empty text for what it has not. */
  DecidedAction(
      String identity,
      String agent,
      String tool,
      String capability,
      String checkpoint,
      String key,
      ObjectValue resource,
      ObjectValue params,
      @Nullable String digest) {
    this.identity = identity;
    this.agent = agent;
    this.tool = tool;
    this.capability = capability;
    this.checkpoint = checkpoint;
    this.key = key;
    this.resource = resource;
    this.params = params;
    this.digest = digest;
  }

  /** The tenant. */
  public String identity() {
    return identity;
  }

  /** Who acts. */
  public String agent() {
    return agent;
  }

  /** The action's own name. */
  public String tool() {
    return tool;
  }

  /** What it is to policies. */
  public String capability() {
    return capability;
  }

  /** What it was decided under; empty for none. */
  public String checkpoint() {
    return checkpoint;
  }

  /** The idempotency key; empty for none. */
  public String key() {
    return key;
  }

  /** What it touches, as the caller says. */
  public ObjectValue resource() {
    return resource;
  }

  /** The parameters to act with. */
  public ObjectValue params() {
    return params;
  }

  /**
   * SHA-256, in hex, over the canonical JSON of identity, agent, action, resource and parameters:
   * what an approval and a reservation are bound to. Secrets are references here, so the digest
   * holds none.
   */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = Digests.of(toValue());
      digest = known;
    }
    return known;
  }

  /** The action as people see it, and as it is digested. */
  public ObjectValue toValue() {
    return ObjectValue.builder(5)
        .put("identity", identity)
        .put("agent", agent)
        .put("action", tool)
        .put("resource", resource)
        .put("params", params)
        .build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DecidedAction that
        && toValue().equals(that.toValue())
        && capability.equals(that.capability)
        && checkpoint.equals(that.checkpoint)
        && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(identity, agent, tool, params);
  }

  @Override
  public String toString() {
    return agent + ": " + tool + " " + params;
  }
}
