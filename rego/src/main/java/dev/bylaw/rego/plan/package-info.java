/**
 * Plans and their evaluation.
 *
 * <p>A plan is a graph of small final classes made ahead: a {@link dev.bylaw.rego.plan.Node}
 * computes a value, or null for undefined; a {@link dev.bylaw.rego.plan.Step} does one thing of a
 * body and runs the step behind it once for each way to go on. When each variable is bound is known
 * when the plan is made, so a variable is a slot of a {@link dev.bylaw.rego.plan.Frame}, a scan is
 * a loop, and nothing is unified at run time that could have been at plan time.
 *
 * <p>An {@link dev.bylaw.rego.plan.Evaluation} holds what one evaluation knows: input, data, the
 * values of rules so far. {@code with} makes another one beside it. Plans are immutable and shared
 * by threads; evaluations belong to one thread.
 *
 * <p>This package reads the checked tree and calls builtins through their table.
 */
@NullMarked
package dev.bylaw.rego.plan;

import org.jspecify.annotations.NullMarked;
