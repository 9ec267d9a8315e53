package dev.bylaw.playbook.machine;

/** Where a step is in its life, or how it ended. */
public enum Stage {
  /** Its condition and parameters are looked at; never outlives one advance. */
  ENTERING("enter"),
  /** The gate decides. */
  DECIDING("decide"),
  /** The gate decides as if people had agreed. */
  SUPPOSING("suppose"),
  /** People decide. */
  ASKING("approval"),
  /** The action runs. */
  ACTING("action"),
  /** The next attempt has to wait. */
  BACKING_OFF("retry"),
  /** People say what became of an action that was cut off. */
  ASKING_OUTCOME("outcome"),
  /** The gate decides on the result. */
  REVIEWING("result"),
  /** People decide whether the result may be used. */
  ASKING_RELEASE("release"),
  COMPLETED,
  SKIPPED,
  FAILED,
  BLOCKED,
  REJECTED,
  TIMED_OUT,
  CANCELLED;

  private final String word;
  private final boolean end;

  Stage(String word) {
    this.word = word;
    this.end = false;
  }

  Stage() {
    this.word = name().toLowerCase(java.util.Locale.ROOT);
    this.end = true;
  }

  /** The word in keys and JSON. */
  public String word() {
    return word;
  }

  /** Whether the step is over. */
  public boolean isEnd() {
    return end;
  }

  /** Whether it waits for people. */
  public boolean asksPeople() {
    return this == ASKING || this == ASKING_OUTCOME || this == ASKING_RELEASE;
  }

  /** The stage of a word. */
  static Stage of(String word) {
    for (Stage stage : values()) {
      if (stage.word.equals(word)) {
        return stage;
      }
    }
    throw new IllegalArgumentException("no stage `" + word + "`");
  }
}
