/**
 * The builtins: one table, {@link dev.bylaw.rego.builtin.Builtins}, by family.
 *
 * <p>A builtin is a pure function of values, with the little that it may know beside them in a
 * {@link dev.bylaw.rego.builtin.BuiltinContext}. One that cannot do its work throws a {@link
 * dev.bylaw.rego.builtin.BuiltinFailure}; whether that ends the evaluation or makes the call
 * undefined is the caller's to say. Semantics are those of OPA's documentation.
 *
 * <p>Nothing here knows rules, plans or syntax trees, but for {@code rego.parse_module}.
 */
@NullMarked
package dev.bylaw.rego.builtin;

import org.jspecify.annotations.NullMarked;
