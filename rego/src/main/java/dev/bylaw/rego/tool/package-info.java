/**
 * What the commands of {@code bylaw rego} do, without a command line: load files and bundles,
 * evaluate and report, run tests, measure coverage. A command is a thin front on these.
 */
@NullMarked
package dev.bylaw.rego.tool;

import org.jspecify.annotations.NullMarked;
