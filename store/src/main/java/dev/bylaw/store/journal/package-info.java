/**
 * The journal: runs and what happened in them, so that each goes on where it was after a crash.
 *
 * <p>A run is pinned to the digest of its definition, whose text is kept once, and to the version
 * of the engine. Its events are appended in order and never changed; a snapshot may stand for the
 * events up to it. States and events are values: nothing here knows what a step is.
 *
 * <p>{@link dev.bylaw.store.journal.Runs} asks, {@link dev.bylaw.store.journal.Journal} also
 * writes.
 */
@NullMarked
package dev.bylaw.store.journal;

import org.jspecify.annotations.NullMarked;
