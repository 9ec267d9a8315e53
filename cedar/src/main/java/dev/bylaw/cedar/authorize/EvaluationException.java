package dev.bylaw.cedar.authorize;

import dev.bylaw.cedar.text.Place;

/** An expression has no value: a type error, an overflow, or something that is not there. */
public final class EvaluationException extends RuntimeException {
  private final transient Place place;
  private final String message;

  EvaluationException(Place place, String message) {
    super(message, null, false, false);
    this.place = place;
    this.message = message;
  }

  /** Why there is none. */
  @Override
  public String getMessage() {
    return message;
  }

  /** The part of the expression that has no value. */
  public Place place() {
    return place;
  }
}
