package dev.bylaw.playbook.driver;

import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.definition.Inputs;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.gate.Gate;
import dev.bylaw.playbook.machine.Advance;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.machine.Event;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.playbook.machine.State;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run, driven by hand. Not thread-safe.
 *
 * <pre>{@code
 * var run = ManualRun.start(playbook, gate, Map.of("send_email", email), inputs);
 * run.proceed();
 * run.answer(Event.Answer.APPROVED, "maria");
 * assert run.state().status() == RunStatus.COMPLETED;
 * }</pre>
 */
public final class ManualRun {
  /** Where the clock of a run stands at its start. */
  public static final Instant BEGIN = Instant.parse("2026-01-05T09:00:00Z");

  private final Machine machine;
  private final Gate gate;
  private final Map<String, ? extends Action> actions;
  private final Map<String, String> secrets;
  private final ManualClock clock;
  private final List<String> journal;
  private final List<Command.Note> notes = new ArrayList<>();
  private State state;

  private ManualRun(
      Machine machine,
      Gate gate,
      Map<String, ? extends Action> actions,
      Map<String, String> secrets,
      ManualClock clock,
      List<String> journal,
      State state) {
    this.machine = machine;
    this.gate = gate;
    this.actions = actions;
    this.secrets = secrets;
    this.clock = clock;
    this.journal = journal;
    this.state = state;
  }

  /**
   * Begins a run without vars and secrets; nothing is carried out yet.
   *
   * @param actions by name
   * @throws IllegalArgumentException if the inputs do not fit
   */
  public static ManualRun start(
      Playbook playbook, Gate gate, Map<String, ? extends Action> actions, ObjectValue inputs) {
    return start(new Machine(playbook), gate, actions, inputs, ObjectValue.EMPTY, Map.of());
  }

  /**
   * Begins a run; nothing is carried out yet.
   *
   * @param actions by name
   * @param secrets by name
   * @throws IllegalArgumentException if the inputs do not fit
   */
  public static ManualRun start(
      Machine machine,
      Gate gate,
      Map<String, ? extends Action> actions,
      ObjectValue inputs,
      ObjectValue vars,
      Map<String, String> secrets) {
    Inputs.Completed completed = machine.playbook().inputs().complete(inputs);
    if (!completed.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", completed.problems()));
    }
    var clock = new ManualClock(BEGIN);
    Event.Started event =
        machine.started("run-1", "agent-1", completed.values(), vars, clock.instant());
    Advance advance = machine.start(event);
    var run =
        new ManualRun(
            machine,
            gate,
            actions,
            Map.copyOf(secrets),
            clock,
            new ArrayList<>(List.of(Json.write(event.toValue()))),
            advance.state());
    run.carryOut(advance);
    return run;
  }

  /** Where the run is. */
  public State state() {
    return state;
  }

  /** Its clock. */
  public ManualClock clock() {
    return clock;
  }

  /** All accepted events, each in JSON, as a store would keep them. */
  public List<String> journal() {
    return List.copyOf(journal);
  }

  /** What went into the playbook log since this run was made or cut off. */
  public List<Command.Note> notes() {
    return List.copyOf(notes);
  }

  /** What the run waits for. */
  public List<Command> pending() {
    return machine.pending(state);
  }

  /** What it asks people now. */
  public List<Command.Ask> asked() {
    List<Command.Ask> asked = new ArrayList<>();
    for (Command command : pending()) {
      if (command instanceof Command.Ask ask) {
        asked.add(ask);
      }
    }
    return asked;
  }

  /** Carries out commands until the run is over, or waits for people or for a later time. */
  public ManualRun proceed() {
    while (step()) {}
    return this;
  }

  /** Moves the clock on and proceeds. */
  public ManualRun pass(Duration length) {
    clock.pass(length);
    return proceed();
  }

  /** Answers what is asked, as an approval of its own, and proceeds. */
  public ManualRun answer(Event.Answer answer, String by) {
    return answer(answer, by, Optional.empty());
  }

  /** Answers with other parameters, or with an output, and proceeds. */
  public ManualRun answer(Event.Answer answer, String by, Optional<ObjectValue> edited) {
    String key = asked().getFirst().key();
    String approval = answer == Event.Answer.APPROVED ? "approval of " + key : "";
    feed(new Event.Answered(key, answer, by, approval, edited, clock.instant()));
    return proceed();
  }

  /** Cancels the run and proceeds. */
  public ManualRun cancel(String by, String reason) {
    feed(new Event.Cancelled(by, reason, clock.instant()));
    return proceed();
  }

  /**
   * Carries out one command.
   *
   * @return false if the run is over, or waits for people or for a later time
   */
  public boolean step() {
    for (Command command : pending()) {
      Optional<Event> event = answer(command);
      if (event.isPresent()) {
        feed(event.get());
        return true;
      }
    }
    return false;
  }

  /** Hands an event to the machine; false where it was not waited for. */
  public boolean feed(Event event) {
    Advance advance = machine.advance(state, event);
    if (advance.accepted()) {
      journal.add(Json.write(event.toValue()));
      state = advance.state();
      carryOut(advance);
    }
    return advance.accepted();
  }

  /**
   * The run as a new process finds it after the old one was killed: it has the first events of the
   * journal and nothing else. The gate, the actions and the clock are the same.
   *
   * @param events how many of the journal's events were durable; at least the first
   */
  public ManualRun cutOff(int events) {
    List<String> kept = new ArrayList<>(journal.subList(0, events));
    State replayed = machine.replay(kept.stream().map(ManualRun::event).toList()).orElseThrow();
    var run = new ManualRun(machine, gate, actions, secrets, clock, kept, replayed);
    for (Command command : run.pending()) {
      if (command instanceof Command.Act act) {
        run.feed(new Event.Interrupted(act.key(), clock.instant()));
      }
    }
    return run;
  }

  private static Event event(String json) {
    try {
      return Event.fromValue((ObjectValue) Json.parse(json));
    } catch (JsonException e) {
      throw new IllegalStateException("the journal holds " + json, e);
    }
  }

  private void carryOut(Advance advance) {
    for (Command command : advance.commands()) {
      switch (command) {
        case Command.Settle(String key, Effect effect) -> gate.settle(key, effect);
        case Command.Note note -> notes.add(note);
        case Command.Decide _,
            Command.Act _,
            Command.Review _,
            Command.Ask _,
            Command.Wait _,
            Command.Withdraw _,
            Command.End _ -> {}
      }
    }
  }

  private Optional<Event> answer(Command command) {
    Instant now = clock.instant();
    return switch (command) {
      case Command.Decide(String key, var request) ->
          Optional.of(new Event.Decided(key, gate.decide(request), now));
      case Command.Act act -> Optional.of(new Event.Acted(act.key(), perform(act), now));
      case Command.Review(String key, var report) ->
          Optional.of(new Event.Reviewed(key, gate.report(report), now));
      case Command.Ask ask ->
          ask.until()
              .filter(until -> !now.isBefore(until))
              .map(_ -> new Event.Elapsed(ask.key(), now));
      case Command.Wait(String key, Instant until) ->
          now.isBefore(until) ? Optional.empty() : Optional.of(new Event.Elapsed(key, now));
      case Command.Withdraw _, Command.Settle _, Command.Note _, Command.End _ ->
          throw new IllegalStateException("nothing answers " + command);
    };
  }

  private ActionOutcome perform(Command.Act act) {
    Action action = actions.get(act.action());
    if (action == null) {
      return ActionOutcome.Failed.before("no_action", "there is no action `" + act.action() + "`");
    }
    ObjectValue params =
        Secrets.resolve(
            act.params(),
            name -> {
              String secret = act.secrets().contains(name) ? secrets.get(name) : null;
              if (secret == null) {
                throw new IllegalArgumentException("no secret `" + name + "` for this step");
              }
              return secret;
            });
    try {
      return action.perform(
          new ActionCall(
              act.action(),
              params,
              act.idempotencyKey(),
              act.timeout(),
              Optional.empty(),
              state.agent()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ActionOutcome.Failed(
          "interrupted", "the thread was interrupted", false, Effect.POSSIBLE, ObjectValue.EMPTY);
    }
  }
}
