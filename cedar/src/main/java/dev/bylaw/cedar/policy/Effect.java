package dev.bylaw.cedar.policy;

/** What a satisfied policy does. */
public enum Effect {
  PERMIT("permit"),
  FORBID("forbid");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  /** How it is written. */
  public String word() {
    return word;
  }
}
