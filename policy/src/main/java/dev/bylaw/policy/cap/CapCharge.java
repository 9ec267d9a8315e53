package dev.bylaw.policy.cap;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What one action would add to one counter, and the limit it is held against.
 *
 * @param counter where it counts
 * @param amount how much it adds; not negative
 * @param limit how much there may be in the window
 * @param inclusive whether exactly the limit is still within it ({@code limit}), or not ({@code
 *     below})
 * @param window over which it counts
 * @param hard whether the cap blocks; over any other cap the usage is recorded as overage
 */
public record CapCharge(
    CapCounter counter,
    BigDecimal amount,
    BigDecimal limit,
    boolean inclusive,
    CapWindow window,
    boolean hard) {

  public CapCharge {
    Objects.requireNonNull(counter);
    Objects.requireNonNull(window);
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("a charge is not negative: " + amount);
    }
  }

  /** Whether the limit holds when so much was used before. */
  public boolean fits(BigDecimal used) {
    int order = used.add(amount).compareTo(limit);
    return inclusive ? order <= 0 : order < 0;
  }
}
