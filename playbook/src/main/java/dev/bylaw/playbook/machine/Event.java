package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a run. Journaled in the order it was accepted.
 *
 * <p>The key of an answer is that of the command it answers. An event whose key the run does not
 * wait for (any more) is not accepted and changes nothing.
 */
public sealed interface Event {
  /** When it happened, to the millisecond. */
  Instant at();

  /** What it answers; empty for what comes from outside. */
  String key();

  /**
   * A run begins.
   *
   * @param run its id
   * @param playbook the playbook's name
   * @param version the playbook's version
   * @param definition the playbook's digest
   * @param agent whose run it is
   * @param inputs complete
   * @param vars those the playbook refers to
   * @param at when
   */
  record Started(
      String run,
      String playbook,
      String version,
      String definition,
      String agent,
      ObjectValue inputs,
      ObjectValue vars,
      Instant at)
      implements Event {
    @Override
    public String key() {
      return "";
    }
  }

  /**
   * The gate decided ({@link Command.Decide}). Where it allows, this is the intent of the action.
   *
   * @param key of the command
   * @param verdict what it said
   * @param at when
   */
  record Decided(String key, Verdict verdict, Instant at) implements Event {}

  /**
   * The action ended ({@link Command.Act}).
   *
   * @param key of the command
   * @param outcome how
   * @param at when
   */
  record Acted(String key, ActionOutcome outcome, Instant at) implements Event {}

  /**
   * Nobody knows how the action ended ({@link Command.Act}): the process that ran it is gone.
   *
   * @param key of the command
   * @param at when that was found
   */
  record Interrupted(String key, Instant at) implements Event {}

  /**
   * The gate decided on the result ({@link Command.Review}).
   *
   * @param key of the command
   * @param verdict what it said
   * @param at when
   */
  record Reviewed(String key, Verdict verdict, Instant at) implements Event {}

  /**
   * People answered ({@link Command.Ask}).
   *
   * @param key of the command
   * @param answer what they said
   * @param by who, for the logs
   * @param approval the approval's id
   * @param edited other parameters to approve (in the form they were shown), or the output of an
   *     action that was done; empty if nothing was changed
   * @param at when
   */
  record Answered(
      String key,
      Answer answer,
      String by,
      String approval,
      Optional<ObjectValue> edited,
      Instant at)
      implements Event {}

  /**
   * A time came: that of a {@link Command.Wait}, or the {@code until} of a {@link Command.Ask}.
   *
   * @param key of the command
   * @param at when
   */
  record Elapsed(String key, Instant at) implements Event {}

  /**
   * Somebody cancelled the run. An action that is running is waited for.
   *
   * @param by who
   * @param reason why, for people
   * @param at when
   */
  record Cancelled(String by, String reason, Instant at) implements Event {
    @Override
    public String key() {
      return "";
    }
  }

  /** What people say. */
  enum Answer {
    APPROVED,
    REJECTED,
    /** Nobody said anything in the time that the approval's own rules give. */
    EXPIRED,
    /** Of an unknown outcome: the action was done. */
    DONE,
    /** Of an unknown outcome: the action was not done, and is not to be. */
    NOT_DONE,
    /** Of an unknown outcome: do it (again). */
    RETRY
  }

  /** The event as JSON. */
  default ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(9);
    switch (this) {
      case Started event -> {
        out.put("event", "started")
            .put("engine", NumberValue.of(State.ENGINE))
            .put("run", event.run)
            .put("playbook", event.playbook)
            .put("version", event.version)
            .put("definition", event.definition)
            .put("agent", event.agent);
        Wire.putObject(out, "inputs", event.inputs);
        Wire.putObject(out, "vars", event.vars);
      }
      case Decided(String key, Verdict verdict, _) ->
          out.put("event", "decided").put("key", key).put("verdict", verdict.toValue());
      case Acted(String key, ActionOutcome outcome, _) ->
          out.put("event", "acted").put("key", key).put("outcome", Wire.outcome(outcome));
      case Interrupted(String key, _) -> out.put("event", "interrupted").put("key", key);
      case Reviewed(String key, Verdict verdict, _) ->
          out.put("event", "reviewed").put("key", key).put("verdict", verdict.toValue());
      case Answered event -> {
        out.put("event", "answered")
            .put("key", event.key)
            .put("answer", Wire.word(event.answer))
            .put("by", event.by);
        Wire.putText(out, "approval", event.approval);
        event.edited.ifPresent(value -> out.put("edited", value));
      }
      case Elapsed(String key, _) -> out.put("event", "elapsed").put("key", key);
      case Cancelled(String by, String reason, _) ->
          out.put("event", "cancelled").put("by", by).put("reason", reason);
    }
    return out.put("at", Wire.millis(at())).build();
  }

  /**
   * The event of its JSON.
   *
   * @throws IllegalArgumentException if it is none, or one of another engine
   */
  static Event fromValue(ObjectValue value) {
    Instant at = Wire.instant(value, "at");
    String key = value.text("key");
    return switch (value.text("event")) {
      case "started" -> {
        State.requireEngine(value);
        yield new Started(
            value.text("run"),
            value.text("playbook"),
            value.text("version"),
            value.text("definition"),
            value.text("agent"),
            Wire.object(value, "inputs"),
            Wire.object(value, "vars"),
            at);
      }
      case "decided" -> new Decided(key, Verdict.fromValue(Wire.object(value, "verdict")), at);
      case "acted" -> new Acted(key, Wire.outcome(Wire.object(value, "outcome")), at);
      case "interrupted" -> new Interrupted(key, at);
      case "reviewed" -> new Reviewed(key, Verdict.fromValue(Wire.object(value, "verdict")), at);
      case "answered" ->
          new Answered(
              key,
              Wire.constant(Answer.class, value, "answer"),
              value.text("by"),
              value.text("approval"),
              Wire.optionalObject(value, "edited"),
              at);
      case "elapsed" -> new Elapsed(key, at);
      case "cancelled" -> new Cancelled(value.text("by"), value.text("reason"), at);
      default -> throw new IllegalArgumentException("no event `" + value.text("event") + "`");
    };
  }
}
