/**
 * Reading and changing databases over JDBC, so that reading cannot change anything.
 *
 * <p>A statement is proven twice. {@link dev.bylaw.actions.sql.SqlGuard} reads it with a tokenizer
 * of our own for each {@link dev.bylaw.actions.sql.Dialect}, writes it anew from its tokens (so
 * that what was proven is what runs: no comments, no quoting that two readers see differently), has
 * it parsed by a real SQL parser, and compares what both saw. The connection is the second proof:
 * {@link dev.bylaw.actions.sql.Database} opens one for reading that refuses to write whatever it is
 * given, SQLite read-only and PostgreSQL in a read-only transaction that is never committed.
 *
 * <p>Anything the guard cannot prove is refused with a way out; a bind is the way out of most. The
 * functions a statement may call are a list; add to it what cannot change, wait, read files or fill
 * the memory.
 *
 * <p>Only this package opens users' databases. It never decides who may: the credential comes with
 * the call.
 */
@NullMarked
package dev.bylaw.actions.sql;

import org.jspecify.annotations.NullMarked;
