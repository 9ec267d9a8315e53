package dev.bylaw.cli;

/**
 * A command was given something that it cannot use: a file that is not there, a word it does not
 * know.
 */
final class UsageException extends RuntimeException {
  /**
   * Something to be told.
   *
   * @param message one sentence with a way out
   */
  UsageException(String message) {
    super(message, null, false, false);
  }
}
