/**
 * Partial evaluation: what is left of a query where part of what it reads is not known yet.
 *
 * <p>{@link dev.bylaw.rego.partial.PartialEvaluation} goes over the checked tree. What depends on
 * nothing unknown is worked out by the evaluator, each of its solutions giving a branch; what does
 * is kept, with what is known put into it. Rules that are kept become support rules under {@code
 * data.partial}; where a part cannot be taken alone (it is modified by {@code with}, or reads a
 * document that several rules make together), the residual reads the policy's own modules, which
 * are then support as they stand.
 *
 * <p>Filling in the unknowns and evaluating the {@link dev.bylaw.rego.partial.Residual} gives what
 * evaluating the query would have given. Nothing here plans or evaluates by itself.
 */
@NullMarked
package dev.bylaw.rego.partial;

import org.jspecify.annotations.NullMarked;
