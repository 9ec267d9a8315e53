package dev.bylaw.expression;

/** One evaluation: the budget that is left and the variables of loops. */
final class Frame {
  private static final Object[] NO_LOCALS = {};

  /** For expressions without loops and costly operations: nothing is counted, nothing is kept. */
  static final Frame FREE = new Frame(Limits.DEFAULT, 0);

  private final Limits limits;
  private final Object[] locals;
  private long left;

  Frame(Limits limits, int locals) {
    this.limits = limits;
    this.locals = locals == 0 ? NO_LOCALS : new Object[locals];
    this.left = limits.steps();
  }

  /** Spends steps; false if they were not left. */
  boolean spend(long steps) {
    if (this == FREE) {
      return true;
    }
    left -= steps;
    return left >= 0;
  }

  /** Whether more was spent than there was. */
  boolean isSpent() {
    return left < 0;
  }

  /** The most characters or elements that an operation may make. */
  int outputSize() {
    return limits.outputSize();
  }

  Object local(int slot) {
    return locals[slot];
  }

  void local(int slot, Object value) {
    locals[slot] = value;
  }
}
