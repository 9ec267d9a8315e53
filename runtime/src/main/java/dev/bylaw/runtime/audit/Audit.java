package dev.bylaw.runtime.audit;

import dev.bylaw.runtime.BylawException;
import dev.bylaw.store.Store;
import dev.bylaw.store.Trouble;
import dev.bylaw.store.erasure.Erased;
import dev.bylaw.store.erasure.Erasure;
import dev.bylaw.store.erasure.Retained;
import dev.bylaw.store.log.Checkpoint;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.LogRecord;
import dev.bylaw.store.log.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The policy log and the playbook log of an identity. Thread-safe. */
public final class Audit {
  private final String identity;
  private final Store store;

  public Audit(String identity, Store store) {
    this.identity = identity;
    this.store = store;
  }

  /** The newest records of a log, oldest of them first. */
  public List<LogRecord> latest(LogName log, int most) {
    return store.read(snapshot -> snapshot.logs().latest(identity, log, most)).reversed();
  }

  /** The records of a run in both logs, oldest first. */
  public List<LogRecord> ofRun(String run) {
    return store.read(snapshot -> snapshot.logs().ofRun(identity, run));
  }

  /** The records of a decision, oldest first. */
  public List<LogRecord> ofDecision(String decision) {
    return store.read(snapshot -> snapshot.logs().ofDecision(identity, decision));
  }

  /** Signs how far the logs have come; what is kept elsewhere finds a log that was cut. */
  public Checkpoint checkpoint() {
    return store.audit().checkpoint();
  }

  /** Verifies the logs, also against a checkpoint that was kept elsewhere. */
  public Verification verify(Optional<Checkpoint> keptElsewhere) {
    return store.audit().verify(keptElsewhere);
  }

  /** The public half of the key that signs, in base 64. */
  public String publicKey() {
    return store.audit().publicKey();
  }

  /**
   * Writes the logs to a file that can be verified without the store; changes nothing. What was
   * written since the last checkpoint is in it, and is signed by none.
   *
   * @throws BylawException if the file cannot be written
   */
  public void export(Path file) {
    try {
      store.audit().write(identity, file);
    } catch (IOException e) {
      throw new BylawException("the logs cannot be written to " + file + ": " + Trouble.reason(e));
    }
  }

  /**
   * Erases payloads and leaves tombstones.
   *
   * @param what a subject, a run or a record of this identity
   * @param by who asks for it
   * @param reason why; must not name the person
   */
  public Erased erase(Erasure what, String by, String reason) {
    if (!what.identity().equals(identity)) {
      throw new IllegalArgumentException("not of this identity");
    }
    return store.audit().erase(what, by, reason);
  }

  /** Drops what is older; the logs start from signed roots. */
  public Retained retain(Instant before) {
    return store.audit().retain(identity, before);
  }
}
