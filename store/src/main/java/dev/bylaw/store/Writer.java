package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that changes the store. What waits is run as one batch, each work inside its own
 * savepoint, and committed; only then does anybody get an answer.
 *
 * <p>While a batch is on its way to the disk the next one gathers by itself. Callers who come back
 * at once with their next work would find the batch just begun without them, so the writer waits
 * for as many as there seem to be, but never longer than a part of what a commit takes.
 */
final class Writer implements Runnable {
  private static final int MOST_AT_ONCE = 1_024;

  /**
   * How long a batch gathers while more is waiting. A commit writes each page that the batch has
   * touched once, so that a longer batch costs less for each work.
   */
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long MOST_PATIENCE = TimeUnit.MICROSECONDS.toNanos(500);

  /** SQLite's codes after which nothing can be promised: the disk, the file or memory failed. */
  private static final Set<Integer> FATAL = Set.of(7, 8, 10, 11, 13, 14, 26);

  private static final int FULL = 13;
  private static final int DAMAGED = 11;

  /** A work and who waits for it. */
  private static final class Task<T> {
    final Work<T> work;
    final boolean alone;
    final CompletableFuture<T> future = new CompletableFuture<>();
    @Nullable T answer;
    @Nullable Throwable failure;

    Task(Work<T> work, boolean alone) {
      this.work = work;
      this.alone = alone;
    }

    void run(Transaction transaction) throws Exception {
      answer = work.in(transaction);
    }

    @SuppressWarnings("NullAway") // a work may answer null if its type says so
    void complete() {
      if (failure != null) {
        future.completeExceptionally(failure);
      } else {
        future.complete(answer);
      }
    }
  }

  private final Session session;
  private final Transaction transaction;
  private final String place;
  private Runnable afterCommit = () -> {};
  private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final Task<Boolean> stop = new Task<>(_ -> true, true);
  private volatile @Nullable StoreUnavailable unavailable;
  private int expected = 1;
  private long commitNanos;

  Writer(Session session, Transaction transaction, String place) {
    this.session = session;
    this.transaction = transaction;
    this.place = place;
  }

  /** What is called on the writer's thread after each commit; before the thread is started. */
  void afterCommit(Runnable action) {
    afterCommit = action;
  }

  <T> CompletableFuture<T> submit(Work<T> work) {
    return enqueue(new Task<>(work, false));
  }

  /** Runs something outside of any transaction, between two batches. */
  <T> CompletableFuture<T> alone(Work<T> work) {
    return enqueue(new Task<>(work, true));
  }

  /** Fails if the writer has stopped: what memory holds may never have reached the disk. */
  void required() {
    StoreUnavailable reason = unavailable;
    if (reason != null) {
      throw again(reason);
    }
  }

  /** Lets everything that waits be done, and ends. */
  CompletableFuture<Boolean> stop() {
    return enqueue(stop);
  }

  private <T> CompletableFuture<T> enqueue(Task<T> task) {
    if (unavailable == null) {
      queue.add(task);
    }
    StoreUnavailable reason = unavailable;
    if (reason != null) {
      task.future.completeExceptionally(again(reason));
    }
    return task.future;
  }

  @Override
  public void run() {
    List<Task<?>> batch = new ArrayList<>();
    try {
      Task<?> next = queue.take();
      while (next != stop) {
        Task<?> alone = next.alone ? next : batch(next, batch);
        batch.clear();
        if (alone != null && alone != stop) {
          alone(alone);
        }
        next = alone == stop ? stop : queue.take();
      }
      end(new StoreUnavailable(Reason.CLOSED, "the store in " + place + " is closed"), batch);
      stop.future.complete(true);
    } catch (Throwable e) {
      end(reason(e), batch);
    }
  }

  /** Runs and commits a batch; answers a task that ended it because it runs alone. */
  private @Nullable Task<?> batch(Task<?> first, List<Task<?>> batch) throws InterruptedException {
    long began = System.nanoTime();
    session.command("BEGIN IMMEDIATE");
    Task<?> next = first;
    Task<?> alone = null;
    long patience = Math.min(MOST_PATIENCE, commitNanos / 4);
    while (next != null) {
      if (next.alone) {
        alone = next;
        break;
      }
      batch.add(next);
      run(next);
      if (batch.size() == MOST_AT_ONCE || System.nanoTime() - began > MOST_NANOS) {
        break;
      }
      next = queue.poll();
      if (next == null && batch.size() < expected && patience > 0) {
        long waiting = System.nanoTime();
        next = queue.poll(patience, TimeUnit.NANOSECONDS);
        patience -= System.nanoTime() - waiting;
      }
    }
    session.prepareCommit();
    long committing = System.nanoTime();
    session.command("COMMIT");
    commitNanos = System.nanoTime() - committing;
    // Whoever gets an answer now may be back at once; whoever came meanwhile is here already.
    expected = batch.size() + queue.size();
    for (Task<?> task : batch) {
      task.complete();
    }
    afterCommit.run();
    return alone;
  }

  private void run(Task<?> task) {
    session.command("SAVEPOINT work");
    try {
      task.run(transaction);
      session.keep();
    } catch (Throwable e) {
      if (e instanceof SqlFailure failure && fatal(failure)) {
        throw failure;
      }
      task.failure = e;
      session.undo();
      session.command("ROLLBACK TO work");
    }
    session.command("RELEASE work");
  }

  private void alone(Task<?> task) {
    try {
      task.run(transaction);
    } catch (Throwable e) {
      if (e instanceof SqlFailure failure && fatal(failure)) {
        task.future.completeExceptionally(again(reason(e)));
        throw failure;
      }
      task.failure = e;
    }
    task.complete();
  }

  /** From here on nobody gets an answer but this. */
  private void end(StoreUnavailable reason, List<Task<?>> batch) {
    unavailable = reason;
    for (Task<?> task : batch) {
      task.future.completeExceptionally(again(reason));
    }
    Task<?> waiting = queue.poll();
    while (waiting != null) {
      waiting.future.completeExceptionally(again(reason));
      waiting = queue.poll();
    }
  }

  /** Each waiter gets an exception of its own: a shared one gathers everybody's suppressed ones. */
  private static StoreUnavailable again(StoreUnavailable reason) {
    return new StoreUnavailable(reason.reason(), String.valueOf(reason.getMessage()), reason);
  }

  /** Whether nothing can be promised any more. */
  boolean fatal(SqlFailure failure) {
    return FATAL.contains(failure.code());
  }

  StoreUnavailable reason(Throwable cause) {
    if (cause instanceof SqlFailure failure && failure.code() == FULL) {
      return new StoreUnavailable(
          Reason.DISK_FULL,
          "the disk of the store in "
              + place
              + " is full; free some space and start again, nothing that was promised is lost",
          cause);
    }
    if (cause instanceof SqlFailure failure && failure.code() == DAMAGED) {
      return new StoreUnavailable(
          Reason.CORRUPT, "the store in " + place + " is damaged; put back a copy of it", cause);
    }
    return new StoreUnavailable(
        Reason.DISK_FAILED,
        "the store in "
            + place
            + " could not be written ("
            + cause.getMessage()
            + "); start again once the disk is in order, nothing that was promised is lost",
        cause);
  }
}
