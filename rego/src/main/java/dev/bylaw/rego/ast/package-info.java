/**
 * The syntax tree of Rego, as records.
 *
 * <p>A {@link dev.bylaw.rego.ast.Module} holds rules; a {@link dev.bylaw.rego.ast.Rule} holds a
 * head and a body of {@link dev.bylaw.rego.ast.Literal}s; a literal holds an {@link
 * dev.bylaw.rego.ast.Expression} over {@link dev.bylaw.rego.ast.Term}s. Everything is immutable and
 * carries its span. Infix operators are calls of the builtin that they stand for ({@code +} is
 * {@code plus}).
 *
 * <p>The tree says what was written, with two exceptions that both dialects need: a v0 partial set
 * rule {@code p[x] { … }} already is {@code p contains x}, and the value of a rule without one is
 * {@code true}. It knows nothing of scopes, types or evaluation.
 */
@NullMarked
package dev.bylaw.rego.ast;

import org.jspecify.annotations.NullMarked;
