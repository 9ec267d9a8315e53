/**
 * Caps: limits over time on a count or a sum, and the port of the ledger that keeps their usage.
 *
 * <p>A {@link dev.bylaw.policy.cap.CapCharge} is what one action would add to one {@link
 * dev.bylaw.policy.cap.CapCounter} and the limit it is held against. The {@link
 * dev.bylaw.policy.cap.CapLedger} answers how much was used and turns all charges of an action, or
 * none, into a reservation, which is committed when the action was done and released only when it
 * is known not to have happened.
 *
 * <p>Amounts are exact decimals. This package knows no storage: the ledger's methods are called
 * inside a transaction, or on a snapshot, that somebody else has opened.
 */
@NullMarked
package dev.bylaw.policy.cap;

import org.jspecify.annotations.NullMarked;
