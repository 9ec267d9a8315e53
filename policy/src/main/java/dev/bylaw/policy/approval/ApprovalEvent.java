package dev.bylaw.policy.approval;

import dev.bylaw.policy.approval.ApprovalStatus.Happening;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;
import java.util.Optional;

/** Something that happens to an approval. */
public sealed interface ApprovalEvent {
  /** When. */
  Instant at();

  /** The row of the table. */
  Happening happening();

  /**
   * A person agrees.
   *
   * @param person who
   * @param comment why; may be empty
   * @param edit the action as the person would have it instead
   */
  record Approve(Instant at, String person, String comment, Optional<Edit> edit)
      implements ApprovalEvent {
    @Override
    public Happening happening() {
      return Happening.APPROVE;
    }
  }

  /**
   * An action changed by an approver. It has been decided again, as if people had agreed.
   *
   * @param params of the changed action, after obligations
   * @param actionDigest of the changed action
   */
  record Edit(ObjectValue params, String actionDigest) {}

  /** A person refuses. */
  record Reject(Instant at, String person, String comment) implements ApprovalEvent {
    @Override
    public Happening happening() {
      return Happening.REJECT;
    }
  }

  /** A person who may answer lets another answer instead. */
  record Delegate(Instant at, String person, String to) implements ApprovalEvent {
    @Override
    public Happening happening() {
      return Happening.DELEGATE;
    }
  }

  /** Time has passed. */
  record Tick(Instant at) implements ApprovalEvent {
    @Override
    public Happening happening() {
      return Happening.TICK;
    }
  }

  /**
   * The action is about to be done.
   *
   * @param actionDigest of the action
   * @param key the request key or run step
   */
  record Use(Instant at, String actionDigest, String key) implements ApprovalEvent {
    @Override
    public Happening happening() {
      return Happening.USE;
    }
  }

  /** Nobody needs it any more. */
  record Cancel(Instant at, String reason) implements ApprovalEvent {
    @Override
    public Happening happening() {
      return Happening.CANCEL;
    }
  }
}
