/**
 * The redo log: what a batch changed, on the disk before anybody is answered, so that the database
 * itself need not be.
 *
 * <p>A commit of SQLite writes every page that a batch has touched and makes a growing file
 * durable. Here the batch is written as the statements that made it, a tenth of that, over a file
 * that was there before, which is what a disk does fastest. The database is written at the same
 * time, for readers, and is durable a little later; what a loss of power takes from its end is done
 * again from here when the store is opened. Physiological logging as in ARIES (Mohan et al., 1992)
 * would log pages; statements with their arguments are smaller, and as exact, since no statement of
 * this store asks for the time or for chance.
 *
 * <p>{@link dev.bylaw.store.redo.Statements} gathers, {@link dev.bylaw.store.redo.RedoLog} writes
 * and reads. Threads, answers and the database are the store's.
 *
 * <h2>The file</h2>
 *
 * Two segments of the same length, written in turns. A record is {@code magic, epoch, number,
 * forced, length, CRC-32C} and its bytes: the texts of the statements that the segment does not
 * hold yet, and then, for each statement, the number of its text and its arguments. Numbers count
 * up by one; a segment ends where the next number is not found. {@code forced} is the last number
 * that was durable when the record was written: a record that is missing although one behind it
 * says that it was durable, and so answered, is damage, and the store is not opened without it; any
 * other was cut off before anybody was answered. The epoch is drawn when the store is opened and
 * kept in the database, so that no record of an earlier life is taken for one of this. A segment is
 * written over only once the database holds all of it for good.
 */
@NullMarked
package dev.bylaw.store.redo;

import org.jspecify.annotations.NullMarked;
