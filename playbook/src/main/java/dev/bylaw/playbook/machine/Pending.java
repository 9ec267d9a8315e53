package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.definition.ApprovalDemand;
import dev.bylaw.playbook.definition.Step;
import dev.bylaw.playbook.gate.GateReport;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;

/** The one command whose answer a cursor waits for. */
final class Pending {
  private Pending() {}

  static Command of(Cursor cursor, Step step, String run) {
    return switch (cursor.stage()) {
      case DECIDING -> new Command.Decide(cursor.key(), request(cursor, step, run, false));
      case SUPPOSING -> new Command.Decide(cursor.key(), request(cursor, step, run, true));
      case ACTING -> act(cursor, step, run);
      case BACKING_OFF -> new Command.Wait(cursor.key(), cursor.until().orElse(Instant.EPOCH));
      case REVIEWING -> new Command.Review(cursor.key(), report(cursor, step, run));
      case ASKING -> ask(cursor, step, run, Command.Ask.Kind.ACTION);
      case ASKING_OUTCOME -> ask(cursor, step, run, Command.Ask.Kind.UNKNOWN_OUTCOME);
      case ASKING_RELEASE -> ask(cursor, step, run, Command.Ask.Kind.RELEASE);
      case ENTERING, COMPLETED, SKIPPED, FAILED, BLOCKED, REJECTED, TIMED_OUT, CANCELLED ->
          throw new IllegalStateException("a cursor rests at " + cursor.stage());
    };
  }

  private static GateRequest request(Cursor cursor, Step step, String run, boolean supposed) {
    return new GateRequest(
        cursor.idempotencyKey(run),
        step.id(),
        iteration(cursor),
        step.action().name(),
        step.checkpoint(),
        cursor.params(),
        cursor.attempt(),
        supposed,
        cursor.approval());
  }

  private static Command.Act act(Cursor cursor, Step step, String run) {
    return new Command.Act(
        cursor.key(),
        step.id(),
        step.action().name(),
        cursor.effectiveParams(),
        step.secrets(),
        cursor.idempotencyKey(run),
        step.timeout(),
        cursor.attempt(),
        cursor.decision());
  }

  private static GateReport report(Cursor cursor, Step step, String run) {
    ActionOutcome outcome = cursor.outcome().orElseThrow();
    return new GateReport(
        cursor.idempotencyKey(run),
        step.id(),
        iteration(cursor),
        step.action().name(),
        step.checkpoint(),
        cursor.effectiveParams(),
        outcome,
        cursor.possible() ? Effect.POSSIBLE : Effect.NONE,
        cursor.decision());
  }

  private static Command.Ask ask(Cursor cursor, Step step, String run, Command.Ask.Kind kind) {
    boolean demanded = kind == Command.Ask.Kind.ACTION && step.approval().isPresent();
    ApprovalDemand demand = demanded ? step.approval().orElseThrow() : ApprovalDemand.PLAIN;
    return new Command.Ask(
        cursor.key(),
        kind,
        step.id(),
        step.action().name(),
        step.checkpoint(),
        cursor.effectiveParams(),
        kind == Command.Ask.Kind.RELEASE ? output(cursor) : ObjectValue.EMPTY,
        demanded,
        demand.approvers(),
        demand.quorum(),
        demand.channel(),
        cursor.level(),
        kind == Command.Ask.Kind.UNKNOWN_OUTCOME ? ArrayValue.EMPTY : cursor.violations(),
        cursor.decision(),
        cursor.idempotencyKey(run),
        cursor.until());
  }

  private static ObjectValue output(Cursor cursor) {
    return cursor.outcome().map(ActionOutcome::output).orElse(ObjectValue.EMPTY);
  }

  private static String iteration(Cursor cursor) {
    return cursor.iteration().isEmpty() ? "0" : cursor.iteration();
  }
}
