package dev.bylaw.store.ledger;

import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.cap.CapWindow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Usage for decisions that are only tried, on any thread: from memory where it is there, and
 * otherwise as it was last committed. It never waits for the writer, who is asked to take the
 * counter into memory when there is time.
 */
public final class UsageView implements CapUsage {
  /** Lets the writer take a counter into memory; completes when it has. */
  @FunctionalInterface
  public interface Loading {
    CompletableFuture<?> load(CapCounter counter, CapWindow window, Instant at);
  }

  private final Usages usages;
  private final CapUsage committed;
  private final Loading loading;

  /** One at a time: trying many counters must not keep the writer from its own work. */
  private final AtomicBoolean isLoading = new AtomicBoolean();

  /**
   * @param ledger whose memory it looks into
   * @param committed asks the tables, on the caller's thread
   * @param loading asks the writer
   */
  public UsageView(Ledger ledger, CapUsage committed, Loading loading) {
    this.usages = ledger.usages();
    this.committed = committed;
    this.loading = loading;
  }

  @Override
  public BigDecimal used(CapCounter counter, CapWindow window, Instant at) {
    return usages.known(counter, window, at).orElseGet(() -> read(counter, window, at));
  }

  /** The same as far as it is in memory, and otherwise 0: a guess that waits for nobody. */
  public BigDecimal guess(CapCounter counter, CapWindow window, Instant at) {
    return usages.known(counter, window, at).orElse(BigDecimal.ZERO);
  }

  private BigDecimal read(CapCounter counter, CapWindow window, Instant at) {
    BigDecimal used = committed.used(counter, window, at);
    if (isLoading.compareAndSet(false, true)) {
      var _ = loading.load(counter, window, at).whenComplete((_, _) -> isLoading.set(false));
    }
    return used;
  }
}
