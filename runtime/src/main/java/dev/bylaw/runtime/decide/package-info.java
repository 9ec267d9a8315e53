/**
 * Decisions that hold: taken by the policies' decision point, reserved in the ledger and written to
 * the policy log in one transaction.
 *
 * <p>{@link dev.bylaw.runtime.decide.DecisionDesk} serves callers outside playbooks; {@link
 * dev.bylaw.runtime.decide.PolicyGate} is the playbooks' gate; {@link
 * dev.bylaw.runtime.decide.ApprovalDesk} asks people and takes their answers. All three record
 * through {@link dev.bylaw.runtime.decide.DecisionRecorder}.
 *
 * <p>What a rule means is not known here.
 */
@NullMarked
package dev.bylaw.runtime.decide;

import org.jspecify.annotations.NullMarked;
