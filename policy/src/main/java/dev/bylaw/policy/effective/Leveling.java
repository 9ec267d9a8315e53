package dev.bylaw.policy.effective;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.registry.Precedence;
import java.util.Objects;
import java.util.Optional;

/**
 * How a rule's own level becomes the one that counts for an agent.
 *
 * @param attached what the attachment of its pack states
 * @param precedence the agent's
 * @param overridable whether the rule lets an attachment lower it
 */
public record Leveling(Optional<Enforcement> attached, Precedence precedence, boolean overridable) {
  public Leveling {
    Objects.requireNonNull(attached);
    Objects.requireNonNull(precedence);
  }

  /** Every rule at its own level. */
  static final Leveling NONE = new Leveling(Optional.empty(), Precedence.MOST_RESTRICTIVE, false);

  /** The level that counts, for a rule whose own is this. */
  public Enforcement of(Enforcement own) {
    if (attached.isEmpty()) {
      return own;
    }
    return switch (precedence) {
      case IDENTITY_OVERRIDES -> own;
      case MOST_RESTRICTIVE -> own.or(attached.get());
      case AGENT_OVERRIDES -> overridable ? attached.get() : own;
    };
  }

  /** Why it is that, for people. */
  String why(Enforcement own) {
    if (attached.isEmpty() || attached.get() == own) {
      return "the rule's";
    }
    boolean isOwn = of(own) == own;
    return switch (precedence) {
      case IDENTITY_OVERRIDES -> "the rule's; identity overrides the attachment's";
      case MOST_RESTRICTIVE ->
          isOwn ? "the rule's, which is stronger" : "the attachment's, which is stronger";
      case AGENT_OVERRIDES ->
          overridable ? "the attachment's" : "the rule's, which is not overridable";
    };
  }
}
