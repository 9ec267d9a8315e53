package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one playbook, a step of thought at a time. Immutable and thread-safe. */
public final class Machine {
  private final Playbook playbook;
  private final Route route;
  private final Consumer<Transition> visits;

  public Machine(Playbook playbook) {
    this(playbook, _ -> {});
  }

  /** A machine that tells each transition it takes. */
  Machine(Playbook playbook, Consumer<Transition> visits) {
    this.playbook = playbook;
    this.route = new Route(playbook);
    this.visits = visits;
  }

  /** What it runs. */
  public Playbook playbook() {
    return playbook;
  }

  /**
   * The event that begins a run.
   *
   * @param run its id
   * @param agent whose run it is
   * @param inputs complete ({@link dev.bylaw.playbook.definition.Inputs#complete})
   * @param vars all of {@code bylaw.yaml}; those the playbook refers to are kept
   * @param at when
   */
  public Event.Started started(
      String run, String agent, ObjectValue inputs, ObjectValue vars, Instant at) {
    ObjectValue.Builder kept = ObjectValue.builder();
    for (String name : playbook.names().stream().sorted().toList()) {
      Value value = vars.get(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    return new Event.Started(
        run,
        playbook.name(),
        playbook.version(),
        playbook.digest(),
        agent,
        inputs,
        kept.build(),
        at);
  }

  /**
   * Begins a run.
   *
   * @throws IllegalArgumentException if the event is of another playbook
   */
  public Advance start(Event.Started event) {
    requireOurs(event.definition());
    var state =
        new State(
            event.run(),
            event.definition(),
            event.agent(),
            RunStatus.RUNNING,
            0,
            Secrets.clean(event.inputs()),
            Secrets.clean(event.vars()),
            ObjectValue.EMPTY,
            List.of(),
            ObjectValue.EMPTY,
            ObjectValue.EMPTY,
            ObjectValue.EMPTY);
    var turn = new Turn(route, playbook, visits, state, event.at());
    turn.begin(event);
    return turn.end();
  }

  /**
   * Takes one event.
   *
   * @throws IllegalArgumentException if the event is of a kind that cannot answer the command of
   *     its key, or the state is of another playbook
   */
  public Advance advance(State state, Event event) {
    requireOurs(state.definition());
    if (event instanceof Event.Started) {
      throw new IllegalArgumentException("the run has begun already");
    }
    if (state.status().isEnd()) {
      return new Advance(state, List.of(), false);
    }
    var turn = new Turn(route, playbook, visits, state, event.at());
    return turn.take(event) ? turn.end() : new Advance(state, List.of(), false);
  }

  /** The commands whose answers the run waits for. Follows from the state alone. */
  public List<Command> pending(State state) {
    requireOurs(state.definition());
    List<Command> commands = new ArrayList<>();
    for (Cursor cursor : state.cursors()) {
      commands.add(Pending.of(cursor, route.step(cursor.step()), state.run()));
    }
    return commands;
  }

  /**
   * The state that follows from journaled events.
   *
   * @param events all of them, in order, beginning with the start
   * @return the state; empty where there is no event
   * @throws IllegalArgumentException if one of them could not have been accepted
   */
  public Optional<State> replay(Iterable<Event> events) {
    var rest = events.iterator();
    if (!rest.hasNext()) {
      return Optional.empty();
    }
    if (!(rest.next() instanceof Event.Started started)) {
      throw new IllegalArgumentException("the first event is not the start of a run");
    }
    return Optional.of(replay(start(started).state(), () -> rest));
  }

  /**
   * The state that follows from a snapshot and the events behind it.
   *
   * @throws IllegalArgumentException if one of them could not have been accepted
   */
  public State replay(State snapshot, Iterable<Event> events) {
    State state = snapshot;
    for (Event event : events) {
      state = replay(state, event);
    }
    return state;
  }

  private State replay(State state, Event event) {
    Advance advance = advance(state, event);
    if (!advance.accepted()) {
      throw new IllegalArgumentException(
          "event " + (state.events() + 1) + " was not waited for: " + event.toValue());
    }
    return advance.state();
  }

  private void requireOurs(String definition) {
    if (!definition.equals(playbook.digest())) {
      throw new IllegalArgumentException(
          "the run is pinned to another definition of `" + playbook.name() + "`: " + definition);
    }
  }
}
