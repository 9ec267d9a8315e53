/**
 * Sources, spans and diagnostics: how every language and file format of Bylaw says <em>where</em>.
 *
 * <p>A {@link dev.bylaw.syntax.Source} is a named text. A {@link dev.bylaw.syntax.Span} is a range
 * of it. A {@link dev.bylaw.syntax.Diagnostic} is a user's mistake at a span, with a code, a
 * message and a way out; {@link dev.bylaw.syntax.Diagnostics} collects them, so that a phase
 * reports all of its mistakes at once and ends with one {@link
 * dev.bylaw.syntax.DiagnosticsException}.
 *
 * <p>Messages are lower case without a full stop, with back-ticks round code: {@code expected X,
 * found Y}. A bug of ours is never a diagnostic: it is an {@link IllegalStateException} or an
 * {@link IllegalArgumentException}.
 *
 * <p>This package knows no language, no file system and no other module.
 */
@NullMarked
package dev.bylaw.syntax;

import org.jspecify.annotations.NullMarked;
