package dev.bylaw.expression;

/**
 * What a variable holds or a host function returns.
 *
 * <p>The checker relies on it to refuse {@code action < 3} early; an evaluation never does: a value
 * of another kind makes it fail, not misbehave.
 */
public enum Type {
  /** Anything. */
  DYNAMIC,
  /** True or false. */
  BOOLEAN,
  /** An exact number; the checker, whose int and double are not that, leaves it unchecked. */
  NUMBER,
  /** A text. */
  TEXT,
  /** An array of anything. */
  LIST,
  /** An object: anything by name. */
  OBJECT,
  /** A point in time; its value is a text in the form of RFC 3339. */
  TIMESTAMP,
  /** A length of time; its value is a text such as {@code 1h30m}. */
  DURATION
}
