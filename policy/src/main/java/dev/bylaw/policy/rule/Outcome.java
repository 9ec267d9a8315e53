package dev.bylaw.policy.rule;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.language.CompiledPolicy.Breach;
import java.util.List;

/** What a rule comes to for one request. */
public sealed interface Outcome {
  /** The rule has nothing to say about this request. */
  Outcome NOT_APPLICABLE = new NotApplicable();

  /** The request is as the rule demands. */
  Outcome SATISFIED = new Satisfied();

  /** The rule has nothing to say about this request. */
  record NotApplicable() implements Outcome {}

  /** The request is as the rule demands. */
  record Satisfied() implements Outcome {}

  /**
   * The request is not as the rule demands.
   *
   * @param message what is wrong, where the rule itself has no message
   * @param detail how it was found; may be empty
   */
  record Violated(String message, String detail) implements Outcome {}

  /**
   * A policy in another language says what is wrong.
   *
   * @param breaches at least one
   */
  record Breached(List<Breach> breaches) implements Outcome {
    public Breached {
      breaches = List.copyOf(breaches);
    }
  }

  /**
   * The rule could not be evaluated; counts as violated.
   *
   * @param why for people: lower case, no full stop
   */
  record Failed(String why) implements Outcome {}

  /**
   * The ledger decides.
   *
   * @param charge what the action adds; hard if the rule that asks blocks
   */
  record Charged(CapCharge charge) implements Outcome {}
}
