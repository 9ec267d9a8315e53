package dev.bylaw.runtime;

/** Something that a person has to be told, in one sentence; no bug of ours. */
public final class BylawException extends RuntimeException {
  private final boolean misuse;

  /**
   * Something to be told.
   *
   * @param message one sentence with a way out
   */
  public BylawException(String message) {
    this(message, false);
  }

  private BylawException(String message, boolean misuse) {
    super(message, null, false, false);
    this.misuse = misuse;
  }

  /**
   * What was asked for cannot be: it names something that is not there, or lacks what it needs.
   * Nothing was begun.
   *
   * @param message one sentence with a way out
   */
  public static BylawException misuse(String message) {
    return new BylawException(message, true);
  }

  /** Whether nothing was begun, because what was asked for cannot be. */
  public boolean isMisuse() {
    return misuse;
  }
}
