package dev.bylaw.store;

import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.Sealed;
import dev.bylaw.store.log.SigningKey;
import dev.bylaw.store.metrics.Latencies;
import dev.bylaw.value.ObjectValue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The embedded store. See the package.
 *
 * <p>Thread-safe. Close it; what was answered is safe even if nobody does.
 */
public abstract sealed class Store implements AutoCloseable permits LiveStore, LookedAtStore {
  private final StoreOptions options;
  private final Latencies latencies = new Latencies();
  private final AuditTrail audit;

  Store(StoreOptions options, SigningKey key) {
    this.options = options;
    this.audit = new AuditTrail(this, key);
  }

  /**
   * Opens a store, and makes it if the folder holds none.
   *
   * @throws StoreUnavailable if it cannot be used; the message is one sentence
   */
  public static Store open(StoreOptions options) {
    return LiveStore.open(options, Thread::start);
  }

  /**
   * Opens a store only to look at it: nothing in its folder changes, and where there is none, none
   * is made. Several processes can look at one at the same time, none while it is open to change.
   *
   * @throws StoreUnavailable if it cannot be used; the message is one sentence
   */
  public static Store look(StoreOptions options) {
    return LookedAtStore.at(options);
  }

  /**
   * Runs a work in the next batch.
   *
   * @return completes when it is on the disk; fails with what the work threw, or with {@link
   *     StoreUnavailable}. What is attached to it without an executor runs on the thread that
   *     answers everybody: keep it short
   */
  public abstract <T> CompletableFuture<T> write(Work<T> work);

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
   * @throws StoreUnavailable if the store cannot be used
   */
  public abstract <T> T read(Query<T> query);

  /**
   * Usage of caps for decisions that are only tried: from memory as a rule, else as it was last
   * committed. Never waits for a long work of the writer, and fails with {@link StoreUnavailable}
   * as a work would.
   */
  public abstract CapUsage usage();

  /**
   * What caps will most likely hold when a decision is made a moment later: for what is prepared
   * ahead of that. Waits for nobody.
   */
  public abstract CapUsage guess();

  /** Writes down what was gathered, if anything can be written. */
  public abstract void settle();

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
  abstract <T> T alone(Work<T> work);

  /** Overwrites the redo log; on the writer's thread, alone, when the database is durable. */
  abstract void wipeRedo();

  <T> T wait(CompletableFuture<T> future) {
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

  @Override
  public abstract void close();
}
