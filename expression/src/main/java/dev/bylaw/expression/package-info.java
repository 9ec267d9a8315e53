/**
 * Conditions in CEL (Common Expression Language) over {@link dev.bylaw.value.Value values}: the
 * {@code when}, {@code require} and {@code forbid} of packs, the {@code if} and {@code retry_if} of
 * playbooks.
 *
 * <p>{@link dev.bylaw.expression.Expressions} is an environment: variables, host functions, limits.
 * It compiles a text into an {@link dev.bylaw.expression.Expression}, or says what is wrong with
 * it, at the exact place, also when the text stands inside a YAML file. An expression is evaluated
 * over {@link dev.bylaw.expression.Bindings} and gives a {@link dev.bylaw.expression.Result}: a
 * value, or a failure with its reason and place. It never throws, whatever the bindings hold.
 *
 * <p>Inside: the parser and type checker are dev.cel's ({@code Front}); a checked tree becomes a
 * tree of small final classes ({@code Planner}, {@code Node}). Failures are values: {@code false &&
 * failure} is false, {@code true || failure} is true, a missing key is a failure, {@code has()}
 * asks before. Loops and everything else whose cost depends on the input spend from a budget
 * ({@link dev.bylaw.expression.Limits}); simple comparisons allocate nothing.
 *
 * <p><b>Numbers.</b> Money is exact. A number is an exact decimal, whether it comes from data, a
 * literal or arithmetic; equality and order are numeric ({@code 1 == 1.0}, {@code 999.99 < 1000});
 * a text that holds a number is not a number. In detail:
 *
 * <ul>
 *   <li>Operands that are <em>known</em> to be {@code int} (literals without a fraction, {@code
 *       size()}, {@code int()}, accessors of time, arithmetic of these) calculate as CEL says: 64
 *       bits, overflow fails, {@code 7 / 2 == 3}. Likewise {@code uint}.
 *   <li>Everything else, all numbers of data in particular, calculates in exact decimals, whole or
 *       not: {@code params.amount * 1.1}, {@code params.total / 2} ({@code 2.5} for 5). Division
 *       that does not end is rounded half even to 34 digits; division by zero fails; a number of
 *       more than 1,000 digits fails. There is no infinity and no NaN.
 *   <li>{@code %} takes whole numbers. {@code type(x)} of a number of data is {@code int} if it is
 *       whole and fits 64 bits, else {@code double}. {@code string(x)} is its plain decimal form.
 * </ul>
 *
 * <p>dev.cel reads numbers of data as {@code int} or {@code double}: it rounds decimals to binary,
 * and refuses to calculate with one of each. That is the one difference to it, and the differential
 * test knows it by name; {@code docs/adr} has the reasons.
 *
 * <p>This package knows nothing of policies, packs, playbooks, files or the clock: what {@code now}
 * is, is a variable.
 */
@NullMarked
package dev.bylaw.expression;

import org.jspecify.annotations.NullMarked;
