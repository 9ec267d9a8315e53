package dev.bylaw.store;

import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.store.redo.Statements;
import dev.bylaw.store.redo.Statements.Batch;
import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.SqlFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that changes the store. What waits is run as one batch, each work by itself, and
 * handed over to the disk; only when it is durable does anybody get an answer.
 *
 * <p>What a batch only adds reaches the tables while it is on its way to the disk, and meanwhile
 * the next one gathers. Several batches are one transaction of the database, as the redo log makes
 * them durable without it: it is committed when there is nothing else to do, when a reader wants to
 * see it, and now and then. Each page that many batches touched is written once.
 */
final class Writer implements Runnable {
  private static final int MOST_AT_ONCE = 1_024;

  /** After so long a batch goes to the disk, however many wait. */
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** How long the database is left without a commit while there is more to do. */
  private static final long MOST_OPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How many works there are between two commits at the most: the pause of one stays short. */
  private static final int MOST_OPEN_TASKS = 256;

  /** How many changes of the tables may be left for later while there is more to do. */
  private static final int MOST_LEFT = 256;

  /** How long nobody has come when the database is committed. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** SQLite's codes after which nothing can be promised: the disk, the file or memory failed. */
  private static final Set<Integer> FATAL = Set.of(7, 8, 10, 11, 13, 14, 26);

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
  private final Statements statements = new Statements();
  private final Flusher flusher;
  private Runnable afterCommit = () -> {};
  private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final Task<Boolean> stop = new Task<>(_ -> true, true);

  /** Wakes the writer where it waits for more although nothing may come. */
  private final Task<Boolean> nudge = new Task<>(_ -> true, false);

  /** What was taken from the queue and not handed over; the writer's. */
  private final List<Task<?>> owed = new ArrayList<>();

  private volatile @Nullable StoreUnavailable unavailable;
  private volatile boolean commitWanted;
  private boolean open;
  private long openedAt;
  private int openTasks;
  private long turn;
  private long number;

  /**
   * @param place of the store, for people
   * @param applied the number of the last batch before
   */
  Writer(Session session, Transaction transaction, String place, Flusher flusher, long applied) {
    this.session = session;
    this.transaction = transaction;
    this.place = place;
    this.flusher = flusher;
    this.number = applied;
    session.record(statements);
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

  /** The redo log could not be written. */
  void diskFailed(Throwable cause) {
    end(reason(cause), List.of());
    queue.add(nudge);
  }

  /** Somebody waits to see what was answered; from any thread. */
  void wantCommit() {
    commitWanted = true;
    queue.add(nudge);
  }

  @Override
  public void run() {
    try {
      Task<?> next = taken(queue.take());
      while (next != stop && unavailable == null) {
        Task<?> alone = next == nudge || next.alone ? next : batch(next);
        if (alone != null && alone != stop && alone != nudge) {
          commit();
          alone(alone);
          owed.clear();
        }
        next = alone == stop ? stop : take();
      }
      commit();
      flusher.close();
      end(new StoreUnavailable(Reason.CLOSED, "the store in " + place + " is closed"), owed);
      stop.future.complete(true);
    } catch (Throwable e) {
      end(reason(e), owed);
      flusher.abort();
      flusher.close();
    }
  }

  /** The next task; before anybody is waited for, what was done is committed. */
  private Task<?> take() throws InterruptedException {
    if (commitWanted
        || openTasks >= MOST_OPEN_TASKS
        || System.nanoTime() - openedAt > MOST_OPEN_NANOS) {
      commit();
    }
    Task<?> next = open ? queue.poll(IDLE_NANOS, TimeUnit.NANOSECONDS) : queue.take();
    if (next == null) {
      commit();
      next = queue.take();
    }
    return taken(next);
  }

  /** Whoever gave a task that left the queue gets an answer, whatever happens to it here. */
  private Task<?> taken(Task<?> task) {
    if (task != stop && task != nudge) {
      owed.add(task);
    }
    return task;
  }

  private void begin() {
    if (!open) {
      session.command("BEGIN IMMEDIATE");
      open = true;
      openedAt = System.nanoTime();
    }
  }

  /** Commits the batches that were handed over, and none else: between two batches. */
  private void commit() {
    commitWanted = false;
    if (open) {
      Opening.applied(session, number);
      flusher.committing(turn);
      session.command("COMMIT");
      open = false;
      openTasks = 0;
      flusher.committed(turn, number);
      afterCommit.run();
    }
  }

  /** Runs a batch and hands it over; answers a task that ended it because it runs alone. */
  private @Nullable Task<?> batch(Task<?> first) {
    begin();
    long began = System.nanoTime();
    List<Task<?>> tasks = new ArrayList<>();
    Task<?> next = first;
    while (next != null && !next.alone) {
      if (next != nudge) {
        tasks.add(next);
        run(next);
      }
      boolean full = tasks.size() >= MOST_AT_ONCE || System.nanoTime() - began > MOST_NANOS;
      next = full || commitWanted ? null : queue.poll();
      if (next != null && !next.alone) {
        var _ = taken(next);
      }
    }
    session.endBatch();
    turn++;
    openTasks += tasks.size();
    owed.clear();
    Task<?> alone = next != null && next.alone ? taken(next) : null;
    flusher.begin(turn, changes(), durable -> ended(tasks, durable));
    // While the disk is at it, and as long as nobody comes or too much is left.
    session.catchUp(left -> left > MOST_LEFT || queue.isEmpty());
    return alone;
  }

  /** What the batch changed. */
  private @Nullable Batch changes() {
    if (statements.isEmpty()) {
      return null;
    }
    number++;
    return statements.take(number);
  }

  private void ended(List<Task<?>> tasks, boolean durable) {
    StoreUnavailable reason = unavailable;
    for (Task<?> task : tasks) {
      if (durable) {
        task.complete();
      } else {
        task.future.completeExceptionally(
            again(reason == null ? reason(new IllegalStateException("not committed")) : reason));
      }
    }
  }

  private void run(Task<?> task) {
    int mark = statements.mark();
    session.begin();
    try {
      task.run(transaction);
      session.keep();
    } catch (Throwable e) {
      if (e instanceof SqlFailure failure && fatal(failure)) {
        throw failure;
      }
      task.failure = e;
      statements.undo(mark);
      session.undo();
    }
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
  private synchronized void end(StoreUnavailable with, List<Task<?>> batch) {
    @Nullable StoreUnavailable before = unavailable;
    StoreUnavailable reason = before == null ? with : before;
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
    return FATAL.contains(failure.code()) || session.broken();
  }

  StoreUnavailable reason(Throwable cause) {
    return Trouble.of(Path.of(place), cause);
  }
}
