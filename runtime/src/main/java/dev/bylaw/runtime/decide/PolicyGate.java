package dev.bylaw.runtime.decide;

import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.gate.GateReport;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.policy.approval.ApprovalChange;
import dev.bylaw.policy.decision.Ask;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.DecisionPoint;
import dev.bylaw.policy.decision.PendingDecision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.runtime.run.RunFacts;
import dev.bylaw.runtime.run.RunGate;
import dev.bylaw.store.Store;
import dev.bylaw.store.Transaction;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The playbooks' gate, with policies behind it.
 *
 * <p>Each action is completed before it is decided, so that policies see the mail that will be sent
 * and not the name of its template; what was decided is what runs. Secrets stay references and are
 * shown to policies, digests and logs as {@code {{secrets.name}}}.
 */
final class PolicyGate implements RunGate {
  private static final String QUESTION = "question";

  private final DecisionPoint point;
  private final DecisionRecorder recorder;
  private final ApprovalDesk approvals;
  private final FactBook facts;
  private final Store store;
  private final String identity;

  PolicyGate(
      DecisionPoint point,
      DecisionRecorder recorder,
      ApprovalDesk approvals,
      FactBook facts,
      Store store,
      String identity) {
    this.point = point;
    this.recorder = recorder;
    this.approvals = approvals;
    this.facts = facts;
    this.store = store;
    this.identity = identity;
  }

  /** A request as policies see it, and what its parameters really are. */
  private record Asked(ActionRequest request, Facts facts, ObjectValue params) {}

  private Asked asked(RunFacts run, GateRequest request) {
    Action.Prepared prepared = facts.prepared(request.action(), request.params(), run.inputs());
    ActionRequest asked =
        new ActionRequest(
            run.agent(),
            request.action(),
            request.checkpoint(),
            ObjectValue.EMPTY,
            Secrets.shown(prepared.params()),
            ObjectValue.EMPTY,
            request.idempotencyKey());
    Facts known =
        facts
            .facts(asked, prepared.resources())
            .withRun(runValue(run, request.step()), request.supposed());
    return new Asked(asked, known, prepared.params());
  }

  private static ObjectValue runValue(RunFacts run, String step) {
    return ObjectValue.builder(4)
        .put("id", run.id())
        .put("playbook", run.playbook())
        .put("version", run.version())
        .put("step", step)
        .build();
  }

  /** What an action would come to, were people to agree to these parameters. */
  PendingDecision supposed(RunFacts run, GateRequest request) {
    Asked asked = asked(run, request);
    return timed(asked.request, asked.facts);
  }

  @Override
  public Prepared prepare(RunFacts run, GateRequest request) {
    Asked asked = asked(run, request);
    if (!request.approval().isEmpty()) {
      return withApproval(run, request, asked);
    }
    PendingDecision pending = timed(asked.request, asked.facts);
    DecisionRecorder.Ahead ahead = recorder.ahead(pending, run.id());
    boolean reserve = !request.supposed();
    if (ahead.ready().isPresent()) {
      DecisionRecorder.Ready ready = ahead.ready().get();
      return new Prepared.Known(
          verdict(ready.settled().decision(), asked.params, request.params()),
          transaction -> write(transaction, ready, run, reserve));
    }
    return (Prepared.Open)
        transaction -> {
          DecisionRecorder.Ready ready = recorder.settle(transaction, ahead, reserve);
          write(transaction, ready, run, reserve);
          return verdict(ready.settled().decision(), asked.params, request.params());
        };
  }

  private void write(
      Transaction transaction, DecisionRecorder.Ready ready, RunFacts run, boolean reserve) {
    if (reserve || isNews(transaction, ready.settled().decision())) {
      recorder.write(transaction, ready, run.id());
    }
  }

  /** Whether a supposed decision says more than the one that led to it. */
  private boolean isNews(Transaction transaction, Decision decision) {
    return decision.denied()
        || transaction.decisions().ofKey(identity, decision.action().key()).isEmpty();
  }

  private Prepared.Open withApproval(RunFacts run, GateRequest request, Asked asked) {
    Optional<Grant> grant = approvals.grant(request.approval());
    PendingDecision pending = timed(asked.request, asked.facts.withGrant(grant));
    DecisionRecorder.Ahead ahead = recorder.ahead(pending, run.id());
    return transaction -> {
      DecisionRecorder.Ready ready = null;
      if (grant.isPresent()) {
        ApprovalChange used =
            approvals.use(transaction, request.approval(), pending.action(), run.id());
        if (used instanceof ApprovalChange.Refused(String why)) {
          ready = recorder.refused(pending, Reason.APPROVAL_REFUSED, why, run.id());
        }
      } else {
        String why = "the approval " + request.approval() + " grants nothing";
        ready = recorder.refused(pending, Reason.APPROVAL_REFUSED, why, run.id());
      }
      if (ready == null) {
        ready = recorder.settle(transaction, ahead, true);
      }
      recorder.write(transaction, ready, run.id());
      return verdict(ready.settled().decision(), asked.params, request.params());
    };
  }

  private PendingDecision timed(ActionRequest request, Facts known) {
    long start = System.nanoTime();
    PendingDecision pending = point.prepare(request, known);
    store.latencies().record(identity, System.nanoTime() - start);
    return pending;
  }

  /**
   * A decision as the interpreter takes it.
   *
   * @param completed the parameters that were decided on, secrets as references
   * @param given the parameters that the step has; what equals them is not journaled again
   */
  private static Verdict verdict(Decision decision, ObjectValue completed, ObjectValue given) {
    Verdict.Kind kind =
        switch (decision.effect()) {
          case ALLOW -> Verdict.Kind.ALLOW;
          case WARN -> Verdict.Kind.WARN;
          case REQUIRE_APPROVAL -> Verdict.Kind.REQUIRE_APPROVAL;
          case BLOCK -> Verdict.Kind.BLOCK;
        };
    List<Value> violations = new ArrayList<>();
    decision.violations().forEach(violation -> violations.add(violation.toValue()));
    decision.ask().ifPresent(ask -> violations.add(question(decision, ask)));
    return new Verdict(
        kind,
        decision.id(),
        Optional.of(Secrets.restore(decision.params(), completed))
            .filter(params -> !params.equals(given)),
        ArrayValue.of(violations),
        kind == Verdict.Kind.ALLOW ? "" : decision.forAgent());
  }

  /** What a question to people needs to know of the decision that asks; read by {@link #ask}. */
  private static ObjectValue question(Decision decision, Ask ask) {
    return ObjectValue.of(
        QUESTION,
        ObjectValue.builder(4)
            .put("ask", ask.toValue())
            .put("digest", decision.digest())
            .put("action", decision.action().toValue())
            .put("because", decision.forAgent())
            .build());
  }

  @Override
  public Reviewed review(RunFacts run, GateReport report) {
    boolean spent = report.effect() == Effect.POSSIBLE;
    return switch (report.outcome()) {
      case ActionOutcome.Failed failed -> {
        ObjectValue detail =
            ObjectValue.of(
                "code", StringValue.of(failed.code()), "message", StringValue.of(failed.message()));
        Step noted =
            recorder.reporting(report.decision(), run.id(), spent ? "unknown" : "failed", detail);
        yield new Reviewed(
            Verdict.allow(report.decision()),
            transaction -> {
              recorder.end(transaction, report.idempotencyKey(), spent);
              noted.in(transaction);
            });
      }
      case ActionOutcome.Done done -> reviewDone(run, report, done.output());
    };
  }

  private Reviewed reviewDone(RunFacts run, GateReport report, ObjectValue output) {
    Action.Prepared prepared = facts.prepared(report.action(), report.params(), run.inputs());
    ActionRequest request =
        new ActionRequest(
            run.agent(),
            report.action(),
            report.checkpoint(),
            ObjectValue.EMPTY,
            Secrets.shown(report.params()),
            ObjectValue.EMPTY,
            report.idempotencyKey());
    Facts known =
        facts
            .facts(request, prepared.resources())
            .withRun(runValue(run, report.step()), false)
            .withResult(Secrets.shown(output));
    PendingDecision pending = timed(request, known);
    Decision decision = pending.settle((_, _, _) -> BigDecimal.ZERO).decision();
    boolean silent =
        decision.consulted().isEmpty() && decision.violations().isEmpty() && decision.allowed();
    Verdict verdict = silent ? Verdict.allow(report.decision()) : resultVerdict(decision, output);
    // Most results concern no rule: then there is nothing to seal.
    Optional<DecisionRecorder.Ready> ready =
        silent ? Optional.empty() : Optional.of(recorder.asResult(decision, run.id()));
    Step noted = recorder.reporting(report.decision(), run.id(), "done", NullValue.NULL);
    return new Reviewed(
        verdict,
        transaction -> {
          recorder.end(transaction, report.idempotencyKey(), true);
          noted.in(transaction);
          ready.ifPresent(it -> recorder.writeResult(transaction, it));
        });
  }

  private static Verdict resultVerdict(Decision decision, ObjectValue output) {
    Verdict plain = verdict(decision, ObjectValue.EMPTY, ObjectValue.EMPTY);
    Optional<ObjectValue> changed =
        decision.result().filter(ObjectValue.class::isInstance).map(ObjectValue.class::cast);
    return new Verdict(
        plain.kind(),
        plain.decision(),
        changed.filter(result -> !result.equals(output)),
        plain.violations(),
        plain.reason());
  }

  @Override
  public Step settle(RunFacts run, String idempotencyKey, Effect effect) {
    return transaction -> recorder.end(transaction, idempotencyKey, effect == Effect.POSSIBLE);
  }

  @Override
  public Step ask(RunFacts run, Command.Ask ask) {
    ObjectValue question = ObjectValue.EMPTY;
    for (Value each : ask.violations()) {
      if (each instanceof ObjectValue object && object.get(QUESTION) instanceof ObjectValue found) {
        question = found;
      }
    }
    ObjectValue known = question;
    return transaction -> approvals.ask(transaction, run, ask, known);
  }

  @Override
  public Step withdraw(RunFacts run, String key) {
    return transaction -> approvals.withdraw(transaction, run.id(), key);
  }
}
