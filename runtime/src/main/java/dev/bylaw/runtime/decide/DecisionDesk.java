package dev.bylaw.runtime.decide;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.approval.ApprovalChange;
import dev.bylaw.policy.approval.ApprovalStatus;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.DecisionPoint;
import dev.bylaw.policy.decision.PendingDecision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.decision.Trace;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.store.Store;
import dev.bylaw.store.Transaction;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.store.decision.KeptDecision;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Decides requests that come from outside playbooks. Thread-safe. */
public final class DecisionDesk {
  private final String identity;
  private final DecisionPoint point;
  private final DecisionRecorder recorder;
  private final ApprovalDesk approvals;
  private final FactBook facts;
  private final Store store;
  private final Supplier<String> ids;

  DecisionDesk(
      String identity,
      DecisionPoint point,
      DecisionRecorder recorder,
      ApprovalDesk approvals,
      FactBook facts,
      Store store,
      Supplier<String> ids) {
    this.identity = identity;
    this.point = point;
    this.recorder = recorder;
    this.approvals = approvals;
    this.facts = facts;
    this.store = store;
    this.ids = ids;
  }

  /**
   * A decision that holds.
   *
   * @param decision what was decided
   * @param approval the id of the question to people; empty if nobody is asked
   */
  public record Decided(Decision decision, Optional<String> approval) {}

  /** What would be decided now. Reads and changes nothing. */
  public Decision evaluate(ActionRequest request) {
    return point.prepare(request, known(request)).settle(store.usage()).decision();
  }

  /** Why each rule would or would not bite now. Reads and changes nothing. */
  public Trace why(ActionRequest request) {
    return point.why(request, known(request), store.usage());
  }

  /**
   * Decides, reserves and logs. Where people have to agree they are asked; once they have, the same
   * request with the same key is allowed, once.
   *
   * @return completes when the decision is durable; fails only where the store cannot be used
   */
  public CompletableFuture<Decided> decide(ActionRequest request) {
    ActionRequest keyed =
        request.key().isEmpty() ? withKey(request, "request/" + ids.get()) : request;
    Facts known = known(keyed);
    long start = System.nanoTime();
    PendingDecision pending = point.prepare(keyed, known);
    store.latencies().record(identity, System.nanoTime() - start);
    DecisionRecorder.Ahead ahead = recorder.ahead(pending, "");
    return store
        .write(transaction -> record(transaction, ahead))
        .thenCompose(written ->
            written.agreed.isPresent()
                ? decideAgreed(keyed, known, written.agreed.get())
                : CompletableFuture.completedFuture(written.decided()));
  }

  /** What a first look into the ledger gave: a decision, or the approval to decide with. */
  private record Written(Optional<Decided> done, Optional<String> agreed) {
    Decided decided() {
      return done.orElseThrow();
    }
  }

  private Written record(Transaction transaction, DecisionRecorder.Ahead ahead) {
    DecisionRecorder.Ready ready =
        ahead.ready().orElseGet(() -> recorder.settle(transaction, ahead, true));
    Decision decision = ready.settled().decision();
    if (decision.ask().isEmpty()) {
      recorder.write(transaction, ready, "");
      return new Written(Optional.of(new Decided(decision, Optional.empty())), Optional.empty());
    }
    Optional<String> agreed = agreed(transaction, decision);
    if (agreed.isPresent()) {
      return new Written(Optional.empty(), agreed);
    }
    recorder.write(transaction, ready, "");
    String asked = approvals.ask(transaction, decision);
    return new Written(Optional.of(new Decided(decision, Optional.of(asked))), Optional.empty());
  }

  /** The approval that was given for this very action and request. */
  private Optional<String> agreed(Transaction transaction, Decision decision) {
    return transaction.approvals().forAction(identity, decision.digest()).stream()
        .filter(kept -> kept.status().equals(ApprovalStatus.APPROVED.word()))
        .filter(kept -> ApprovalBook.read(kept).question().key().equals(decision.action().key()))
        .map(KeptApproval::id)
        .findFirst();
  }

  private CompletableFuture<Decided> decideAgreed(
      ActionRequest request, Facts known, String approval) {
    // Off the writer's thread: evaluating is not its work.
    return CompletableFuture.supplyAsync(
            () -> {
              Facts granted = known.withGrant(approvals.grant(approval));
              return recorder.ahead(point.prepare(request, granted), "");
            },
            Thread::startVirtualThread)
        .thenCompose(ahead ->
            store.write(transaction -> {
              PendingDecision pending = ahead.pending();
              ApprovalChange used = approvals.use(transaction, approval, pending.action(), "");
              DecisionRecorder.Ready ready =
                  used instanceof ApprovalChange.Refused(String why)
                      ? recorder.refused(pending, Reason.APPROVAL_REFUSED, why, "")
                      : recorder.settle(transaction, ahead, true);
              recorder.write(transaction, ready, "");
              return new Decided(ready.settled().decision(), Optional.empty());
            }));
  }

  private Facts known(ActionRequest request) {
    return facts.facts(
        request, facts.prepared(request.action(), request.params(), ObjectValue.EMPTY).resources());
  }

  private static ActionRequest withKey(ActionRequest request, String key) {
    return new ActionRequest(
        request.agent(),
        request.action(),
        request.checkpoint(),
        request.resource(),
        request.params(),
        request.context(),
        key);
  }

  /** How an action that was allowed ended. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It is known not to have happened. */
    NOT_DONE,
    /** Nobody knows; it counts as done. */
    UNKNOWN;

    /** The name in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Reports what came of a decision; reservations are committed or given back.
   *
   * @param id of the decision
   * @param outcome how it ended
   * @param actual the amount that was really used, where it differs from what was decided
   * @param detail more, for the log
   * @throws BylawException if there is no such decision, or it was reported already
   */
  public void report(String id, Outcome outcome, Optional<BigDecimal> actual, Value detail) {
    var _ =
        store.transact(transaction -> {
          KeptDecision decision =
              transaction
                  .decisions()
                  .find(identity, id)
                  .orElseThrow(() -> new BylawException("there is no decision `" + id + "`"));
          if (!decision.outcome().isEmpty()) {
            throw new BylawException("decision `" + id + "` was reported already");
          }
          // The key of a refused request may be another's: that reservation is not the caller's.
          if (allowed(decision)) {
            recorder.end(transaction, decision, outcome != Outcome.NOT_DONE, actual);
          }
          recorder.report(transaction, id, decision.run(), outcome.word(), detail);
          return true;
        });
  }

  private static boolean allowed(KeptDecision decision) {
    return decision.effect().equals(Effect.ALLOW.word())
        || decision.effect().equals(Effect.WARN.word());
  }
}
