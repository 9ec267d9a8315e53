/**
 * Tokens, string literals and places: what the languages of policies and of schemas share.
 *
 * <p>{@link dev.bylaw.cedar.text.TokenReader} walks the tokens of a source and reports what is not
 * as expected; {@link dev.bylaw.cedar.text.StringLiteral} reads escapes; {@link
 * dev.bylaw.cedar.text.Place} is where a node was written.
 *
 * <p>This package knows no grammar.
 */
@NullMarked
package dev.bylaw.cedar.text;

import org.jspecify.annotations.NullMarked;
