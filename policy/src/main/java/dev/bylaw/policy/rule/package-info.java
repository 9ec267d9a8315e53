/**
 * Rules: when one applies, what it demands, and whether a request satisfies it.
 *
 * <p>A {@link dev.bylaw.policy.rule.Rule} has a {@link dev.bylaw.policy.rule.Pattern} (cheap facts:
 * action, checkpoint, type of resource), a guard in CEL, and a {@link
 * dev.bylaw.policy.rule.RuleBody}, one record for each kind of rule. {@link
 * dev.bylaw.policy.rule.RuleCheck} asks one rule about one {@link
 * dev.bylaw.policy.rule.Evaluation}: it is not applicable, satisfied, violated or failed, and never
 * throws.
 *
 * <p>To add a kind of rule: a record in {@code RuleBody}, a case in {@code RuleCheck}, a reader in
 * {@code dev.bylaw.policy.pack}. This package knows no files and no agents' settings.
 */
@NullMarked
package dev.bylaw.policy.rule;

import org.jspecify.annotations.NullMarked;
