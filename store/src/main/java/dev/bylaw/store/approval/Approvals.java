package dev.bylaw.store.approval;

import dev.bylaw.store.sql.Session;
import dev.bylaw.value.Json;
import dev.bylaw.value.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps approvals. */
public final class Approvals extends ApprovalQueries {
  public Approvals(Session session) {
    super(session);
  }

  /**
   * Keeps a new approval (version 0), or a changed one that still has the version it was read with.
   *
   * @return it as it is kept, with the next version
   * @throws IllegalStateException if somebody else changed it in between
   */
  public KeptApproval put(KeptApproval approval) {
    @Nullable Long expires = approval.expires().map(Instant::toEpochMilli).orElse(null);
    int written =
        approval.version() == 0
            ? session.update(
                "INSERT INTO approval (id, identity, run, digest, status, requested, expires,"
                    + " version, value) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)"
                    + " ON CONFLICT (id) DO NOTHING",
                approval.id(),
                approval.identity(),
                approval.run(),
                approval.digest(),
                approval.status(),
                approval.requested().toEpochMilli(),
                expires,
                Json.write(approval.value()))
            : session.update(
                "UPDATE approval SET digest = ?, status = ?, expires = ?, value = ?,"
                    + " version = version + 1 WHERE id = ? AND identity = ? AND version = ?",
                approval.digest(),
                approval.status(),
                expires,
                Json.write(approval.value()),
                approval.id(),
                approval.identity(),
                approval.version());
    if (written == 0) {
      throw new IllegalStateException("approval " + approval.id() + " was changed by another");
    }
    return new KeptApproval(
        approval.id(),
        approval.identity(),
        approval.run(),
        approval.digest(),
        approval.status(),
        approval.requested(),
        approval.expires(),
        approval.version() + 1,
        approval.value());
  }

  /** Appends to an approval's history. */
  public void append(String id, Instant at, Value event) {
    session.update(
        "INSERT INTO approval_event (approval, seq, at, value) VALUES"
            + " (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM approval_event WHERE approval = ?), ?, ?)",
        id,
        id,
        at.toEpochMilli(),
        Json.write(event));
  }

  /** Notes who goes on when it is answered. */
  public void await(String id, Waiter waiter) {
    session.update(
        "INSERT INTO approval_waiter (approval, run, key) VALUES (?, ?, ?)"
            + " ON CONFLICT (approval, run, key) DO NOTHING",
        id,
        waiter.run(),
        waiter.key());
  }

  /** Forgets who waits: they were told. */
  public void forgetWaiters(String id) {
    session.update("DELETE FROM approval_waiter WHERE approval = ?", id);
  }
}
