package dev.bylaw.actions.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a running statement when its time is over or its caller is interrupted.
 *
 * <p>JDBC's own time-out does not do it: SQLite's driver takes it for the time to wait for a lock.
 * A cancellation that comes before the statement runs is lost, so it is repeated until the
 * statement is done.
 */
final class Watch implements AutoCloseable {
  private static final long EVERY_MILLIS = 20;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Statement statement;
  private final Thread caller = Thread.currentThread();
  private final long deadline;
  private volatile boolean late;

  private Watch(Statement statement, Duration timeout) {
    this.statement = statement;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Watches a statement of this thread until closed; close it before the statement. */
  static Watch over(Statement statement, Duration timeout) {
    var watch = new Watch(statement, timeout);
    Thread.ofVirtual().name("bylaw-sql-watch").start(watch::watch);
    return watch;
  }

  /** Whether the time was over before it was done. */
  boolean late() {
    return late || System.nanoTime() - deadline > 0;
  }

  private void watch() {
    try {
      while (!done.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        boolean over = System.nanoTime() - deadline > 0;
        if (over || caller.isInterrupted()) {
          late |= over;
          cancel();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void cancel() {
    if (done.getCount() > 0) {
      try {
        statement.cancel();
      } catch (SQLException _) {
        // It is tried again.
      }
    }
  }

  /** Stops; afterwards the statement is not touched any more. */
  @Override
  public synchronized void close() {
    done.countDown();
  }
}
