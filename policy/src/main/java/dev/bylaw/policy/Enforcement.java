package dev.bylaw.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a violated rule does, from the weakest to the strongest. */
public enum Enforcement {
  WARN("log", Effect.WARN),
  REQUIRE_APPROVAL("escalate", Effect.REQUIRE_APPROVAL),
  BLOCK("deny", Effect.BLOCK);

  /** Every name that is read, the proper ones first. */
  public static final List<String> WORDS =
      List.of("block", "require_approval", "warn", "deny", "escalate", "log");

  private final String word = name().toLowerCase(Locale.ROOT);
  private final String otherWord;
  private final Effect effect;

  Enforcement(String otherWord, Effect effect) {
    this.otherWord = otherWord;
    this.effect = effect;
  }

  /** The enforcement of that name; {@code deny}, {@code escalate} and {@code log} are read too. */
  public static Optional<Enforcement> named(String word) {
    for (Enforcement enforcement : values()) {
      if (enforcement.word.equals(word) || enforcement.otherWord.equals(word)) {
        return Optional.of(enforcement);
      }
    }
    return Optional.empty();
  }

  /** The name in JSON and in messages: {@code require_approval}. */
  public String word() {
    return word;
  }

  /** What a decision comes to when such a rule is violated. */
  public Effect effect() {
    return effect;
  }

  /** The stronger of the two. */
  public Enforcement or(Enforcement other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
