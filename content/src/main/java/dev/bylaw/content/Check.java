package dev.bylaw.content;

import java.util.function.Predicate;

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

  /** Confirmed where a checksum holds, refuted where it does not. */
  static Validator checksum(String name, Predicate<String> holds) {
    Check ok = confirmed(name + " ok");
    Check fails = refuted(name + " fails");
    return compact -> holds.test(compact) && !Checksums.allSame(compact) ? ok : fails;
  }

  /** Plausible where a structure holds, refuted where it does not. */
  static Validator structure(String name, Predicate<String> holds) {
    Check ok = new Check(Verdict.PLAUSIBLE, name + " fits");
    Check fails = refuted(name + " does not fit");
    return compact -> holds.test(compact) ? ok : fails;
  }

  /** Says nothing beyond the shape. */
  static Validator shapeOnly() {
    return _ -> PLAUSIBLE;
  }

  /** Looks at the upper-case letters and digits of a candidate, without separators. */
  @FunctionalInterface
  interface Validator {
    Check check(String compact);
  }
}
