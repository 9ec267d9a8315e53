package dev.bylaw.content;

/**
 * What a validator says of an identifier whose shape fits: a verdict and the reason, in words that
 * go into the explanation.
 */
record Check(Verdict verdict, String note) {

  /** How far the characters speak for themselves. */
  enum Verdict {
    /** A checksum or an exact structure holds. */
    CONFIRMED,
    /** Nothing to check beyond the shape. */
    PLAUSIBLE,
    /** Well formed, but nothing that an authority would issue; its name must speak for it. */
    DOUBTFUL,
    /** A checksum fails: only a field that is named for it makes it one. */
    REFUTED
  }

  static final Check PLAUSIBLE = new Check(Verdict.PLAUSIBLE, "shape fits");

  static Check confirmed(String note) {
    return new Check(Verdict.CONFIRMED, note);
  }

  static Check doubtful(String note) {
    return new Check(Verdict.DOUBTFUL, note);
  }

  static Check refuted(String note) {
    return new Check(Verdict.REFUTED, note);
  }

  /** Looks at the upper-case letters and digits of a candidate, without separators. */
  @FunctionalInterface
  interface Validator {
    Check check(String compact);
  }
}
