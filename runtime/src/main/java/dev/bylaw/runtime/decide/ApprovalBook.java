package dev.bylaw.runtime.decide;

import dev.bylaw.policy.approval.Approval;
import dev.bylaw.policy.approval.ApprovalJson;
import dev.bylaw.policy.approval.ApprovalStatus;
import dev.bylaw.policy.approval.Question;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.store.Store;
import dev.bylaw.store.Transaction;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The approvals of one identity as they are kept: read, written, and noted in the policy log.
 *
 * <p>What is kept beside the approval itself are the kind of its question and its checkpoint, which
 * every later version carries on.
 *
 * @param identity whose they are
 * @param store where they are
 * @param clock the time
 */
record ApprovalBook(String identity, Store store, InstantSource clock) {
  static final String KIND = "kind";
  static final String CHECKPOINT = "checkpoint";

  /** Now, to the millisecond. */
  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** An approval as it is kept. */
  Optional<KeptApproval> find(String id) {
    return store
        .read(snapshot -> snapshot.approvals().find(id))
        .filter(kept -> kept.identity().equals(identity));
  }

  /** The approval of its JSON. */
  static Approval read(KeptApproval kept) {
    return ApprovalJson.read((ObjectValue) kept.value());
  }

  /** The same; empty for one that was erased, of which only the id and the status are left. */
  static Optional<Approval> readable(KeptApproval kept) {
    boolean erased = ((ObjectValue) kept.value()).text("status").isEmpty();
    return erased ? Optional.empty() : Optional.of(read(kept));
  }

  /**
   * An approval that can still be answered.
   *
   * @throws BylawException if there is none, or it was erased
   */
  KeptApproval known(Transaction transaction, String id) {
    KeptApproval known =
        transaction
            .approvals()
            .find(id)
            .filter(kept -> kept.identity().equals(identity))
            .orElseThrow(() ->
                new BylawException(
                    "there is no approval `" + id + "`; `bylaw approvals list` shows them"));
    if (readable(known).isEmpty()) {
      throw new BylawException("what approval `" + id + "` asked was erased");
    }
    return known;
  }

  /** Writes an approval that changed. */
  KeptApproval put(Transaction transaction, KeptApproval before, Approval now) {
    return put(transaction, before, now, ObjectValue.EMPTY);
  }

  /** Writes an approval that changed, and more that is kept with it. */
  KeptApproval put(Transaction transaction, KeptApproval before, Approval now, ObjectValue more) {
    ObjectValue old = (ObjectValue) before.value();
    ObjectValue value =
        ApprovalJson.write(now)
            .with(KIND, StringValue.of(old.text(KIND)))
            .with(CHECKPOINT, StringValue.of(old.text(CHECKPOINT)))
            .with(more);
    return transaction
        .approvals()
        .put(
            new KeptApproval(
                before.id(),
                identity,
                before.run(),
                now.actionDigest(),
                now.status().word(),
                before.requested(),
                now.due(),
                before.version(),
                value));
  }

  /** Notes in the policy log what happened to an approval. */
  void log(
      Transaction transaction,
      LogEvent event,
      Approval approval,
      String run,
      String person,
      String detail) {
    Question question = approval.question();
    ObjectValue.Builder out =
        ObjectValue.builder(10)
            .put("approval", question.id())
            .put("status", approval.status().word())
            .put("agent", question.agent())
            .put("key", question.key())
            .put("action_digest", approval.actionDigest())
            .put("at", now().toString());
    if (event == LogEvent.APPROVAL_REQUESTED) {
      out.put("action", question.action())
          .put("because", question.because())
          .put("rules", Grant.rulesToValue(question.rules()))
          .put("approvers", Value.of(List.copyOf(question.terms().approvers())));
    }
    if (!person.isEmpty()) {
      out.put("person", person);
    }
    if (!detail.isEmpty()) {
      out.put("detail", detail);
    }
    transaction
        .log(identity, LogName.POLICY)
        .append(store.seal(new Draft(event, question.decision(), run, out.build())));
  }

  /** Those that are decided and that somebody may not have been told of. */
  List<String> untold() {
    return store.read(snapshot -> snapshot.approvals().untold(identity));
  }

  /** The newest approvals, newest first. */
  List<KeptApproval> latest(int most) {
    return store.read(snapshot -> snapshot.approvals().latest(identity, most));
  }

  /** Those that people have not decided, oldest first. */
  List<KeptApproval> pending() {
    return store.read(
        snapshot -> snapshot.approvals().withStatus(identity, ApprovalStatus.PENDING.word()));
  }
}
