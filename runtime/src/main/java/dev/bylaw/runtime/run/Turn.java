package dev.bylaw.runtime.run;

import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.playbook.machine.Advance;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.machine.Event;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.playbook.machine.State;
import dev.bylaw.store.Transaction;
import dev.bylaw.store.journal.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What follows from one event without waiting, collected for one transaction.
 *
 * <p>Its first half ({@link #accept}) needs no store: it advances the machine, decides on results,
 * takes the next decision where no cap is concerned and prepares it where one is. Its second half
 * ({@link #settle}) runs on the writer's thread: it settles the prepared decisions and advances
 * once more. A settled turn is a new one, so that a transaction that is undone and done again
 * begins where it began before.
 */
final class Turn {
  /** A decision that waits for the ledger. */
  private record Deciding(String key, RunGate.Prepared.Open open) {}

  private final Machine machine;
  private final RunGate gate;
  private final Notebook notebook;
  private final InstantSource clock;
  private final RunFacts facts;

  private State state;
  private final List<Event> events = new ArrayList<>();
  private final List<RunGate.Step> steps = new ArrayList<>();
  private final List<Deciding> deciding = new ArrayList<>();

  /** Decisions that came up on the writer's thread; they are prepared off it, in the next turn. */
  private final List<Command.Decide> postponed = new ArrayList<>();

  private final List<Command> open = new ArrayList<>();
  private boolean onWriter;

  Turn(
      Machine machine,
      RunGate gate,
      Notebook notebook,
      InstantSource clock,
      RunFacts facts,
      State state) {
    this.machine = machine;
    this.gate = gate;
    this.notebook = notebook;
    this.clock = clock;
    this.facts = facts;
    this.state = state;
  }

  /** The state after it. */
  State state() {
    return state;
  }

  /** The events that were accepted, in order. */
  List<Event> events() {
    return events;
  }

  /** The events as the journal keeps them. */
  Entry entry() {
    return Entry.of(events.stream().map(Event::toValue).toList());
  }

  /** What is to be done in the transaction, in order. */
  List<RunGate.Step> steps() {
    return steps;
  }

  /** What is to be carried out once it is durable: actions, questions, waits. */
  List<Command> open() {
    return open;
  }

  /** Decisions that need another turn. */
  List<Command.Decide> postponed() {
    return postponed;
  }

  /** Whether there is nothing to write. */
  boolean isEmpty() {
    return events.isEmpty() && steps.isEmpty() && deciding.isEmpty();
  }

  /** Takes an event; an event that the run does not wait for changes nothing. */
  boolean accept(Event event) {
    Advance advance = machine.advance(state, event);
    return advance.accepted() && take(advance, event);
  }

  /** Takes the first event of a run. */
  void begin(Event.Started event) {
    take(machine.start(event), event);
  }

  /** Carries out commands that the run waits for already. */
  void carryOut(List<? extends Command> commands) {
    commands.forEach(this::handle);
  }

  private boolean take(Advance advance, Event event) {
    state = advance.state();
    events.add(event);
    advance.commands().forEach(this::handle);
    return true;
  }

  private void handle(Command command) {
    switch (command) {
      case Command.Decide decide -> decide(decide);
      case Command.Review review -> review(review);
      case Command.Act act -> open.add(act);
      case Command.Wait wait -> open.add(wait);
      case Command.Ask ask -> {
        steps.add(gate.ask(facts, ask));
        open.add(ask);
      }
      case Command.Withdraw withdraw -> steps.add(gate.withdraw(facts, withdraw.key()));
      case Command.Settle settle ->
          steps.add(gate.settle(facts, settle.idempotencyKey(), settle.effect()));
      case Command.Note note -> steps.add(notebook.note(facts, note, now()));
      case Command.End end -> steps.add(notebook.end(facts, end, now()));
    }
  }

  private void decide(Command.Decide decide) {
    if (onWriter) {
      postponed.add(decide);
      return;
    }
    switch (gate.prepare(facts, decide.request())) {
      case RunGate.Prepared.Known known -> {
        steps.add(known.record());
        answered(new Event.Decided(decide.key(), known.verdict(), now()));
      }
      case RunGate.Prepared.Open lacking -> deciding.add(new Deciding(decide.key(), lacking));
    }
  }

  private void answered(Event answer) {
    if (!accept(answer)) {
      throw new IllegalStateException("it was asked for and not waited for: " + answer);
    }
  }

  private void review(Command.Review review) {
    RunGate.Reviewed reviewed = gate.review(facts, review.report());
    steps.add(reviewed.record());
    answered(new Event.Reviewed(review.key(), reviewed.verdict(), now()));
  }

  /**
   * The second half, inside the transaction; this turn stays as it is. What belongs to the first
   * half is written before the ledger is asked: a commit may make room for the next reservation.
   *
   * @param entry this turn's {@link #entry}, made on the caller's thread
   * @param journal appends events; always before what may end the run
   */
  Turn settle(Transaction transaction, Entry entry, Consumer<Entry> journal) {
    var after = new Turn(machine, gate, notebook, clock, facts, state);
    after.onWriter = true;
    after.open.addAll(open);
    journal.accept(entry);
    steps.forEach(step -> step.in(transaction));
    for (Deciding each : deciding) {
      Verdict verdict = each.open().settle(transaction);
      after.answered(new Event.Decided(each.key(), verdict, now()));
    }
    journal.accept(after.entry());
    after.steps.forEach(step -> step.in(transaction));
    return after;
  }

  /** Now, to the millisecond: what the journal keeps is what was meant. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
