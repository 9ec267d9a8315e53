/**
 * Named data and what is looked up in lists: hosts, recipients, values.
 *
 * <p>{@link dev.bylaw.policy.data.NamedData} holds the identity's lists by name and is swapped as a
 * whole when a file changes. {@link dev.bylaw.policy.data.HostName} and {@link
 * dev.bylaw.policy.data.Recipients} read what a request says, strictly: what two programs could
 * read differently is refused, never guessed.
 */
@NullMarked
package dev.bylaw.policy.data;

import org.jspecify.annotations.NullMarked;
