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
  final String seed;
  final String value;
  final String commitment;

  private Sealed(Draft draft, String seed, String value, String commitment) {
    this.event = draft.event();
    this.decision = draft.decision();
    this.run = draft.run();
    this.seed = seed;
    this.value = value;
    this.commitment = commitment;
  }

  /** Masks, writes and commits to a draft. */
  public static Sealed of(Draft draft, Masking masking) {
    ObjectValue masked = masking.mask(draft.event(), draft.payload());
    var commitment = Commitment.fresh(masked);
    return new Sealed(draft, commitment.seed(), commitment.value(), commitment.text());
  }
}
