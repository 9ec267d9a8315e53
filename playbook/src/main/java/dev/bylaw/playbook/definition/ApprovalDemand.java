package dev.bylaw.playbook.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whom a step asks before it acts.
 *
 * @param approvers names and groups; where there are none, those of the identity
 * @param quorum how many must agree
 * @param timeout how long to wait; without one the identity's escalation rules say
 * @param onTimeout what follows when nobody answered
 * @param channel where to ask, for instance {@code slack}; empty for the default
 */
public record ApprovalDemand(
    List<String> approvers,
    int quorum,
    Optional<Duration> timeout,
    OnTimeout onTimeout,
    String channel) {
  /** {@code requires_approval: true}. */
  public static final ApprovalDemand PLAIN =
      new ApprovalDemand(List.of(), 1, Optional.empty(), OnTimeout.DENY, "");

  /** What follows when nobody answered in time. */
  public enum OnTimeout {
    /** The run ends as timed out. */
    DENY,
    /** The next level is asked, once, for as long again; then as {@link #DENY}. */
    ESCALATE,
    /** The fallback steps of {@code on_error} run. */
    FALLBACK
  }

  public ApprovalDemand {
    approvers = List.copyOf(approvers);
  }
}
