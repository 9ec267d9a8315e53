package dev.bylaw.store;

import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.store.ledger.UsageView;
import dev.bylaw.store.log.Chains;
import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.SqlFailure;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that is open to change it. */
final class LiveStore extends Store {
  /** How long a decision that is only tried waits for a long work of the writer. */
  private static final long MOST_PATIENCE_MILLIS = 250;

  private final StoreLock lock;
  private final Session writing;
  private final Writer writer;
  private final Thread thread;
  private final Flusher flusher;
  private final Checkpointer checkpointer;
  private final Readers readers;
  private final CapUsage usage;
  private final CapUsage guess;
  private boolean closed;

  private LiveStore(StoreOptions options, StoreLock lock, Opening opening) {
    super(options, opening.key());
    this.lock = lock;
    this.writing = opening.session();
    var chains =
        new Chains(writing, opening.writer(), options.masking(), opening.key(), options.clock());
    var transaction = new Transaction(writing, options, latencies(), chains);
    this.flusher = opening.flusher();
    this.writer =
        new Writer(writing, transaction, options.dir().toString(), flusher, opening.applied());
    this.checkpointer = new Checkpointer(Opening.carrier(options.dir()), writer, flusher);
    writer.afterCommit(checkpointer::committed);
    this.readers = new Readers(options.dir(), Opening::reader);
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
    this.thread = Thread.ofPlatform().name("bylaw-store-writer").daemon().unstarted(writer);
  }

  /**
   * Opens a store; one whose threads cannot all be started leaves nothing open behind.
   *
   * @param starting starts a thread
   */
  static Store open(StoreOptions options, Consumer<Thread> starting) {
    StoreLock lock = Opening.lock(options.dir());
    @Nullable Opening opening = null;
    @Nullable LiveStore store = null;
    boolean opened = false;
    try {
      opening = Opening.open(options);
      store = new LiveStore(options, lock, opening);
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

  @Override
  public <T> CompletableFuture<T> write(Work<T> work) {
    return writer.submit(work);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits for the writer only where that has not committed yet what was answered, and for the
   * disk where what it sees is on its way there: nobody is told what a loss of power could take
   * back.
   */
  @Override
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

  @Override
  public CapUsage usage() {
    return usage;
  }

  @Override
  public CapUsage guess() {
    return guess;
  }

  @Override
  <T> T alone(Work<T> work) {
    return wait(writer.alone(work));
  }

  @Override
  void wipeRedo() {
    try {
      flusher.wipe();
    } catch (IOException e) {
      writer.diskFailed(e);
      throw writer.reason(e);
    }
  }

  @Override
  <T> T wait(CompletableFuture<T> future) {
    if (thread.equals(Thread.currentThread()) || flusher.isCurrentThread()) {
      throw new IllegalStateException("the writer cannot wait for itself");
    }
    return super.wait(future);
  }

  /** Lets everything that waits be done, writes down what is gathered, and closes the files. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      settle();
      writer.stop().join();
    } catch (StoreUnavailable | CompletionException e) {
      // It had stopped already, and everybody was told why.
    }
    closeFiles();
  }

  @Override
  public void settle() {
    transact(tx -> {
      tx.counting().writeLatencies();
      return true;
    });
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
