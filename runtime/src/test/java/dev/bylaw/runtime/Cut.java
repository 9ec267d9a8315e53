package dev.bylaw.runtime;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that runs a playbook and is cut off: it ends itself, with no hook run and nothing
 * flushed, the n-th time that anything in it asks for the time. The engine asks with each event
 * that it takes and each transaction that it writes, so that n walks through all positions of the
 * journal.
 */
final class Cut {
  /** How the process ends where it is not cut off. */
  static final int WHOLE = 3;

  static final int HALTED = 137;

  private Cut() {}

  private record Halting(InstantSource clock, AtomicInteger left) implements InstantSource {
    @Override
    public Instant instant() {
      if (left.decrementAndGet() == 0) {
        Runtime.getRuntime().halt(HALTED);
      }
      return clock.instant();
    }
  }

  /**
   * Runs it.
   *
   * @param args the folder, the playbook, and after how many looks at the clock, from the run's
   *     start on, the process ends
   */
  public static void main(String[] args) {
    var left = new AtomicInteger(Integer.MAX_VALUE);
    Bylaw bylaw = Acme.open(Path.of(args[0]), new Halting(new Acme.Clock(), left));
    left.set(Integer.parseInt(args[2]));
    var _ = bylaw.run(args[1], Acme.AGENT, Acme.payment("10.00"));
    Runtime.getRuntime().halt(WHOLE);
  }
}
