/**
 * Services to try actions on, over real connections on this machine: shipped for users' own trials
 * and tests.
 *
 * <p>{@link dev.bylaw.actions.sandbox.PaymentSandbox} is a payment gateway that keeps idempotency
 * keys and can be told to fail, fall silent or hang up before or after it moved the money; {@link
 * dev.bylaw.actions.sandbox.MailSandbox} takes mail over SMTP and keeps it; {@link
 * dev.bylaw.actions.sandbox.ApiSandbox} takes tickets and chat messages and records every byte;
 * {@link dev.bylaw.actions.sandbox.OrdersSandbox} is a database of customers and orders in one
 * SQLite file. {@link dev.bylaw.actions.sandbox.Sandbox} starts them all.
 *
 * <p>All listen on the loopback address only, on a port that the system chooses, and bound what
 * they read. Nothing here is for production, and nothing of Bylaw but tests and trials may depend
 * on it.
 */
@NullMarked
package dev.bylaw.actions.sandbox;

import org.jspecify.annotations.NullMarked;
