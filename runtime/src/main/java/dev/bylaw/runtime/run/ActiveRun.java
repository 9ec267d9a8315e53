package dev.bylaw.runtime.run;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.machine.Event;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.playbook.machine.State;
import dev.bylaw.store.Transaction;
import dev.bylaw.store.journal.Entry;
import dev.bylaw.store.journal.Journal;
import dev.bylaw.store.journal.Run;
import dev.bylaw.store.journal.RunStatus;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run under way in this process: takes its events one after the other, whichever threads they
 * come from.
 */
final class ActiveRun {
  private final RunParts parts;
  private final RunFacts facts;
  private final Machine machine;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<RunStanding> rest = new CompletableFuture<>();

  /** Something that a run takes, and who waits until it has. */
  private record Work(Runnable action, CompletableFuture<Void> taken) {}

  private final ArrayDeque<Work> inbox = new ArrayDeque<>();
  private boolean busy;
  private boolean letGo;

  // Touched by the one thread that takes events.
  private State state;
  private long seq;
  private boolean markedWaiting;
  private @Nullable RunStanding standing;
  private @Nullable Consumer<Journal> beginning;

  /** Where actions are called from. */
  private volatile Executor actions;

  ActiveRun(
      RunParts parts,
      RunFacts facts,
      Machine machine,
      State state,
      long seq,
      boolean markedWaiting) {
    this.parts = parts;
    this.actions = parts.threads();
    this.facts = facts;
    this.machine = machine;
    this.state = state;
    this.seq = seq;
    this.markedWaiting = markedWaiting;
  }

  /** The run's id. */
  String id() {
    return facts.id();
  }

  /** Completes when the start of the run is durable. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  /**
   * Completes when the run has ended or waits for people, or exceptionally when the store fails.
   */
  CompletableFuture<RunStanding> rest() {
    return rest;
  }

  /**
   * Takes an event as soon as those before it are taken.
   *
   * @return completes when what follows from it is durable; empty if the run rests and was let go
   *     of: another instance has to be taken up
   */
  Optional<CompletableFuture<Void>> offer(Event event) {
    return enqueue(() -> take(event));
  }

  /** Begins the run: its definition, its row in the journal and its first event are one write. */
  void begin(Event.Started event, Run run, String definition) {
    var _ =
        enqueue(() -> {
          Turn turn = turn();
          turn.begin(event);
          beginning =
              journal -> {
                journal.define(run.definition(), definition);
                journal.start(run);
              };
          go(turn);
        });
  }

  /**
   * Goes on after a restart: what was under way is carried out again, or known to be cut off.
   *
   * @param muster holds back the actions that follow until every run has gone on
   */
  void recover(Muster muster) {
    muster.expect();
    actions = muster;
    var _ =
        enqueue(this::carryOn)
            .orElseThrow(() -> new IllegalStateException("nobody can have let go of it yet"))
            .whenComplete((_, _) -> muster.arrived());
  }

  /** Tells the run of every time that has come. */
  boolean elapse() {
    return enqueue(
            () -> {
              Instant now = parts.now();
              for (Command command : machine.pending(state)) {
                until(command)
                    .filter(until -> !until.isAfter(now))
                    .ifPresent(_ -> take(new Event.Elapsed(key(command), now)));
              }
            })
        .isPresent();
  }

  private Optional<CompletableFuture<Void>> enqueue(Runnable action) {
    var work = new Work(action, new CompletableFuture<>());
    synchronized (inbox) {
      if (letGo) {
        return Optional.empty();
      }
      inbox.add(work);
      if (busy) {
        return Optional.of(work.taken);
      }
      busy = true;
    }
    parts.threads().execute(this::drain);
    return Optional.of(work.taken);
  }

  private void drain() {
    while (true) {
      Work work;
      synchronized (inbox) {
        work = inbox.poll();
        if (work == null) {
          busy = false;
          if (standing == null) {
            return;
          }
          letGo = true;
        }
      }
      if (work == null) {
        parts.forget(this);
        rest.complete(standing);
        return;
      }
      try {
        work.action.run();
        standing = standing();
      } catch (RuntimeException | Error e) {
        abandon(work, cause(e));
        return;
      }
      work.taken.complete(null);
    }
  }

  /** The journal is what holds: this process knows nothing better and lets go of the run. */
  private void abandon(Work failed, Throwable cause) {
    List<Work> untaken;
    synchronized (inbox) {
      letGo = true;
      untaken = List.copyOf(inbox);
      inbox.clear();
    }
    parts.forget(this);
    failed.taken.completeExceptionally(cause);
    untaken.forEach(work -> work.taken.completeExceptionally(cause));
    begun.completeExceptionally(cause);
    rest.completeExceptionally(cause);
  }

  private static Throwable cause(Throwable e) {
    return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
  }

  private void take(Event event) {
    Turn turn = turn();
    if (turn.accept(event)) {
      go(turn);
    }
  }

  private void carryOn() {
    List<Command> again = new ArrayList<>();
    List<Event> cutOff = new ArrayList<>();
    for (Command command : machine.pending(state)) {
      switch (command) {
        case Command.Act act -> cutOff.add(new Event.Interrupted(act.key(), parts.now()));
        // The question is in the store with its history; asking is not done twice.
        case Command.Ask ask -> dispatch(ask);
        case Command.Decide _,
            Command.Review _,
            Command.Wait _,
            Command.Withdraw _,
            Command.Settle _,
            Command.Note _,
            Command.End _ ->
            again.add(command);
      }
    }
    Turn turn = turn();
    turn.carryOut(again);
    cutOff.forEach(turn::accept);
    go(turn);
  }

  private Turn turn() {
    return new Turn(machine, parts.gate(), parts.notebook(), parts.clock(), facts, state);
  }

  /** Writes a turn and what follows from it, then carries out what has to wait for that. */
  private void go(Turn first) {
    Turn turn = first;
    while (true) {
      Turn written = turn.isEmpty() ? turn : write(turn);
      written.open().forEach(this::dispatch);
      if (written.postponed().isEmpty()) {
        break;
      }
      turn = turn();
      turn.carryOut(written.postponed());
    }
  }

  private record Written(Turn turn, long seq, boolean waiting) {}

  private Turn write(Turn turn) {
    long before = seq;
    boolean waited = markedWaiting;
    Entry entry = turn.entry();
    Written written =
        parts.store().write(transaction -> write(turn, entry, transaction, before, waited)).join();
    state = written.turn.state();
    seq = written.seq;
    markedWaiting = written.waiting;
    beginning = null;
    begun.complete(null);
    return written.turn;
  }

  private Written write(
      Turn turn, Entry entry, Transaction transaction, long before, boolean waited) {
    if (beginning != null) {
      beginning.accept(transaction.journal());
    }
    long[] last = {before};
    Turn after =
        turn.settle(
            transaction,
            entry,
            each -> last[0] = transaction.journal().append(facts.id(), last[0], each));
    boolean waiting = waits(after.state());
    mark(transaction.journal(), after.state(), waited, waiting);
    return new Written(after, last[0], waiting);
  }

  /** Whether all that the run waits for are people and times. */
  private boolean waits(State now) {
    if (now.status().isEnd()) {
      return false;
    }
    return machine.pending(now).stream()
        .allMatch(command -> command instanceof Command.Ask || command instanceof Command.Wait);
  }

  private void mark(Journal journal, State now, boolean waited, boolean waiting) {
    if (now.status().isEnd() || (!waiting && !waited)) {
      return;
    }
    journal.mark(
        facts.id(),
        waiting ? RunStatus.WAITING : RunStatus.RUNNING,
        waiting ? wake(now) : Optional.empty());
  }

  private Optional<Instant> wake(State now) {
    return machine.pending(now).stream()
        .flatMap(command -> until(command).stream())
        .min(Instant::compareTo);
  }

  private void dispatch(Command command) {
    switch (command) {
      case Command.Act act ->
          actions.execute(() -> {
            ActionOutcome outcome = parts.calls().perform(facts, act);
            parts.acted(facts.id(), new Event.Acted(act.key(), outcome, parts.now()));
          });
      case Command.Wait wait -> parts.wake(facts.id(), wait.until());
      case Command.Ask ask -> ask.until().ifPresent(until -> parts.wake(facts.id(), until));
      case Command.Decide _,
          Command.Review _,
          Command.Withdraw _,
          Command.Settle _,
          Command.Note _,
          Command.End _ ->
          throw new IllegalStateException("not to be dispatched: " + command);
    }
  }

  /** Where the run stands, if nothing but people move it on. */
  private @Nullable RunStanding standing() {
    if (state.status().isEnd()) {
      return new RunStanding(facts.id(), state.status(), state.output(), state.error());
    }
    boolean asks =
        markedWaiting
            && machine.pending(state).stream().anyMatch(command -> command instanceof Command.Ask);
    return asks
        ? new RunStanding(facts.id(), state.status(), ObjectValue.EMPTY, ObjectValue.EMPTY)
        : null;
  }

  private static Optional<Instant> until(Command command) {
    return switch (command) {
      case Command.Ask ask -> ask.until();
      case Command.Wait wait -> Optional.of(wait.until());
      case Command.Decide _,
          Command.Act _,
          Command.Review _,
          Command.Withdraw _,
          Command.Settle _,
          Command.Note _,
          Command.End _ ->
          Optional.empty();
    };
  }

  private static String key(Command command) {
    return switch (command) {
      case Command.Ask ask -> ask.key();
      case Command.Wait wait -> wait.key();
      case Command.Decide decide -> decide.key();
      case Command.Act act -> act.key();
      case Command.Review review -> review.key();
      case Command.Withdraw _, Command.Settle _, Command.Note _, Command.End _ -> "";
    };
  }
}
