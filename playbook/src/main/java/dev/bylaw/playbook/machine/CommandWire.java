package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.gate.GateReport;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.util.Set;

/** The JSON forms of the commands with many fields. */
final class CommandWire {
  private CommandWire() {}

  static void act(ObjectValue.Builder out, Command.Act act) {
    out.put("command", "act")
        .put("key", act.key())
        .put("step", act.step())
        .put("action", act.action())
        .put("params", act.params())
        .put("secrets", Wire.texts(act.secrets().stream().sorted().toList()))
        .put("idempotency_key", act.idempotencyKey())
        .put("timeout", Wire.millis(act.timeout()))
        .put("attempt", NumberValue.of(act.attempt()))
        .put("decision", act.decision());
  }

  static Command.Act act(ObjectValue value) {
    return new Command.Act(
        value.text("key"),
        value.text("step"),
        value.text("action"),
        Wire.object(value, "params"),
        Set.copyOf(Wire.texts(value, "secrets")),
        value.text("idempotency_key"),
        Duration.ofMillis(Wire.whole(value, "timeout")),
        Wire.whole(value, "attempt", 1),
        value.text("decision"));
  }

  static void review(ObjectValue.Builder out, GateReport report) {
    out.put("idempotency_key", report.idempotencyKey())
        .put("step", report.step())
        .put("iteration", report.iteration())
        .put("action", report.action())
        .put("checkpoint", report.checkpoint())
        .put("params", report.params())
        .put("outcome", Wire.outcome(report.outcome()))
        .put("effect", Wire.word(report.effect()))
        .put("decision", report.decision());
  }

  static GateReport report(ObjectValue value) {
    return new GateReport(
        value.text("idempotency_key"),
        value.text("step"),
        value.text("iteration"),
        value.text("action"),
        value.text("checkpoint"),
        Wire.object(value, "params"),
        Wire.outcome(Wire.object(value, "outcome")),
        Wire.constant(Effect.class, value, "effect"),
        value.text("decision"));
  }

  static GateRequest request(ObjectValue value) {
    return new GateRequest(
        value.text("idempotency_key"),
        value.text("step"),
        value.text("iteration"),
        value.text("action"),
        value.text("checkpoint"),
        Wire.object(value, "params"),
        Wire.whole(value, "attempt", 1),
        Wire.truth(value, "supposed"),
        value.text("approval"));
  }

  static void ask(ObjectValue.Builder out, Command.Ask ask) {
    out.put("command", "ask")
        .put("key", ask.key())
        .put("kind", Wire.word(ask.kind()))
        .put("step", ask.step())
        .put("action", ask.action())
        .put("checkpoint", ask.checkpoint())
        .put("params", ask.params())
        .put("output", ask.output())
        .put("demanded", BooleanValue.of(ask.demanded()))
        .put("approvers", Wire.texts(ask.approvers()))
        .put("quorum", NumberValue.of(ask.quorum()))
        .put("channel", ask.channel())
        .put("level", NumberValue.of(ask.level()))
        .put("violations", ask.violations())
        .put("decision", ask.decision())
        .put("idempotency_key", ask.idempotencyKey());
    ask.until().ifPresent(at -> out.put("until", Wire.millis(at)));
  }

  static Command.Ask ask(ObjectValue value) {
    return new Command.Ask(
        value.text("key"),
        Wire.constant(Command.Ask.Kind.class, value, "kind"),
        value.text("step"),
        value.text("action"),
        value.text("checkpoint"),
        Wire.object(value, "params"),
        Wire.object(value, "output"),
        Wire.truth(value, "demanded"),
        Wire.texts(value, "approvers"),
        Wire.whole(value, "quorum", 1),
        value.text("channel"),
        Wire.whole(value, "level", 0),
        Wire.array(value, "violations"),
        value.text("decision"),
        value.text("idempotency_key"),
        Wire.optionalInstant(value, "until"));
  }
}
