/**
 * The validator: whether policies can be evaluated without type errors on requests and entities
 * that are as the schema wants them.
 *
 * <p>{@link dev.bylaw.cedar.validate.Validator} checks policies in Cedar's strict mode, for each
 * combination of action, principal type and resource type that the schema allows. It reports every
 * error at its place, and warnings for policies that can never apply and for strings that are
 * easily mistaken. Level validation bounds how many entities deep a policy looks.
 *
 * <p>This package evaluates nothing and knows neither entities nor requests.
 *
 * @see <a href="https://docs.cedarpolicy.com/policies/validation.html">Cedar validation</a>
 */
@NullMarked
package dev.bylaw.cedar.validate;

import org.jspecify.annotations.NullMarked;
