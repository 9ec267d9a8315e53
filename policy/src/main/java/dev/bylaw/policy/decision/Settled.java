package dev.bylaw.policy.decision;

import dev.bylaw.policy.cap.CapCharge;
import java.util.List;

/**
 * A decision and what is to be reserved with it.
 *
 * @param decision what was decided
 * @param charges what the action uses of caps; empty where it may not be done now, so that a
 *     refused action burns no budget
 */
public record Settled(Decision decision, List<CapCharge> charges) {
  public Settled {
    charges = List.copyOf(charges);
  }
}
