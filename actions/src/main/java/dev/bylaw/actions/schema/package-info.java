/**
 * Checking data against the schemas of the folder {@code schemas/}.
 *
 * <p>The schemas are read and compiled once, by {@link dev.bylaw.actions.schema.Schemas}; the
 * checking itself is that of {@code dev.bylaw.playbook.schema}, the one JSON Schema there is. This
 * package adds names, files and the action.
 */
@NullMarked
package dev.bylaw.actions.schema;

import org.jspecify.annotations.NullMarked;
