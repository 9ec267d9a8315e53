/**
 * Rego as it is usually laid out: what {@code opa fmt} writes, from a source.
 *
 * <p>{@link dev.bylaw.rego.format.Formatter} reads a source and writes it anew: tabs, one space
 * round operators, sorted imports, blank lines between rules. Line breaks inside of collections and
 * bodies are the author's; every comment stays. The layout is a fixed point: what was formatted
 * stays as it is.
 *
 * <p>Only the tree is read, never scopes or types; where the tree does not keep how something was
 * written (quotes, digits), the source's own text is taken.
 */
@NullMarked
package dev.bylaw.rego.format;

import org.jspecify.annotations.NullMarked;
