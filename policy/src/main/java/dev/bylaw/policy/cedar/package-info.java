/**
 * Cedar as a language of packs.
 *
 * <p>{@link dev.bylaw.policy.cedar.CedarLanguage} reads policies, and a schema where there is one,
 * and validates them. {@code CedarPolicy} asks an authorizer about a request and makes violations
 * of its answer: each satisfied forbid is one, each policy that cannot be evaluated, and that
 * nothing permits an action which some permit names. {@code CedarForm} is the request as Cedar has
 * it, made once for all policies; {@code CedarValues} converts values, by their types where a
 * schema has them. {@code Reasons} says which condition was false.
 *
 * <p>What the authorizer itself decides is of no consequence here: a permit lifts no violation of
 * another rule. Nothing here knows packs, levels or who wins.
 */
@NullMarked
package dev.bylaw.policy.cedar;

import org.jspecify.annotations.NullMarked;
