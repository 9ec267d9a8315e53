package dev.bylaw.bench.jmh;

import dev.bylaw.bench.Whole;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.playbook.machine.Advance;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.machine.Event;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The playbook machine alone: no gate, no journal, no action; ten steps of three events each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // made by the set-up
public class MachineBenchmark {
  private static final Instant AT = Instant.parse("2026-03-02T17:00:00Z");
  private static final int EVENTS = 31;

  private Machine machine;
  private Event.Started started;
  private List<Event> events = List.of();

  /** Reads the playbook and plays it once, to know its events. */
  @Setup
  public void read() throws IOException {
    Path folder = Files.createTempDirectory("machine");
    try (Bylaw bylaw = Bylaw.open(Whole.identity(folder.resolve("identity")))) {
      machine = new Machine(java.util.Objects.requireNonNull(bylaw.playbooks().get("ten")));
    }
    Whole.delete(folder);
    started = machine.started("run", "agent", ObjectValue.EMPTY, ObjectValue.EMPTY, AT);
    List<Event> all = new ArrayList<>(List.of(started));
    Advance now = machine.start(started);
    while (!now.state().status().isEnd()) {
      Event next = answer(machine.pending(now.state()).getFirst());
      all.add(next);
      now = machine.advance(now.state(), next);
    }
    if (all.size() != EVENTS) {
      throw new IllegalStateException(all.size() + " events");
    }
    events = List.copyOf(all);
  }

  private static Event answer(Command command) {
    return switch (command) {
      case Command.Decide decide -> new Event.Decided(decide.key(), Verdict.allow("d"), AT);
      case Command.Act act ->
          new Event.Acted(act.key(), new ActionOutcome.Done(ObjectValue.EMPTY), AT);
      case Command.Review review -> new Event.Reviewed(review.key(), Verdict.allow("d"), AT);
      case Command.Ask _,
          Command.Wait _,
          Command.Withdraw _,
          Command.Settle _,
          Command.Note _,
          Command.End _ ->
          throw new IllegalStateException(command.toString());
    };
  }

  /** A whole run, event by event; divide by 31 for one. */
  @Benchmark
  public dev.bylaw.playbook.machine.State run() {
    dev.bylaw.playbook.machine.State state = machine.start(started).state();
    for (int i = 1; i < events.size(); i++) {
      state = machine.advance(state, events.get(i)).state();
    }
    return state;
  }

  /** The same rebuilt from its events, as after a restart. */
  @Benchmark
  public dev.bylaw.playbook.machine.State replay() {
    return machine.replay(events).orElseThrow();
  }

  /** Its events written as JSON values and read back. */
  @Benchmark
  public List<Event> events() {
    List<Event> read = new ArrayList<>(events.size());
    for (Event event : events) {
      read.add(Event.fromValue(event.toValue()));
    }
    return read;
  }
}
