/**
 * The embedded store: one folder that holds the journal of runs, the ledger of caps, approvals, the
 * two logs and their metrics, on SQLite.
 *
 * <p>{@link dev.bylaw.store.Store#write} hands a piece of work to the one writer thread, which runs
 * what is waiting as one batch and hands it to the disk ({@code redo}); the future completes when
 * the batch is there, so that every answer is durable. A work that fails takes nothing with it.
 * When the disk fails, the writer stops and everybody who waits is told so ({@link
 * dev.bylaw.store.StoreUnavailable}). {@link dev.bylaw.store.Store#read} asks a snapshot that holds
 * all that was answered before.
 *
 * <p>What a {@link dev.bylaw.store.Transaction} offers is in the packages beside this one: {@code
 * journal} (runs and their events), {@code ledger} (reservations of caps), {@code approval}, {@code
 * log} (the audit logs, their checkpoints, erasure and verification), {@code metrics}.
 *
 * <p>SQL lives in this module alone. It never knows how a decision is taken or what a step does:
 * states, events and approvals are values to it. One process has a store open at a time.
 */
@NullMarked
package dev.bylaw.store;

import org.jspecify.annotations.NullMarked;
