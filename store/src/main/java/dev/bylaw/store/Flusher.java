package dev.bylaw.store;

import dev.bylaw.store.redo.RedoLog;
import dev.bylaw.store.redo.Statements.Batch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to the disk, and answers who waits for them.
 *
 * <p>The writer hands a batch over and goes on. Here the batch is written to the redo log, made
 * durable and answered, after all before it. The database is committed by the writer when it has
 * time, and made durable now and then, so that the redo log can be written over; whoever reads
 * waits for the one or the other where what he is to see is behind.
 */
final class Flusher implements Runnable, RedoLog.Base, AutoCloseable {
  /** Is told what became of a batch, on this thread. */
  @FunctionalInterface
  interface Answer {
    /**
     * The end of a batch.
     *
     * @param durable false if it may or may not be there when the store is opened again
     */
    void ended(boolean durable);
  }

  /** Whom to tell what happens here; each is called on this thread, and is quick. */
  interface Watch {
    /** The database should be made durable beside this. */
    void behind();

    /** Somebody waits for what was handed over to be committed. */
    void wantCommit();

    /** The disk failed, and nothing more is done. */
    void failed(Throwable cause);
  }

  /**
   * What was handed over.
   *
   * @param turn counts up by one from batch to batch, whether they change anything or not
   * @param changes what is written; null where nothing changed
   * @param answer who waits
   */
  private record Entry(long turn, @Nullable Batch changes, Answer answer) {}

  private static final Entry END = new Entry(-1, null, _ -> {});

  private final Path wal;
  private final RedoLog log;
  private final Thread thread = Thread.ofPlatform().name("bylaw-store-disk").unstarted(this);
  private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();

  /** The batch up to which the database is durable by itself. */
  private final AtomicLong durable;

  private volatile long committed;
  private volatile long committedTurn;
  private volatile long visibleTurn;
  private volatile long durableTurn;
  private volatile long wanted;
  private volatile boolean aborted;
  private volatile boolean failed;

  private @Nullable Watch watch;

  /** Guards the waiting for the numbers above. */
  private final Object progress = new Object();

  private int waiting;

  /**
   * Opens the redo log.
   *
   * @param redo its file
   * @param wal SQLite's own log
   * @param epoch of this opening
   * @param applied the number of the last batch before
   * @throws IOException if the redo log cannot be made
   */
  Flusher(Path redo, Path wal, long epoch, long applied) throws IOException {
    this.wal = wal;
    this.committed = applied;
    this.durable = new AtomicLong(applied);
    this.log = RedoLog.open(redo, epoch, this);
    thread.setDaemon(true);
  }

  /** Starts; once. */
  void start(Consumer<Thread> starting, Watch told) {
    watch = told;
    starting.accept(thread);
  }

  /** Hands a batch over; by the writer. */
  void begin(long turn, @Nullable Batch changes, Answer answer) {
    queue.add(new Entry(turn, changes, answer));
    if (failed) {
      failQueue();
    }
  }

  /** All up to a turn is about to be committed: from here on readers may see it; by the writer. */
  void committing(long uptoTurn) {
    visibleTurn = uptoTurn;
  }

  /** All up to a turn is committed; by the writer. */
  void committed(long uptoTurn, long number) {
    synchronized (progress) {
      committed = number;
      committedTurn = uptoTurn;
      if (waiting > 0) {
        progress.notifyAll();
      }
    }
  }

  /** The writer cannot commit any more. */
  void abort() {
    synchronized (progress) {
      aborted = true;
      progress.notifyAll();
    }
  }

  /** Whether this is the thread that answers. */
  boolean isCurrentThread() {
    return thread.equals(Thread.currentThread());
  }

  /**
   * Waits until all that was answered before can be read.
   *
   * @param mostMillis for how long at the most; 0 for as long as it takes
   * @return false if it cannot, or not yet
   */
  boolean awaitAnswered(long mostMillis) {
    long answered = durableTurn;
    if (committedTurn < answered) {
      watch().wantCommit();
      return await(() -> committedTurn >= answered, mostMillis);
    }
    return true;
  }

  /**
   * Waits until all that can be read now is durable, so that nobody is told what may be lost.
   *
   * @return false if it cannot become so any more
   */
  boolean awaitDurable() {
    // Not what is known to be committed: a snapshot may hold it before the writer has said so.
    long seen = visibleTurn;
    return durableTurn >= seen || isCurrentThread() || await(() -> durableTurn >= seen, 0);
  }

  private boolean await(BooleanSupplier reached, long mostMillis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
    boolean interrupted = false;
    synchronized (progress) {
      waiting++;
      while (!reached.getAsBoolean() && !failed && !aborted) {
        long left = mostMillis == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left < 0 || (left == 0 && mostMillis > 0)) {
          break;
        }
        try {
          progress.wait(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      waiting--;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return reached.getAsBoolean();
  }

  /** Whether {@link #carry} would free a part of the redo log. */
  boolean wantsCarrying() {
    return wanted > durable.get() && committed >= wanted;
  }

  /**
   * Makes the database durable as it is committed; on any thread.
   *
   * @throws IOException if the disk fails
   */
  void carry() throws IOException {
    long upTo = committed;
    if (Files.exists(wal)) {
      try (var channel = FileChannel.open(wal, StandardOpenOption.WRITE)) {
        channel.force(false);
      }
    }
    durable.accumulateAndGet(upTo, Math::max);
  }

  /**
   * Overwrites the redo log. By the writer, between two batches, when the database is durable.
   *
   * @throws IOException if the disk fails
   */
  void wipe() throws IOException {
    if (awaitDurable()) {
      durable.accumulateAndGet(committed, Math::max);
      log.wipe();
      wanted = 0;
    }
  }

  @Override
  public long durable() {
    return durable.get();
  }

  @Override
  public void makeDurable(long number) throws IOException {
    if (committed < number) {
      watch().wantCommit();
      if (!await(() -> committed >= number, 0)) {
        throw new IOException("batch " + number + " could not be committed");
      }
    }
    carry();
  }

  @Override
  public void run() {
    List<Entry> taken = new ArrayList<>();
    try {
      boolean ended = false;
      while (!ended) {
        taken.clear();
        taken.add(queue.take());
        queue.drainTo(taken);
        ended = taken.remove(END);
        if (!taken.isEmpty()) {
          flush(taken);
        }
      }
    } catch (Throwable e) {
      fail(e, taken);
    }
  }

  private void flush(List<Entry> entries) throws IOException {
    boolean changed = false;
    for (Entry entry : entries) {
      if (entry.changes() != null) {
        log.append(entry.changes());
        changed = true;
      }
    }
    if (changed) {
      log.force();
      wanted = log.wanted();
      if (wantsCarrying()) {
        watch().behind();
      }
    }
    synchronized (progress) {
      durableTurn = entries.getLast().turn();
      if (waiting > 0) {
        progress.notifyAll();
      }
    }
    for (Entry entry : entries) {
      entry.answer().ended(true);
    }
  }

  private void fail(Throwable cause, List<Entry> taken) {
    failed = true;
    watch().failed(cause);
    for (Entry entry : taken) {
      entry.answer().ended(false);
    }
    failQueue();
    synchronized (progress) {
      progress.notifyAll();
    }
  }

  private Watch watch() {
    return Objects.requireNonNull(watch);
  }

  private void failQueue() {
    for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
      entry.answer().ended(false);
    }
  }

  /** Lets all that was handed over end, and closes the redo log; by the writer. */
  @Override
  public void close() {
    queue.add(END);
    Joining.untilEnded(thread);
    try {
      log.close();
    } catch (IOException e) {
      // What was answered is on the disk.
    }
  }
}
