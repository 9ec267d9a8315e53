package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A place where a run stands: one step under way. Parallel branches are several cursors.
 *
 * @param step the step's id
 * @param iteration which pass of a loop, from 0; empty outside loops
 * @param stage where the step is in its life
 * @param round counted from 1; tells keys that come again apart
 * @param attempt counted from 1
 * @param level of escalation, from 0
 * @param reserved whether the gate holds a reservation for it
 * @param possible whether an attempt may have had its effect already
 * @param params rendered, before obligations
 * @param sent parameters after obligations, where they differ
 * @param decision the id of the last decision
 * @param approval the approval that was given; empty if none
 * @param violations what people are asked to permit
 * @param until what it waits for, where it waits for time
 * @param outcome of the action, from when it is known until it is decided on
 */
public record Cursor(
    String step,
    String iteration,
    Stage stage,
    int round,
    int attempt,
    int level,
    boolean reserved,
    boolean possible,
    ObjectValue params,
    Optional<ObjectValue> sent,
    String decision,
    String approval,
    ArrayValue violations,
    Optional<Instant> until,
    Optional<ActionOutcome> outcome) {

  /** A step that is about to begin. */
  static Cursor entering(String step, String iteration) {
    return new Cursor(
        step,
        iteration,
        Stage.ENTERING,
        1,
        1,
        0,
        false,
        false,
        ObjectValue.EMPTY,
        Optional.empty(),
        "",
        "",
        ArrayValue.EMPTY,
        Optional.empty(),
        Optional.empty());
  }

  /** The stable key of what it waits for: {@code refund/action}, {@code refund[2]/decide#3}. */
  public String key() {
    String place = iteration.isEmpty() ? step : step + "[" + iteration + "]";
    String key = place + "/" + stage.word();
    return round == 1 ? key : key + "#" + round;
  }

  /** The key that stays the same for every attempt: {@code runId/stepId/iteration}. */
  public String idempotencyKey(String run) {
    return run + "/" + step + "/" + (iteration.isEmpty() ? "0" : iteration);
  }

  /** The parameters the action gets, secrets as references. */
  public ObjectValue effectiveParams() {
    return sent.orElse(params);
  }

  ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(12).put("step", step).put("stage", stage.word());
    Wire.putText(out, "iteration", iteration);
    putCount(out, "round", round, 1);
    putCount(out, "attempt", attempt, 1);
    putCount(out, "level", level, 0);
    Wire.putTruth(out, "reserved", reserved);
    Wire.putTruth(out, "possible", possible);
    Wire.putObject(out, "params", params);
    sent.ifPresent(value -> out.put("sent", value));
    Wire.putText(out, "decision", decision);
    Wire.putText(out, "approval", approval);
    if (violations.size() > 0) {
      out.put("violations", violations);
    }
    until.ifPresent(at -> out.put("until", Wire.millis(at)));
    outcome.ifPresent(value -> out.put("outcome", Wire.outcome(value)));
    return out.build();
  }

  static Cursor fromValue(ObjectValue value) {
    return new Cursor(
        value.text("step"),
        value.text("iteration"),
        Stage.of(value.text("stage")),
        Wire.whole(value, "round", 1),
        Wire.whole(value, "attempt", 1),
        Wire.whole(value, "level", 0),
        Wire.truth(value, "reserved"),
        Wire.truth(value, "possible"),
        Wire.object(value, "params"),
        Wire.optionalObject(value, "sent"),
        value.text("decision"),
        value.text("approval"),
        Wire.array(value, "violations"),
        Wire.optionalInstant(value, "until"),
        Wire.optionalObject(value, "outcome").map(Wire::outcome));
  }

  private static void putCount(ObjectValue.Builder out, String key, int count, int usual) {
    if (count != usual) {
      out.put(key, NumberValue.of(count));
    }
  }
}
