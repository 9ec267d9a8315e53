/**
 * The formatter: the same policies, laid out in one way, with every comment kept.
 *
 * <p>{@link dev.bylaw.cedar.format.Formatter} works on tokens and comments, so nothing is lost;
 * formatting what is formatted changes nothing.
 *
 * <p>This package knows the grammar's layout only; whether a text can be formatted at all, the
 * parser decides.
 */
@NullMarked
package dev.bylaw.cedar.format;

import org.jspecify.annotations.NullMarked;
