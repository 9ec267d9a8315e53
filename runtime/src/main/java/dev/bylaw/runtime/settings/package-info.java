/**
 * What {@code bylaw.yaml} says to the runtime: vars, secrets, credentials, connections, hosts,
 * mail, payments, the sandbox.
 *
 * <p>{@link dev.bylaw.runtime.settings.Settings} reads its keys from the same mapping that policies
 * take theirs from, and tells every mistake at its place. Secrets stay references: {@link
 * dev.bylaw.runtime.settings.Secret} looks one up at the moment of a call.
 */
@NullMarked
package dev.bylaw.runtime.settings;

import org.jspecify.annotations.NullMarked;
