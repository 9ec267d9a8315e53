package dev.bylaw.store;

import dev.bylaw.store.erasure.Erased;
import dev.bylaw.store.erasure.Eraser;
import dev.bylaw.store.erasure.Erasure;
import dev.bylaw.store.erasure.Retained;
import dev.bylaw.store.erasure.Retention;
import dev.bylaw.store.log.Checkpoint;
import dev.bylaw.store.log.LogFile;
import dev.bylaw.store.log.SigningKey;
import dev.bylaw.store.log.StoreVerifier;
import dev.bylaw.store.log.Verification;
import dev.bylaw.store.sql.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Checkpoints, verification, export, erasure and retention of the logs. */
public final class AuditTrail {
  private static final int ATTEMPTS = 250;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Store store;
  private final SigningKey key;

  AuditTrail(Store store, SigningKey key) {
    this.store = store;
    this.key = key;
  }

  /** Signs how far the logs have come. Keep it outside the store. */
  public Checkpoint checkpoint() {
    return store.transact(tx -> tx.chains().checkpoint());
  }

  /** The public half of the key that signs, base 64. */
  public String publicKey() {
    return key.publicText();
  }

  /**
   * Verifies all logs against the checkpoints in the store and against one that was kept elsewhere.
   */
  public Verification verify(Optional<Checkpoint> keptElsewhere) {
    return store.read(
        snapshot -> StoreVerifier.verify(snapshot.logs(), key.publicKey(), keptElsewhere));
  }

  /**
   * Signs a checkpoint and writes an identity's logs to a file; see {@link LogFile}.
   *
   * @return the checkpoint, which is best kept apart from the file
   * @throws IOException if the file cannot be written
   */
  public Checkpoint export(String identity, Path file) throws IOException {
    Checkpoint checkpoint = checkpoint();
    write(identity, file);
    return checkpoint;
  }

  /**
   * Writes an identity's logs to a file with the checkpoints that there are, and changes nothing.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(String identity, Path file) throws IOException {
    boolean written = false;
    try (Writer out = Files.newBufferedWriter(file)) {
      store.read(snapshot -> {
        LogFile.write(
            snapshot.logs(),
            identity,
            key.publicKey(),
            Instant.ofEpochMilli(store.options().clock().millis()),
            out);
        return true;
      });
      out.flush();
      written = true;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      if (!written) {
        Files.deleteIfExists(file); // half of the logs would look like all of them
      }
    }
  }

  /**
   * Erases what is known of a person, of a run, or one record, and leaves tombstones.
   *
   * <p>What was written before it was asked for is found beside the writer and erased in several
   * transactions. If the process ends in between, the logs hold and a part is erased: ask again.
   *
   * @param by who asked for it
   * @param reason why; must not name the person
   * @throws IllegalStateException if the run has not ended
   */
  public Erased erase(Erasure what, String by, String reason) {
    var eraser = new Eraser(what, by, reason);
    List<Long> places =
        store.read(snapshot -> {
          eraser.require(snapshot.session());
          return eraser.records(snapshot.logs(), 0);
        });
    int records = 0;
    while (!places.isEmpty()) {
      List<Long> page = places;
      records += store.transact(tx -> eraser.erase(tx.chains(), page));
      places = store.read(snapshot -> eraser.records(snapshot.logs(), page.getLast()));
    }
    int inLogs = records;
    Eraser.Others others = store.read(snapshot -> eraser.others(snapshot.session()));
    Erased erased =
        store.transact(tx -> {
          tx.decisions().forgetMemory();
          return eraser.erase(tx.session(), tx.ledger(), inLogs, others);
        });
    return erased.withWalCleared(clearWal());
  }

  /**
   * Drops what an identity holds from before an instant; its logs start from signed roots, which a
   * new checkpoint covers.
   *
   * <p>It is dropped in several transactions. If the process ends in between, the logs hold and a
   * part is dropped: ask again.
   */
  public Retained retain(String identity, Instant before) {
    if (before.isAfter(store.<Instant>transact(Transaction::now))) {
      throw new IllegalArgumentException("retention up to the future: " + before);
    }
    var retention = new Retention(identity, before);
    int records = pages(tx -> retention.records(tx.chains()));
    int runs = pages(tx -> retention.runs(tx.session()));
    int approvals = pages(tx -> retention.approvals(tx.session()));
    pages(tx -> {
      tx.decisions().forgetMemory();
      return retention.decisions(tx.session());
    });
    pages(tx -> retention.charges(tx.session(), tx.ledger(), tx.now()));
    checkpoint();
    return new Retained(records, runs, approvals, clearWal());
  }

  /** Does a page in each transaction until there is none left; how much that was. */
  private int pages(Work<Integer> page) {
    int all = 0;
    for (int done = store.transact(page); done > 0; done = store.transact(page)) {
      all += done;
    }
    return all;
  }

  /**
   * Brings everything into the main file, whose deleted parts are overwritten, cuts SQLite's log
   * and overwrites the redo log. Whoever still reads from the log is waited for here; the writer
   * goes on meanwhile.
   */
  private boolean clearWal() {
    carry();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (store.alone(tx -> cut(tx.session()))) {
        return true;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  /** Carries what there is over beside the writer, who then has only the last of it to do. */
  private void carry() {
    try (Session beside = Opening.carrier(store.options().dir())) {
      beside.first("PRAGMA wal_checkpoint(PASSIVE)", row -> row.getInt(1));
    }
  }

  /** Cuts the logs; false at once if somebody reads from SQLite's. */
  private boolean cut(Session session) {
    session.execute("PRAGMA busy_timeout = 0");
    try {
      boolean cut =
          session.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1) == 0).orElse(false);
      if (cut) {
        store.wipeRedo();
      }
      return cut;
    } finally {
      session.execute("PRAGMA busy_timeout = " + Opening.BUSY_MILLIS);
    }
  }
}
