package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.store.sql.Session;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few connections that read snapshots, opened when they are first needed. */
final class Readers implements AutoCloseable {
  private static final int MOST = 4;

  private final Path dir;
  private final Function<Path, Session> opening;
  private final Semaphore free = new Semaphore(MOST);
  private final BlockingQueue<Session> idle = new ArrayBlockingQueue<>(MOST);
  private volatile boolean closed;

  /**
   * Connections to a store.
   *
   * @param opening opens one to the store in a folder
   */
  Readers(Path dir, Function<Path, Session> opening) {
    this.dir = dir;
    this.opening = opening;
  }

  <T> T read(Query<T> query) {
    free.acquireUninterruptibly();
    if (closed) {
      free.release();
      throw new StoreUnavailable(Reason.CLOSED, "the store in " + dir + " is closed");
    }
    @Nullable Session session = idle.poll();
    try {
      if (session == null) {
        session = opening.apply(dir);
      }
      session.command("BEGIN");
      try {
        return query.in(new Snapshot(session));
      } finally {
        session.command("COMMIT");
      }
    } finally {
      if (session != null) {
        idle.add(session);
      }
      free.release();
    }
  }

  @Override
  public void close() {
    free.acquireUninterruptibly(MOST);
    closed = true;
    free.release(MOST);
    for (Session session = idle.poll(); session != null; session = idle.poll()) {
      session.close();
    }
  }
}
