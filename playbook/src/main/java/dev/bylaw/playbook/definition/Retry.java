package dev.bylaw.playbook.definition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * What is tried again, how often and when. A block never is.
 *
 * @param maxAttempts the first one included
 * @param delay before the second attempt
 * @param backoff by which each further delay is multiplied; at least 1
 * @param maxDelay the longest delay
 * @param retryIf which failures are tried again; where it is missing, those the action calls
 *     retryable
 */
public record Retry(
    int maxAttempts,
    Duration delay,
    BigDecimal backoff,
    Duration maxDelay,
    Optional<Condition> retryIf) {
  /** One attempt. */
  public static final Retry NEVER =
      new Retry(1, Duration.ZERO, BigDecimal.ONE, Duration.ZERO, Optional.empty());

  /** How long to wait behind a failed attempt, counted from 1. */
  public Duration delayAfter(int attempt) {
    var factor = backoff.pow(Math.min(attempt - 1, 64), MathContext.DECIMAL64);
    BigDecimal millis =
        factor.multiply(BigDecimal.valueOf(delay.toMillis())).setScale(0, RoundingMode.CEILING);
    BigDecimal most = BigDecimal.valueOf(maxDelay.toMillis());
    return Duration.ofMillis(millis.min(most).longValueExact());
  }
}
