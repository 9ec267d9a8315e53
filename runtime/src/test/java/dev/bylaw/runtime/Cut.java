package dev.bylaw.runtime;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.runtime.run.ActionCalls;
import dev.bylaw.runtime.run.RunFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that runs a playbook and is cut off: it ends itself, with no hook run and nothing
 * flushed, at a position of the journal that has a name, or the n-th time that anything in it asks
 * for the time. The engine asks with each event that it takes and each transaction that it writes,
 * so that n walks through all there is between the positions.
 */
final class Cut {
  /** How the process ends where it is not cut off. */
  static final int WHOLE = 3;

  static final int HALTED = 137;

  private static final String WRITER = "bylaw-store-writer";

  /** Where in the life of a step the process ends. */
  enum Position {
    /** Inside the transaction that would have made the intent durable. */
    BEFORE_INTENT,
    /** The intent is durable, the action is about to be called. */
    AFTER_INTENT,
    /** The action had its effect and has answered; nothing of that is written. */
    AFTER_EFFECT,
    /** The result is durable, and so is that its caps are spent. */
    AFTER_COMMIT
  }

  /** A process to be cut off. */
  private abstract static class Cutter implements InstantSource, ActionCalls {
    private final InstantSource time = new Acme.Clock();
    private final AtomicBoolean armed = new AtomicBoolean();
    private ActionCalls actions =
        (_, act) -> {
          throw new IllegalStateException("nothing to call " + act.action() + " with");
        };

    ActionCalls around(ActionCalls calls) {
      actions = calls;
      return this;
    }

    void arm() {
      armed.set(true);
    }

    @Override
    public Instant instant() {
      if (armed.get()) {
        asked();
      }
      return time.instant();
    }

    /** Something asks for the time. */
    abstract void asked();

    @Override
    public ActionOutcome perform(RunFacts run, Command.Act act) {
      return actions.perform(run, act);
    }

    /** The run has ended. */
    void ended() {}

    static void halt() {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  /** Cuts off the n-th time that anything asks for the time. */
  private static final class AtTime extends Cutter {
    private final AtomicInteger left;

    AtTime(int n) {
      left = new AtomicInteger(n);
    }

    @Override
    void asked() {
      if (left.decrementAndGet() == 0) {
        halt();
      }
    }
  }

  /** Cuts off at a position of the n-th step. */
  private static final class AtPosition extends Cutter {
    private final Position position;
    private final int step;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    AtPosition(Position position, int step) {
      this.position = position;
      this.step = step;
    }

    private void haltAt(Position here, int number) {
      if (here == position && number == step) {
        halt();
      }
    }

    @Override
    void asked() {
      // What runs on this thread is inside a transaction. The one with the result of a step holds
      // the intent of the next.
      if (Thread.currentThread().getName().equals(WRITER) && begun.get() == done.get()) {
        haltAt(Position.BEFORE_INTENT, done.get() + 1);
      }
    }

    @Override
    public ActionOutcome perform(RunFacts run, Command.Act act) {
      haltAt(Position.AFTER_COMMIT, begun.get());
      haltAt(Position.AFTER_INTENT, begun.incrementAndGet());
      ActionOutcome outcome = super.perform(run, act);
      haltAt(Position.AFTER_EFFECT, begun.get());
      done.incrementAndGet();
      return outcome;
    }

    @Override
    void ended() {
      haltAt(Position.AFTER_COMMIT, begun.get());
    }
  }

  private Cut() {}

  /** The arguments that run a process without a cut. */
  static String never() {
    return at(Integer.MAX_VALUE);
  }

  /** The argument that cuts off when anything asks for the time for the n-th time. */
  static String at(int n) {
    return Integer.toString(n);
  }

  /** The argument that cuts off at a position of the n-th step. */
  static String at(Position position, int step) {
    return position + ":" + step;
  }

  private static Cutter cutter(String text) {
    String[] parts = text.split(":", 2);
    return parts.length == 1
        ? new AtTime(Integer.parseInt(text))
        : new AtPosition(Position.valueOf(parts[0]), Integer.parseInt(parts[1]));
  }

  /**
   * Runs it.
   *
   * @param args the folder, the playbook, and where the process ends, from the run's start on
   */
  public static void main(String[] args) {
    Cutter cutter = cutter(args[2]);
    Bylaw bylaw =
        Bylaw.open(Path.of(args[0]), Bylaw.Options.standard().withClock(cutter), cutter::around);
    cutter.arm();
    var _ = bylaw.run(args[1], Acme.AGENT, Acme.payment("10.00"));
    cutter.ended();
    Runtime.getRuntime().halt(WHOLE);
  }
}
