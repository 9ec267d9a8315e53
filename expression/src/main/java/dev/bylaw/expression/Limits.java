package dev.bylaw.expression;

/**
 * How much an expression may ask for; every expression is taken as hostile.
 *
 * @param textLength characters of an expression
 * @param nesting how deep an expression may nest
 * @param steps of one evaluation: turns of loops, elements and each 64 characters looked at in
 *     operations whose cost depends on the input; a million take some ten milliseconds
 * @param outputSize characters or elements of a text or list that an operation makes
 */
public record Limits(int textLength, int nesting, long steps, int outputSize) {
  /** 8,192 characters, 100 deep, 1,000,000 steps, 1,000,000 characters or elements. */
  public static final Limits DEFAULT = new Limits(8_192, 100, 1_000_000, 1_000_000);

  public Limits {
    if (textLength < 1 || nesting < 1 || nesting > 200 || steps < 1 || outputSize < 1) {
      throw new IllegalArgumentException(
          "limits out of range: " + textLength + ", " + nesting + ", " + steps + ", " + outputSize);
    }
  }

  /** The same with other steps. */
  public Limits withSteps(long most) {
    return new Limits(textLength, nesting, most, outputSize);
  }
}
