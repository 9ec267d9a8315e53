package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.gate.GateReport;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an adapter is to do. Those with an answer ({@link Decide}, {@link Act}, {@link Review},
 * {@link Ask}, {@link Wait}) are pending until the event with their key is accepted; the others
 * ({@link Withdraw}, {@link Settle}, {@link Note}, {@link End}) are done in the transaction that
 * accepts the event they follow from.
 */
public sealed interface Command {
  /**
   * Ask the gate; answer with {@link Event.Decided}.
   *
   * @param key of the answer
   * @param request what the step is about to do
   */
  record Decide(String key, GateRequest request) implements Command {}

  /**
   * Call the action; answer with {@link Event.Acted}. Carried out once only: after a crash the
   * answer is {@link Event.Interrupted}.
   *
   * @param key of the answer
   * @param step the step's id
   * @param action the action's name
   * @param params after obligations, secrets as references
   * @param secrets the names the parameters may refer to; others are not resolved
   * @param idempotencyKey the same for every attempt
   * @param timeout how long it may take
   * @param attempt counted from 1
   * @param decision the id of the decision that lets it run
   */
  record Act(
      String key,
      String step,
      String action,
      ObjectValue params,
      Set<String> secrets,
      String idempotencyKey,
      Duration timeout,
      int attempt,
      String decision)
      implements Command {
    public Act {
      secrets = Set.copyOf(secrets);
    }
  }

  /**
   * Report to the gate; answer with {@link Event.Reviewed}.
   *
   * @param key of the answer
   * @param report what came of the action
   */
  record Review(String key, GateReport report) implements Command {}

  /**
   * Ask people; answer with {@link Event.Answered}, or with {@link Event.Elapsed} at {@code until}.
   *
   * @param key of the answer
   * @param kind what is asked
   * @param step the step's id
   * @param action the action's name
   * @param checkpoint where it is decided
   * @param params after obligations, secrets as references
   * @param output what is to be released, for {@link Kind#RELEASE}
   * @param demanded whether the step demands it ({@code requires_approval}), not only a rule
   * @param approvers whom to ask; empty for those the identity names
   * @param quorum how many must agree
   * @param channel where to ask; empty for the default
   * @param level of escalation, from 0
   * @param violations what they are asked to permit, as the gate gave it
   * @param decision the id of the decision that asks
   * @param idempotencyKey of the action it is for
   * @param until when asking ends; where it is empty the approval's own rules say
   */
  record Ask(
      String key,
      Kind kind,
      String step,
      String action,
      String checkpoint,
      ObjectValue params,
      ObjectValue output,
      boolean demanded,
      List<String> approvers,
      int quorum,
      String channel,
      int level,
      ArrayValue violations,
      String decision,
      String idempotencyKey,
      Optional<Instant> until)
      implements Command {
    /** What is asked. */
    public enum Kind {
      /** Whether the action may run: approved or rejected. */
      ACTION,
      /** What became of an action that was cut off: done, not done or retry. */
      UNKNOWN_OUTCOME,
      /** Whether the result may be used: approved or rejected. */
      RELEASE
    }

    public Ask {
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * Wait; answer with {@link Event.Elapsed}.
   *
   * @param key of the answer
   * @param until when
   */
  record Wait(String key, Instant until) implements Command {}

  /**
   * Ask no longer; nothing answers.
   *
   * @param key of the {@link Ask}
   */
  record Withdraw(String key) implements Command {}

  /**
   * End a reservation that has no result to report.
   *
   * @param idempotencyKey what it was reserved under
   * @param effect whether the action may have happened: committed then, else released
   */
  record Settle(String idempotencyKey, Effect effect) implements Command {}

  /**
   * Append to the playbook log.
   *
   * @param event its name, one of {@link Notes#NAMES}
   * @param fields what there is to say
   */
  record Note(String event, ObjectValue fields) implements Command {}

  /**
   * The run is over.
   *
   * @param status how it ended
   * @param output what it gave
   * @param error why it ended, {@code {code, message, step}}; empty for completed
   */
  record End(RunStatus status, ObjectValue output, ObjectValue error) implements Command {}

  /** The command as JSON, for people and for engines that run elsewhere. */
  default ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(16);
    switch (this) {
      case Decide(String key, GateRequest request) ->
          out.put("command", "decide").put("key", key).put("request", request.toValue());
      case Act act -> CommandWire.act(out, act);
      case Review(String key, GateReport report) ->
          CommandWire.review(out.put("command", "review").put("key", key), report);
      case Ask ask -> CommandWire.ask(out, ask);
      case Wait(String key, Instant until) ->
          out.put("command", "wait").put("key", key).put("until", Wire.millis(until));
      case Withdraw(String key) -> out.put("command", "withdraw").put("key", key);
      case Settle(String idempotencyKey, Effect effect) ->
          out.put("command", "settle")
              .put("idempotency_key", idempotencyKey)
              .put("effect", Wire.word(effect));
      case Note(String event, ObjectValue fields) ->
          out.put("command", "note").put("event", event).put("fields", fields);
      case End(RunStatus status, ObjectValue output, ObjectValue error) ->
          out.put("command", "end")
              .put("status", status.word())
              .put("output", output)
              .put("error", error);
    }
    return out.build();
  }

  /**
   * The command of its JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Command fromValue(ObjectValue value) {
    String key = value.text("key");
    return switch (value.text("command")) {
      case "decide" -> new Decide(key, CommandWire.request(Wire.object(value, "request")));
      case "act" -> CommandWire.act(value);
      case "review" -> new Review(key, CommandWire.report(value));
      case "ask" -> CommandWire.ask(value);
      case "wait" -> new Wait(key, Wire.instant(value, "until"));
      case "withdraw" -> new Withdraw(key);
      case "settle" ->
          new Settle(value.text("idempotency_key"), Wire.constant(Effect.class, value, "effect"));
      case "note" -> new Note(value.text("event"), Wire.object(value, "fields"));
      case "end" ->
          new End(
              RunStatus.of(value.text("status")),
              Wire.object(value, "output"),
              Wire.object(value, "error"));
      default -> throw new IllegalArgumentException("no command `" + value.text("command") + "`");
    };
  }
}
