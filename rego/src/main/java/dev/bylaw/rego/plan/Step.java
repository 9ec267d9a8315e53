package dev.bylaw.rego.plan;

/** One step of a body. */
abstract class Step {
  /** What follows; the last step of a body is one that takes the solution. */
  Step next = Done.DONE;

  /**
   * Runs this step and, for each way to go on, the next.
   *
   * @return whether to stop looking for more solutions
   */
  abstract boolean run(Frame f);

  /** The end of a body of which one solution is enough. */
  static final class Done extends Step {
    static final Done DONE = new Done();

    private Done() {
      next = this;
    }

    @Override
    boolean run(Frame f) {
      return true;
    }
  }
}
