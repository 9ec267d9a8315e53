package dev.bylaw.store;

import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.SqlFailure;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Makes the database itself durable, and carries what was committed from its write-ahead log into
 * the main file, beside the writer and not in its way.
 *
 * <p>Copying thousands of pages takes longer than many commits, and the writer would stand still.
 * It is done here on a connection of its own while the writer goes on; what came in the meantime is
 * little, and that little the writer carries over itself between two batches, after which the log
 * starts anew. Without that last step a log that is always written to would never end.
 */
final class Checkpointer implements Runnable, AutoCloseable {
  /** How many pages of the log make it worth while. */
  private static final long WORTHWHILE = 2_000;

  /** How many commits there are between two looks. */
  private static final int COMMITS = 16;

  private static final String CARRY = "PRAGMA wal_checkpoint(PASSIVE)";
  private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";

  private final Session session;
  private final Writer writer;
  private final Flusher flusher;
  private final Semaphore due = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("bylaw-store-checkpoint").unstarted(this);
  private int commits;
  private volatile boolean closed;

  Checkpointer(Session session, Writer writer, Flusher flusher) {
    this.session = session;
    this.writer = writer;
    this.flusher = flusher;
    thread.setDaemon(true);
  }

  void start(Consumer<Thread> starting) {
    starting.accept(thread);
  }

  /** The writer committed; called on its thread. */
  void committed() {
    if (++commits >= COMMITS) {
      commits = 0;
      due();
    }
  }

  /** There is something to do; on any thread. */
  void due() {
    if (due.availablePermits() == 0) {
      due.release();
    }
  }

  @Override
  public void run() {
    try {
      while (true) {
        due.acquire();
        if (closed) {
          return;
        }
        if (flusher.wantsCarrying()) {
          flusher.carry();
        }
        long pages = session.first(LOOK, row -> row.getLong(2)).orElse(0L);
        if (pages >= WORTHWHILE) {
          session.first(CARRY, row -> row.getLong(1));
          writer.alone(tx -> tx.session().first(CARRY, row -> row.getLong(1)).orElse(0L)).join();
        }
      }
    } catch (SqlFailure e) {
      tell(e);
    } catch (IOException e) {
      writer.diskFailed(e);
    } catch (RuntimeException e) {
      // The writer has stopped.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The disk failed: the writer stops, and tells everybody once. */
  private void tell(SqlFailure failure) {
    try {
      writer
          .alone(tx -> {
            throw failure;
          })
          .join();
    } catch (CompletionException e) {
      // It has stopped.
    }
  }

  @Override
  public void close() {
    closed = true;
    due.release();
    Joining.untilEnded(thread);
    session.close();
  }
}
