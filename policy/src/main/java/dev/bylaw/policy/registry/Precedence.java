package dev.bylaw.policy.registry;

import java.util.Locale;

/** Who wins where an identity's packs and an agent's own overrides say different things. */
public enum Precedence {
  /** The identity's packs. */
  IDENTITY_OVERRIDES,
  /** Whichever is stricter. */
  MOST_RESTRICTIVE,
  /** The agent's overrides, where the rule allows it. */
  AGENT_OVERRIDES;

  /** The name in files: {@code most_restrictive}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
