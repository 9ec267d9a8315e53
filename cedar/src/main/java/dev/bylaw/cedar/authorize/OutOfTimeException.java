package dev.bylaw.cedar.authorize;

/** The time that a request may take is over, and its policies were not all looked at. */
public final class OutOfTimeException extends RuntimeException {
  OutOfTimeException() {
    super("the time for this request is over", null, false, false);
  }
}
