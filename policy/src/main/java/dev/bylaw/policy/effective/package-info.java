/**
 * What really applies to one agent: which rules, at which level, who won and why.
 *
 * <p>{@link dev.bylaw.policy.effective.PolicySet} is one version of an identity's policies: its
 * registry, packs and data, compiled. It is immutable and swapped as a whole. For each agent it
 * holds an {@link dev.bylaw.policy.effective.AgentPolicy}: the effective policy, and an index that
 * finds the few rules that a request can concern without looking at the others.
 */
@NullMarked
package dev.bylaw.policy.effective;

import org.jspecify.annotations.NullMarked;
