/**
 * The one place that talks to a database: a connection with its prepared statements, and what has
 * to be undone when a piece of work fails.
 *
 * <p>A {@link dev.bylaw.store.sql.Session} is used by one thread at a time. The other packages of
 * the store say SQL to it, in the dialect that SQLite and PostgreSQL share: BIGINT epoch
 * milliseconds, TEXT, sequence numbers that the application assigns, {@code ON CONFLICT}. Nothing
 * here knows what the tables mean.
 *
 * <p>Only the store uses this package; it is public because the store has several packages.
 */
@NullMarked
package dev.bylaw.store.sql;

import org.jspecify.annotations.NullMarked;
