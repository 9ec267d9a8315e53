package dev.bylaw.expression;

import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Value;

/** What an evaluation comes to: a value, or a failure. */
public sealed interface Result {
  /** Why an evaluation failed. */
  enum Reason {
    /** A variable without a value, or a key or index that is not there. */
    MISSING,
    /** An operation on a kind of value that it does not take. */
    TYPE,
    /** Overflow, division by zero, or a number with too many digits. */
    NUMBER,
    /** A text that is not what it should hold: a timestamp, a number, a pattern. */
    FORMAT,
    /** The limits of an evaluation were reached. */
    BUDGET,
    /** A host function failed. */
    HOST
  }

  /**
   * A value.
   *
   * @param value timestamps, durations and types as their text
   */
  record Produced(Value value) implements Result {
    /** The value {@code true}. */
    public static final Produced TRUE = new Produced(BooleanValue.TRUE);

    /** The value {@code false}. */
    public static final Produced FALSE = new Produced(BooleanValue.FALSE);
  }

  /**
   * No value.
   *
   * @param reason why, for programs
   * @param message why, for people: lower case, no full stop
   * @param span the term that failed, in the source the expression was compiled from
   */
  record Failed(Reason reason, String message, Span span) implements Result {
    @Override
    public String toString() {
      return span + ": " + message;
    }
  }

  /** The result of a value; no allocation for booleans. */
  static Result of(Value value) {
    if (value == BooleanValue.TRUE) {
      return Produced.TRUE;
    }
    return value == BooleanValue.FALSE ? Produced.FALSE : new Produced(value);
  }

  /** Whether it is the value {@code true}. */
  default boolean isTrue() {
    return this instanceof Produced(BooleanValue truth) && truth.isTrue();
  }

  /** Whether it is the value {@code false}; a failure is neither. */
  default boolean isFalse() {
    return this instanceof Produced(BooleanValue truth) && !truth.isTrue();
  }
}
