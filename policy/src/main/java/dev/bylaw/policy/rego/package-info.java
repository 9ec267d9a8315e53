/**
 * Rego as a language of packs.
 *
 * <p>{@link dev.bylaw.policy.rego.RegoLanguage} reads files and texts in either dialect and
 * compiles them once. Which of their rules say something is told by {@code DecisionRules}: {@code
 * deny}, {@code violation}, {@code warn}, {@code require_approval}, each with a suffix if need be,
 * and a boolean {@code allow}. {@code RegoPolicy} asks these about a request; {@code Elements}
 * makes violations of what they give; {@code Attribution} finds the clause that gave it, and is
 * made only where something was found. {@code ActionFacts} proves which actions a rule can be
 * about, so that it is not asked for others.
 *
 * <p>{@link dev.bylaw.policy.rego.HostFunctions} is the table of functions that policies may use
 * beside Rego's own. Nothing here knows packs, levels or who wins: a violation is told, not
 * weighed.
 */
@NullMarked
package dev.bylaw.policy.rego;

import org.jspecify.annotations.NullMarked;
