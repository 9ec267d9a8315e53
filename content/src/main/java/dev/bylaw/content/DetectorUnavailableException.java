package dev.bylaw.content;

/**
 * A detector that cannot work; its message is one clear sentence for the person who can mend it.
 */
public final class DetectorUnavailableException extends RuntimeException {
  public DetectorUnavailableException(String message) {
    super(message);
  }

  public DetectorUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
