package dev.bylaw.runtime.decide;

import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.policy.approval.Approval;
import dev.bylaw.policy.approval.ApprovalEvent;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.DecisionPoint;
import dev.bylaw.policy.decision.PendingDecision;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.runtime.run.RunFacts;
import dev.bylaw.runtime.run.RunGate;
import dev.bylaw.runtime.run.Runs;
import dev.bylaw.store.Store;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.value.ObjectValue;
import java.util.function.Supplier;

/** Everything that decides, wired around one decision point. */
public final class Deciding {
  private final ApprovalDesk approvals;
  private final DecisionDesk desk;
  private final PolicyGate gate;
  private final DecisionPoint point;
  private final FactBook facts;
  private final Store store;

  /** Wires it. */
  public Deciding(
      String identity,
      Store store,
      DecisionPoint point,
      FactBook facts,
      Supplier<PolicySet> policies,
      Supplier<String> ids) {
    this.point = point;
    this.facts = facts;
    this.store = store;
    var recorder = new DecisionRecorder(identity, store, action -> policies.get().covers(action));
    this.approvals =
        new ApprovalDesk(
            identity, store, () -> policies.get().registry().people(), facts.clock(), ids);
    this.desk = new DecisionDesk(identity, point, recorder, approvals, facts, store, ids);
    this.gate = new PolicyGate(point, recorder, approvals, facts, store, identity);
  }

  /** Questions to people. */
  public ApprovalDesk approvals() {
    return approvals;
  }

  /** Decisions outside playbooks. */
  public DecisionDesk desk() {
    return desk;
  }

  /** The gate of playbooks. */
  public RunGate gate() {
    return gate;
  }

  /**
   * Decides an action again as an approver would have it.
   *
   * @throws BylawException if it would be blocked even if people agreed
   */
  public ApprovalEvent.Edit edited(KeptApproval kept, ObjectValue params, Runs runs) {
    Approval approval = ApprovalBook.read(kept);
    PendingDecision pending = supposed(kept, approval, Secrets.clean(params), runs);
    Decision decision = pending.settle(store.usage()).decision();
    if (decision.denied()) {
      throw new BylawException("with these parameters it would be blocked: " + decision.forAgent());
    }
    return new ApprovalEvent.Edit(params, decision.digest());
  }

  private PendingDecision supposed(
      KeptApproval kept, Approval approval, ObjectValue params, Runs runs) {
    ObjectValue action = approval.question().action();
    if (kept.run().isEmpty()) {
      ObjectValue resource =
          action.get("resource") instanceof ObjectValue object ? object : ObjectValue.EMPTY;
      var request =
          new ActionRequest(
              approval.question().agent(),
              action.text("action"),
              "",
              resource,
              params,
              ObjectValue.EMPTY,
              approval.question().key());
      return point.prepare(
          request,
          facts
              .facts(
                  request, facts.prepared(request.action(), params, ObjectValue.EMPTY).resources())
              .withRun(ObjectValue.EMPTY, true));
    }
    RunFacts run =
        runs.find(kept.run())
            .map(it ->
                new RunFacts(
                    it.id(),
                    it.playbook(),
                    it.version(),
                    it.agent(),
                    it.inputs() instanceof ObjectValue inputs ? inputs : ObjectValue.EMPTY))
            .orElseThrow(() -> new BylawException("the run " + kept.run() + " is gone"));
    String key = approval.question().key();
    String[] parts = key.split("/", -1);
    String step = parts.length > 1 ? parts[1] : "";
    return gate.supposed(
        run,
        new GateRequest(
            key,
            step,
            parts.length > 2 ? parts[2] : "0",
            action.text("action"),
            ((ObjectValue) kept.value()).text("checkpoint"),
            params,
            1,
            true,
            ""));
  }
}
