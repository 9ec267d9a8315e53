/**
 * What must be known before a module can be planned: scopes, safety, recursion, conflicts, types.
 *
 * <p>{@link dev.bylaw.rego.check.Checker} turns modules into a {@link
 * dev.bylaw.rego.check.Checked}: names resolved to references, declared variables made unique,
 * {@code some}, {@code every}, templates and prints in plain form, and every body in an order in
 * which each variable is bound before it is read. Mistakes carry OPA's codes and messages; a phase
 * with mistakes is the last.
 *
 * <p>Nothing here evaluates.
 */
@NullMarked
package dev.bylaw.rego.check;

import org.jspecify.annotations.NullMarked;
