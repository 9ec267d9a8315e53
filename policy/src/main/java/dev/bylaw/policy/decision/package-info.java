/**
 * The decision point: an action request and its facts become a decision.
 *
 * <p>{@link dev.bylaw.policy.decision.DecisionPoint#prepare} decides everything but caps and is
 * pure; {@link dev.bylaw.policy.decision.PendingDecision#settle} adds the caps over a view of the
 * ledger and names what is to be reserved. The caller runs the second inside the transaction in
 * which it reserves and logs.
 *
 * <p>A rule is not applicable, satisfied, violated or failed; failed counts as violated. The
 * decision is the strongest enforcement among the violated rules that no person has agreed to.
 *
 * <p>Nothing here stores, logs or asks the clock.
 */
@NullMarked
package dev.bylaw.policy.decision;

import org.jspecify.annotations.NullMarked;
