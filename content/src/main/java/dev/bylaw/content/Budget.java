package dev.bylaw.content;

import java.time.Duration;

/**
 * The most that one inspection may look at and spend. What lies beyond becomes a {@link
 * Findings.Gap}, never silence.
 *
 * @param characters UTF-16 units over all texts of a value
 * @param depth nesting of a value
 * @param findings findings kept
 * @param time processor time allowed, looked at between detectors and between texts
 */
public record Budget(int characters, int depth, int findings, Duration time) {

  public static final Budget STANDARD =
      new Budget(16 * 1024 * 1024, 256, 100_000, Duration.ofSeconds(30));

  public Budget {
    if (characters < 0 || depth < 1 || findings < 1 || time.isNegative()) {
      throw new IllegalArgumentException("a budget is positive");
    }
  }
}
