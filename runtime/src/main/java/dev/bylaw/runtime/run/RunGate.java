package dev.bylaw.runtime.run;

import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.gate.GateReport;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.store.Transaction;

/**
 * The gate as the durable adapter needs it: each decision in two halves, the first without the
 * store, on the caller's thread, the second inside the transaction that journals it.
 *
 * <p>An implementation that cannot decide answers a verdict that blocks; it throws only where the
 * store does.
 */
public interface RunGate {
  /** A decision as far as it can be taken without the store. */
  sealed interface Prepared {
    /**
     * A decision that nothing in the store can change: the run goes on from it before it is
     * written, and both are written together.
     *
     * @param verdict what holds
     * @param record logs it
     */
    record Known(Verdict verdict, Step record) implements Prepared {}

    /** A decision that lacks what the ledger says. */
    @FunctionalInterface
    non-sealed interface Open extends Prepared {
      /** Reserves, logs, and says what holds. Called once more if a transaction was undone. */
      Verdict settle(Transaction transaction);
    }
  }

  /**
   * A decision on a result.
   *
   * @param verdict what holds
   * @param record commits or releases the reservation and logs
   */
  record Reviewed(Verdict verdict, Step record) {}

  /** Something to be done inside a transaction. */
  @FunctionalInterface
  interface Step {
    /** Does it. */
    void in(Transaction transaction);
  }

  /** Decides an action that is about to run, as far as that needs no store. */
  Prepared prepare(RunFacts run, GateRequest request);

  /** Decides on the result of an action. */
  Reviewed review(RunFacts run, GateReport report);

  /** Ends a reservation that has no result to report. */
  Step settle(RunFacts run, String idempotencyKey, Effect effect);

  /** Asks people. */
  Step ask(RunFacts run, Command.Ask ask);

  /** Asks no longer. */
  Step withdraw(RunFacts run, String key);
}
