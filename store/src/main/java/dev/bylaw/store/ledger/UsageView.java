package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.cap.CapWindow;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Usage for decisions that are only tried, on any thread: from memory where it is there, and
 * otherwise by way of the writer, which then has it in memory.
 */
public final class UsageView implements CapUsage {
  private final Usages usages;
  private final CapUsage writer;

  /**
   * @param ledger whose memory it looks into
   * @param writer asks on the writer's thread
   */
  public UsageView(Ledger ledger, CapUsage writer) {
    this.usages = ledger.usages();
    this.writer = writer;
  }

  @Override
  public BigDecimal used(CapCounter counter, CapWindow window, Instant at) {
    return usages.known(counter, window, at).orElseGet(() -> writer.used(counter, window, at));
  }
}
