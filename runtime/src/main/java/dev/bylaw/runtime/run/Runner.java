package dev.bylaw.runtime.run;

import dev.bylaw.playbook.machine.Event;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.playbook.machine.State;
import dev.bylaw.store.Store;
import dev.bylaw.store.journal.History;
import dev.bylaw.store.journal.Run;
import dev.bylaw.store.journal.RunStatus;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Starts runs, wakes them, hands them answers, and takes them up again after a restart.
 *
 * <p>Thread-safe. Closing waits for no action: what is under way is cut off and found again by the
 * next start, as after a kill.
 */
public final class Runner implements RunParts, AutoCloseable {
  private final Store store;
  private final RunGate gate;
  private final Notebook notebook;
  private final ActionCalls calls;
  private final InstantSource clock;
  private final Definitions definitions;
  private final String identity;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bylaw-timer").factory());
  private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * A runner.
   *
   * @param identity whose runs
   * @param store where they are journaled
   * @param gate decides
   * @param calls calls actions
   * @param definitions reads playbooks that runs are pinned to
   * @param clock the time
   */
  public Runner(
      String identity,
      Store store,
      RunGate gate,
      ActionCalls calls,
      Definitions definitions,
      InstantSource clock) {
    this.identity = identity;
    this.store = store;
    this.gate = gate;
    this.notebook = new Notebook(identity, store);
    this.calls = calls;
    this.definitions = definitions;
    this.clock = clock;
  }

  /**
   * Starts a run; its beginning is durable when the future of {@link Started#begun} completes.
   *
   * @param machine of the playbook
   * @param text the playbook's text, which the run is pinned to
   * @param id of the run
   * @param agent whose run it is
   * @param inputs complete
   * @param vars of {@code bylaw.yaml}
   */
  public Started start(
      Machine machine, String text, String id, String agent, ObjectValue inputs, ObjectValue vars) {
    definitions.keep(machine);
    Event.Started event = machine.started(id, agent, inputs, vars, now());
    var facts = facts(event);
    Run run =
        new Run(
            id,
            identity,
            agent,
            event.playbook(),
            event.version(),
            event.definition(),
            Integer.toString(State.ENGINE),
            RunStatus.RUNNING,
            event.inputs(),
            NullValue.NULL,
            event.at(),
            Optional.empty(),
            Optional.empty());
    var first = new ActiveRun(this, facts, machine, machine.start(event).state(), 0, false);
    active.put(id, first);
    first.begin(event, run, text);
    return new Started(id, first.begun(), first.rest());
  }

  /**
   * A run that was started.
   *
   * @param id its id
   * @param begun completes when the start is durable
   * @param rest completes when the run has ended or waits for people
   */
  public record Started(
      String id, CompletableFuture<Void> begun, CompletableFuture<RunStanding> rest) {}

  /**
   * Hands an event to a run that is not over, taking it up if it rests.
   *
   * @return completes when the run rests again
   * @throws IllegalArgumentException if there is no such run
   */
  public CompletableFuture<RunStanding> tell(String id, Event event) {
    return hand(id, event).rest();
  }

  /**
   * {@link #tell} for callers who have to know when the event was taken.
   *
   * @throws IllegalArgumentException if there is no such run
   */
  public Handed hand(String id, Event event) {
    while (true) {
      ActiveRun run = takeUp(id);
      Optional<CompletableFuture<Void>> taken = run.offer(event);
      if (taken.isPresent()) {
        return new Handed(taken.get(), run.rest());
      }
      forget(run);
    }
  }

  /**
   * An event that was handed to a run.
   *
   * @param taken completes when it is durable, or known to change nothing
   * @param rest completes when the run rests again
   */
  public record Handed(CompletableFuture<Void> taken, CompletableFuture<RunStanding> rest) {}

  /**
   * What is cut off by closing is the next start's to find: an interrupted action proves nothing.
   */
  @Override
  public void acted(String id, Event.Acted event) {
    if (!closed) {
      var _ = hand(id, event);
    }
  }

  /**
   * Takes up every run that has not ended: those under way go on, the others wait for their time.
   *
   * @return the runs that go on now
   */
  public List<Resumed> recover() {
    List<Resumed> resumed = new ArrayList<>();
    var muster = new Muster(threads);
    try {
      boolean _ =
          store.read(snapshot -> {
            snapshot
                .runs()
                .eachUnfinished(history -> {
                  if (!active.containsKey(history.run().id())) {
                    recover(history, snapshot.runs()::definition, muster).ifPresent(resumed::add);
                  }
                });
            return true;
          });
    } finally {
      muster.arrived();
    }
    return resumed;
  }

  private Optional<Resumed> recover(
      History history, Function<String, Optional<String>> texts, Muster muster) {
    String id = history.run().id();
    if (history.run().status() != RunStatus.RUNNING) {
      history.run().wake().ifPresent(at -> wake(id, at));
      return Optional.empty();
    }
    try {
      ActiveRun run = load(history, texts);
      active.put(id, run);
      run.recover(muster);
      return Optional.of(new Resumed(id, run.rest()));
    } catch (RuntimeException e) {
      // One run that cannot be rebuilt keeps no other from going on.
      return Optional.of(new Resumed(id, CompletableFuture.failedFuture(e)));
    }
  }

  /**
   * A run that was taken up.
   *
   * @param id its id
   * @param rest completes when it has ended or waits for people
   */
  public record Resumed(String id, CompletableFuture<RunStanding> rest) {}

  private ActiveRun takeUp(String id) {
    ActiveRun known = active.get(id);
    if (known != null) {
      return known;
    }
    ActiveRun loaded =
        store.read(snapshot ->
            snapshot
                .runs()
                .history(id)
                .map(history -> load(history, snapshot.runs()::definition))
                .orElseThrow(() -> new IllegalArgumentException("there is no run " + id)));
    ActiveRun earlier = active.putIfAbsent(id, loaded);
    return earlier == null ? loaded : earlier;
  }

  private ActiveRun load(History history, Function<String, Optional<String>> texts) {
    Run run = history.run();
    String text =
        texts
            .apply(run.definition())
            .orElseThrow(
                () -> new IllegalStateException("the definition of run " + run.id() + " is gone"));
    List<Event> events = new ArrayList<>();
    for (History.Event event : history.events()) {
      events.add(Event.fromValue((ObjectValue) event.value()));
    }
    Optional<State> snapshot =
        history.snapshot().map(kept -> State.fromValue((ObjectValue) kept.state()));
    ObjectValue vars =
        snapshot
            .map(State::vars)
            .orElseGet(() ->
                !events.isEmpty() && events.getFirst() instanceof Event.Started started
                    ? started.vars()
                    : ObjectValue.EMPTY);
    Machine machine = definitions.machine(run.definition(), text, names(vars));
    State state =
        snapshot
            .map(kept -> machine.replay(kept, events))
            .or(() -> machine.replay(events))
            .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no events"));
    long seq =
        history.events().isEmpty()
            ? history.snapshot().map(History.Snapshot::seq).orElse(0L)
            : history.events().getLast().seq();
    ObjectValue inputs = run.inputs() instanceof ObjectValue object ? object : ObjectValue.EMPTY;
    var facts = new RunFacts(run.id(), run.playbook(), run.version(), run.agent(), inputs);
    return new ActiveRun(this, facts, machine, state, seq, run.status() == RunStatus.WAITING);
  }

  private static Set<String> names(ObjectValue vars) {
    Set<String> names = new LinkedHashSet<>();
    vars.forEach((key, _) -> {
      if (key instanceof StringValue text) {
        names.add(text.text());
      }
    });
    return names;
  }

  private static RunFacts facts(Event.Started event) {
    return new RunFacts(
        event.run(), event.playbook(), event.version(), event.agent(), event.inputs());
  }

  @Override
  public void wake(String id, Instant until) {
    later(
        until,
        () -> {
          if (now().isBefore(until)) {
            // The clock was set back meanwhile.
            wake(id, until);
            return;
          }
          ActiveRun run = takeUp(id);
          while (!run.elapse()) {
            forget(run);
            run = takeUp(id);
          }
        });
  }

  private void later(Instant until, Runnable work) {
    long millis = Math.max(10, Duration.between(now(), until).toMillis());
    if (!closed) {
      var _ =
          timers.schedule(
              () -> {
                if (!closed) {
                  threads.execute(work);
                }
              },
              millis,
              TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void forget(ActiveRun run) {
    active.remove(run.id(), run);
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public RunGate gate() {
    return gate;
  }

  @Override
  public Notebook notebook() {
    return notebook;
  }

  @Override
  public ActionCalls calls() {
    return calls;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Executor threads() {
    return threads;
  }

  @Override
  public void close() {
    closed = true;
    timers.shutdownNow();
    threads.shutdownNow();
  }
}
