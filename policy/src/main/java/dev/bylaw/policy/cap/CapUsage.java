package dev.bylaw.policy.cap;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Answers how much of a cap is used. Reads and changes nothing; the ledger is one, and so is the
 * view that a decision is tried on without being taken.
 */
public interface CapUsage {
  /** What a counter holds in the window round an instant: reserved, intended and committed. */
  BigDecimal used(CapCounter counter, CapWindow window, Instant at);
}
