package dev.bylaw.policy.data;

/** A text that cannot be read in one way only; its message is for people. */
public final class Unreadable extends Exception {
  /** A text that cannot be read; the message is lower case, without full stop. */
  public Unreadable(String message) {
    super(message, null, false, false);
  }
}
