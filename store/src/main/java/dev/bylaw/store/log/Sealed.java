package dev.bylaw.store.log;

import dev.bylaw.value.ObjectValue;

/**
 * A draft that was masked, brought into canonical form and committed to; only its place in the
 * chain is missing. Making it is the slow part of logging, and may be done on any thread.
 */
public final class Sealed {
  final LogEvent event;
  final String decision;
  final String run;
  private final Commitment committed;

  private Sealed(LogEvent event, String decision, String run, Commitment committed) {
    this.event = event;
    this.decision = decision;
    this.run = run;
    this.committed = committed;
  }

  /** Masks, writes and commits to a draft. */
  public static Sealed of(Draft draft, Masking masking) {
    ObjectValue masked = masking.mask(draft.event(), draft.payload());
    return new Sealed(draft.event(), draft.decision(), draft.run(), Commitment.fresh(masked));
  }

  /**
   * The same with other values of fields that it has. The rest is not made again, which is what
   * sealing ahead is for where a little is only known inside the transaction.
   */
  public Sealed with(ObjectValue changed, Masking masking) {
    return new Sealed(event, decision, run, committed.with(masking.mask(event, changed)));
  }

  String seed() {
    return committed.seed();
  }

  String value() {
    return committed.value();
  }

  String commitment() {
    return committed.text();
  }
}
