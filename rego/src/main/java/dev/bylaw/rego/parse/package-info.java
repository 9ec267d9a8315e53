/**
 * From text to syntax tree: {@link dev.bylaw.rego.parse.Parser} and what it needs.
 *
 * <p>Both dialects are read by one parser; a file's imports decide which words are keywords. The
 * lexer makes all tokens first, so that the parser can look ahead and go back where the grammar is
 * ambiguous ({@code {a | b}} is a comprehension if it can be one). Every mistake is a diagnostic
 * with OPA's code {@code rego_parse_error}; nesting is bounded.
 *
 * <p>Scopes, names and types are the business of {@code check}.
 */
@NullMarked
package dev.bylaw.rego.parse;

import org.jspecify.annotations.NullMarked;
