package dev.bylaw.store;

import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.store.ledger.UsageView;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.Sealed;
import dev.bylaw.store.metrics.Latencies;
import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.SqlFailure;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store. See the package.
 *
 * <p>Thread-safe. Close it; what was answered is safe even if nobody does.
 */
public final class Store implements AutoCloseable {
  /** How long a decision that is only tried waits for a long work of the writer. */
  private static final long MOST_PATIENCE_MILLIS = 250;

  private final StoreOptions options;
  private final StoreLock lock;
  private final Session writing;
  private final Writer writer;
  private final Thread thread;
  private final Flusher flusher;
  private final Checkpointer checkpointer;
  private final Readers readers;
  private final Latencies latencies;
  private final CapUsage usage;
  private final CapUsage guess;
  private final AuditTrail audit;
  private boolean closed;

  private Store(StoreOptions options, StoreLock lock, Opening opening) {
    this.options = options;
    this.lock = lock;
    this.writing = opening.session();
    this.latencies = new Latencies();
    var chains =
        new Chains(writing, opening.writer(), options.masking(), opening.key(), options.clock());
    var transaction = new Transaction(writing, options, latencies, chains);
    this.flusher = opening.flusher();
    this.writer =
        new Writer(writing, transaction, options.dir().toString(), flusher, opening.applied());
    this.checkpointer = new Checkpointer(Opening.carrier(options.dir()), writer, flusher);
    writer.afterCommit(checkpointer::committed);
    this.readers = new Readers(options.dir());
    var view =
        new UsageView(
            transaction.ledger(),
            (counter, window, at) ->
                readSoon(snapshot -> snapshot.ledger().usage(counter, window, at).used()),
            (counter, window, at) ->
                write(tx -> tx.ledger(counter.identity()).used(counter, window, at)));
    this.usage =
        (counter, window, at) -> {
          writer.required();
          return view.used(counter, window, at);
        };
    this.guess = view::guess;
    this.audit = new AuditTrail(this, opening.key());
    this.thread = Thread.ofPlatform().name("bylaw-store-writer").daemon().unstarted(writer);
  }

  /**
   * Opens a store, and makes it if the folder holds none.
   *
   * @throws StoreUnavailable if it cannot be used; the message is one sentence
   */
  public static Store open(StoreOptions options) {
    return open(options, Thread::start);
  }

  /**
   * The same; a store whose threads cannot all be started leaves nothing open behind.
   *
   * @param starting starts a thread
   */
  static Store open(StoreOptions options, Consumer<Thread> starting) {
    StoreLock lock = Opening.lock(options.dir());
    @Nullable Opening opening = null;
    @Nullable Store store = null;
    boolean opened = false;
    try {
      opening = Opening.open(options);
      store = new Store(options, lock, opening);
      store.start(starting);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        if (store != null) {
          store.giveUp();
        } else {
          if (opening != null) {
            opening.close();
          }
          lock.close();
        }
      }
    }
  }

  private void start(Consumer<Thread> starting) {
    starting.accept(thread);
    checkpointer.start(starting);
    flusher.start(
        starting,
        new Flusher.Watch() {
          @Override
          public void behind() {
            checkpointer.due();
          }

          @Override
          public void wantCommit() {
            writer.wantCommit();
          }

          @Override
          public void failed(Throwable cause) {
            writer.diskFailed(cause);
          }
        });
  }

  /**
   * Runs a work in the next batch.
   *
   * @return completes when it is on the disk; fails with what the work threw, or with {@link
   *     StoreUnavailable}. What is attached to it without an executor runs on the thread that
   *     answers everybody: keep it short
   */
  public <T> CompletableFuture<T> write(Work<T> work) {
    return writer.submit(work);
  }

  /**
   * {@link #write} and waits.
   *
   * @throws StoreUnavailable if the store cannot be used
   * @throws RuntimeException what the work threw; a checked exception as the cause of a {@link
   *     CompletionException}
   */
  public <T> T transact(Work<T> work) {
    return wait(write(work));
  }

  /**
   * Asks the store as it is on the disk; it sees all that was answered before.
   *
   * <p>Waits for the writer only where that has not committed yet what was answered, and for the
   * disk where what it sees is on its way there: nobody is told what a loss of power could take
   * back.
   *
   * @throws StoreUnavailable if the store cannot be used
   */
  public <T> T read(Query<T> query) {
    if (!flusher.awaitAnswered(0)) {
      writer.required();
    }
    T answer = readAsCommitted(query);
    if (!flusher.awaitDurable()) {
      writer.required();
    }
    return answer;
  }

  /** What was answered a moment ago may be missing where the writer is at a long work. */
  private <T> T readSoon(Query<T> query) {
    flusher.awaitAnswered(MOST_PATIENCE_MILLIS);
    return readAsCommitted(query);
  }

  private <T> T readAsCommitted(Query<T> query) {
    try {
      return readers.read(query);
    } catch (SqlFailure e) {
      throw writer.fatal(e) ? writer.reason(e) : e;
    }
  }

  /**
   * Usage of caps for decisions that are only tried: from memory as a rule, else as it was last
   * committed. Never waits for a long work of the writer, and fails with {@link StoreUnavailable}
   * as a work would.
   */
  public CapUsage usage() {
    return usage;
  }

  /**
   * What caps will most likely hold when a decision is made a moment later: for what is prepared
   * ahead of that. Waits for nobody.
   */
  public CapUsage guess() {
    return guess;
  }

  /** Gathers how long evaluations take. */
  public Latencies latencies() {
    return latencies;
  }

  /** Masks, writes and commits to a record of the logs ahead of its transaction. */
  public Sealed seal(Draft draft) {
    return Sealed.of(draft, options.masking());
  }

  /** A record that was sealed, with other values of fields that it has. */
  public Sealed seal(Sealed before, ObjectValue changed) {
    return before.with(changed, options.masking());
  }

  /** Checkpoints, verification, export, erasure and retention of the logs. */
  public AuditTrail audit() {
    return audit;
  }

  StoreOptions options() {
    return options;
  }

  /** Runs something outside of any transaction, between two batches, and waits. */
  <T> T alone(Work<T> work) {
    return wait(writer.alone(work));
  }

  /** Overwrites the redo log; on the writer's thread, alone, when the database is durable. */
  void wipeRedo() {
    try {
      flusher.wipe();
    } catch (IOException e) {
      writer.diskFailed(e);
      throw writer.reason(e);
    }
  }

  private <T> T wait(CompletableFuture<T> future) {
    if (thread.equals(Thread.currentThread()) || flusher.isCurrentThread()) {
      throw new IllegalStateException("the writer cannot wait for itself");
    }
    try {
      return future.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /** Lets everything that waits be done, writes down what is gathered, and closes the files. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      transact(tx -> {
        tx.counting().writeLatencies();
        return true;
      });
      writer.stop().join();
    } catch (StoreUnavailable | CompletionException e) {
      // It had stopped already, and everybody was told why.
    }
    closeFiles();
  }

  /** Closes a store that nobody was given; not all of its threads need have been started. */
  private void giveUp() {
    if (thread.isAlive()) {
      writer.stop().join();
    }
    closeFiles();
  }

  private void closeFiles() {
    try {
      Joining.untilEnded(thread);
      checkpointer.close();
      flusher.close();
      readers.close();
      writing.close();
    } finally {
      lock.close();
    }
  }
}
