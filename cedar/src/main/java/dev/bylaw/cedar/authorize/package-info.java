/**
 * Decisions: a request, the entities, a set of policies, and which of them decide.
 *
 * <p>{@link dev.bylaw.cedar.authorize.Authorizer} is made once for a {@link
 * dev.bylaw.cedar.policy.PolicySet}: policies are indexed by the scopes of action, principal and
 * resource, and conditions are compiled; equal conditions are compiled once, and asked once per
 * request. It can then be asked from many threads. {@link dev.bylaw.cedar.authorize.Interpreter}
 * evaluates expressions one by one and says why one fails; the compiled form only knows
 * <em>that</em> it fails, and the two are tested against each other.
 *
 * <p>An error of one policy skips that policy and is reported. Only scopes decide which policies
 * are looked at, never conditions: a policy whose scope does not hold can neither apply nor fail
 * (the slicing theorem of Cedar's formal model).
 *
 * <p>This package knows no schemas: requests and entities are checked before, by whoever has one.
 */
@NullMarked
package dev.bylaw.cedar.authorize;

import org.jspecify.annotations.NullMarked;
