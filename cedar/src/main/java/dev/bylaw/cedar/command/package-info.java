/**
 * The commands of {@code bylaw cedar}, without a command line: each takes texts and options and
 * gives what is printed and the exit code, so that a front end only reads files and arguments.
 *
 * <p>Exit codes are those of Cedar's own tool: 0 for allow and for what is fine, 1 for a failure, 2
 * for deny, 3 for policies that are not valid.
 *
 * <p>This package touches no files and no streams.
 */
@NullMarked
package dev.bylaw.cedar.command;

import org.jspecify.annotations.NullMarked;
