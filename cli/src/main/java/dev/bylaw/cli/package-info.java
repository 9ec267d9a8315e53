/**
 * The command line: one class a command, thin over {@link dev.bylaw.runtime}.
 *
 * <p>{@link dev.bylaw.cli.Main} builds the tree of commands. A command prints to a {@link
 * dev.bylaw.cli.Screen}, as text for people or as JSON for scripts, and ends with one of the {@link
 * dev.bylaw.cli.Exit} codes. A user's mistake is a sentence or a diagnostic with a caret, never a
 * stack trace.
 *
 * <p>Nothing is decided here.
 */
@NullMarked
package dev.bylaw.cli;

import org.jspecify.annotations.NullMarked;
