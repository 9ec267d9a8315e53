package dev.bylaw.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How bad a violation is, from the least to the worst. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** Every name, the worst first. */
  public static final List<String> WORDS = List.of("critical", "high", "medium", "low");

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The severity of that name. */
  public static Optional<Severity> named(String word) {
    for (Severity severity : values()) {
      if (severity.word.equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /** The name in JSON and in messages: {@code critical}. */
  public String word() {
    return word;
  }
}
