package dev.bylaw.runtime;

/** Something that a person has to be told, in one sentence; no bug of ours. */
public final class BylawException extends RuntimeException {
  /**
   * Something to be told.
   *
   * @param message one sentence with a way out
   */
  public BylawException(String message) {
    super(message, null, false, false);
  }
}
