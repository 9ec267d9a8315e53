package dev.bylaw.policy.decision;

import java.util.Locale;

/** Why a decision is what it is. */
public enum Reason {
  /** Its rules: violated, or none of them. */
  RULES,
  /** No rule's pattern covers the action; the identity's default decides. */
  DEFAULT,
  /** The step itself demands that people agree. */
  STEP,
  /** Policies cannot be asked: no store, no log, or a pack that has never loaded. */
  UNAVAILABLE,
  /** The agent is not known. */
  UNKNOWN_AGENT,
  /** The caller sent a fact that only the runtime may state. */
  FORGED_FACT,
  /** The approval is for another action or request, or is no longer good. */
  APPROVAL_REFUSED,
  /** The idempotency key was used for another action. */
  KEY_TAKEN;

  /** The name in JSON: {@code unknown_agent}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
