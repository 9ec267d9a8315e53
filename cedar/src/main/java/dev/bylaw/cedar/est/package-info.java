/**
 * The JSON form of policies, both ways.
 *
 * <p>{@link dev.bylaw.cedar.est.PolicyJsonWriter} writes policies, templates, sets and links;
 * {@link dev.bylaw.cedar.est.PolicyJsonReader} reads them. What was written as text and goes
 * through JSON comes back the same, but for comments and blanks.
 *
 * @see <a href="https://docs.cedarpolicy.com/policies/json-format.html">Cedar's JSON format</a>
 */
@NullMarked
package dev.bylaw.cedar.est;

import org.jspecify.annotations.NullMarked;
