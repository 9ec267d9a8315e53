/**
 * The gate: where a playbook asks before it acts, and reports after.
 *
 * <p>A {@link dev.bylaw.playbook.gate.GateRequest} is what a step is about to do; the {@link
 * dev.bylaw.playbook.gate.Verdict} says whether it may. After the action a {@link
 * dev.bylaw.playbook.gate.GateReport} hands over the outcome, reservations are committed or given
 * back, and the verdict on the result says whether it may be used.
 *
 * <p>This is a port: the runtime puts policies behind it. This package knows no policy, no rule and
 * no store, and nothing above it can tell who decided.
 */
@NullMarked
package dev.bylaw.playbook.gate;

import org.jspecify.annotations.NullMarked;
