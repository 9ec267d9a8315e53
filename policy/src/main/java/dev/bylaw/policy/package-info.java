/**
 * Policies: what an agent may do.
 *
 * <p>Packs of rules ({@code pack}) are compiled once; the registry of an identity ({@code
 * registry}) says which agents they are attached to; what really applies to one agent, who won and
 * why, is its effective policy ({@code effective}). The {@linkplain
 * dev.bylaw.policy.decision.DecisionPoint decision point} answers an {@linkplain
 * dev.bylaw.policy.request.ActionRequest action request} with a {@linkplain
 * dev.bylaw.policy.decision.Decision decision}, over {@linkplain dev.bylaw.policy.request.Facts
 * facts} that no caller can forge.
 *
 * <pre>
 * registry, packs, data  →  PolicySet  →  AgentPolicy (per agent)  →  DecisionPoint
 * request, facts  →  PendingDecision (all but caps)  →  settle(ledger)  →  Decision, charges
 * </pre>
 *
 * <p>This package itself holds the few words that all others share. Everything here fails closed,
 * takes every input as hostile, and is immutable and thread-safe where it does not say otherwise.
 * It knows no storage, no clock, no network and no playbook.
 */
@NullMarked
package dev.bylaw.policy;

import org.jspecify.annotations.NullMarked;
