/**
 * The ledger of caps: reservations and what they charge to counters.
 *
 * <p>The tables hold every reservation and every charge; what a window holds is kept in memory,
 * loaded when it is first asked for and changed with the tables, so that a decision costs the same
 * whether a counter has ten charges or a million: a running sum for a calendar window, a balanced
 * tree of sums by millisecond for a rolling one, a sum of what is under way for a concurrent one.
 * Memory is bounded; what was not used for long is loaded again.
 *
 * <p>{@link dev.bylaw.store.ledger.Ledger} is used inside the writer's transactions, {@link
 * dev.bylaw.store.ledger.UsageView} on any thread; {@link dev.bylaw.store.ledger.LedgerQueries}
 * lists counters for people. The life of a reservation is the table in {@link
 * dev.bylaw.store.ledger.ReservationState}. Limits are the caller's: nothing here knows a rule.
 */
@NullMarked
package dev.bylaw.store.ledger;

import org.jspecify.annotations.NullMarked;
