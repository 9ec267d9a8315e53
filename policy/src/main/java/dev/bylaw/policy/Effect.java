package dev.bylaw.policy;

import java.util.Locale;
import java.util.Optional;

/** What a decision comes to, from the weakest to the strongest. */
public enum Effect {
  ALLOW,
  WARN,
  REQUIRE_APPROVAL,
  BLOCK;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The name in JSON and in messages: {@code require_approval}. */
  public String word() {
    return word;
  }

  /** The effect of that name. */
  public static Optional<Effect> named(String word) {
    for (Effect effect : values()) {
      if (effect.word.equals(word)) {
        return Optional.of(effect);
      }
    }
    return Optional.empty();
  }

  /** The stronger of the two. */
  public Effect or(Effect other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
