package dev.bylaw.policy.rule;

import java.util.Locale;

/** What a pack is about. */
public enum Category {
  BRAND,
  SAFETY,
  COMPLIANCE,
  OPERATIONAL,
  DATA_GOVERNANCE,
  ESCALATION;

  /** The name in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
