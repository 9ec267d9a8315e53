/**
 * Partial evaluation: what can be said of a request of which not all is known.
 *
 * <p>{@link dev.bylaw.cedar.partial.PartialAuthorizer} takes a {@link
 * dev.bylaw.cedar.partial.PartialRequest}, whose principal and resource may be known by their types
 * only and whose context may be unknown as a whole or in attributes, and gives a {@link
 * dev.bylaw.cedar.partial.PartialAnswer}: a decision where what is known decides, and for each
 * policy that stays open the residual condition that is left of it. The residuals, asked with what
 * was missing, give the decision that the policies give.
 *
 * <p>This package needs no schema; where requests and entities are as a schema wants them, the
 * types of principal and resource are what the schema's evaluator uses.
 */
@NullMarked
package dev.bylaw.cedar.partial;

import org.jspecify.annotations.NullMarked;
