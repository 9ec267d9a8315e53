/**
 * The port of policy languages: Rego, Cedar and what else may come plug in here.
 *
 * <p>A {@link dev.bylaw.policy.language.PolicyLanguage} compiles texts once into a {@link
 * dev.bylaw.policy.language.CompiledPolicy}, which says of each request what is violated. What a
 * violation does, its enforcement and precedence, stays with the rule that names the policy.
 *
 * <p>A language is given the {@link dev.bylaw.policy.request.PolicyInput} and a {@link
 * dev.bylaw.policy.language.LanguageHost}; it knows nothing of packs and decides nothing.
 */
@NullMarked
package dev.bylaw.policy.language;

import org.jspecify.annotations.NullMarked;
