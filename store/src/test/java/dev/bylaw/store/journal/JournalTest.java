package dev.bylaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreOptions.in(folder.resolve("store")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Run run(String id) {
    return new Run(
        id,
        "acme",
        "bot",
        "refund",
        "1.0",
        "sha-1",
        "1",
        RunStatus.RUNNING,
        ObjectValue.of("order", Value.of(17)),
        NullValue.NULL,
        NOON,
        Optional.empty(),
        Optional.empty());
  }

  private interface Change {
    void on(Journal journal);
  }

  private void change(Change change) {
    store.transact(tx -> {
      change.on(tx.journal());
      return true;
    });
  }

  private void start(String... ids) {
    change(journal -> {
      journal.define("sha-1", "playbook: {}");
      for (String id : ids) {
        journal.start(run(id));
      }
    });
  }

  private static List<Value> numbers(int from, int to) {
    List<Value> numbers = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      numbers.add(NumberValue.of(i));
    }
    return numbers;
  }

  private History history(String id) {
    return store.<Optional<History>>read(snapshot -> snapshot.runs().history(id)).orElseThrow();
  }

  @Test
  void aRunIsRebuiltFromItsEventsAfterTheStoreWasOpenedAgain() {
    start("a", "b");
    change(journal -> journal.append("a", 0, numbers(1, 3)));
    change(journal -> journal.append("a", 3, numbers(4, 4)));
    close();
    open();
    History history = history("a");
    assertThat(history.run()).isEqualTo(run("a"));
    assertThat(history.events()).extracting(History.Event::value).isEqualTo(numbers(1, 4));
    change(journal -> journal.append("a", 4, numbers(5, 5)));
    assertThat(history("a").events()).hasSize(5);
    assertThat(history("b").events()).isEmpty();
  }

  @Test
  void aSnapshotStandsForTheEventsUpToIt() {
    start("a");
    change(journal -> journal.append("a", 0, numbers(1, 10)));
    change(journal -> journal.snapshot("a", 8, ObjectValue.of("step", Value.of("pay"))));
    History history = history("a");
    assertThat(history.snapshot().orElseThrow().seq()).isEqualTo(8);
    assertThat(history.events()).extracting(History.Event::seq).containsExactly(9L, 10L);
    List<History.Event> all = store.read(snapshot -> snapshot.runs().events("a"));
    assertThat(all).hasSize(10);
  }

  @Test
  void eventsAreNeverWrittenOverOthers() {
    start("a");
    change(journal -> journal.append("a", 0, numbers(1, 2)));
    assertThatThrownBy(() -> change(journal -> journal.append("a", 1, numbers(2, 2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run a is at event 2, not at 1");
  }

  @Test
  void aWorkThatFailsLeavesTheRunWhereItWas() {
    start("a");
    assertThatThrownBy(() ->
            change(journal -> {
              journal.append("a", 0, numbers(1, 2));
              journal.mark("a", RunStatus.WAITING, Optional.of(NOON));
              throw new IllegalArgumentException("no");
            }))
        .hasMessage("no");
    change(journal -> journal.append("a", 0, numbers(1, 1)));
    change(journal -> journal.mark("a", RunStatus.WAITING, Optional.empty()));
    assertThat(history("a").run().status()).isEqualTo(RunStatus.WAITING);
  }

  @Test
  void anIdIsUsedOnceAndADefinitionIsThere() {
    start("a");
    assertThatThrownBy(() -> start("a")).hasMessage("there is a run a already");
    assertThatThrownBy(() ->
            change(journal -> {
              Run other = run("b");
              journal.start(
                  new Run(
                      "b",
                      other.identity(),
                      other.agent(),
                      other.playbook(),
                      other.version(),
                      "sha-2",
                      other.engine(),
                      other.status(),
                      other.inputs(),
                      other.result(),
                      other.started(),
                      other.ended(),
                      other.wake()));
            }))
        .hasMessage("the definition of run b is not kept");
  }

  @Test
  void everyTransitionIsAllowedOrRefusedAsTheTableSays() {
    Set<String> visited = new HashSet<>();
    int number = 0;
    for (RunStatus from : RunStatus.values()) {
      for (RunStatus to : RunStatus.values()) {
        String id = "run-" + number++;
        start(id);
        move(id, from);
        if (from == to && !from.ended()) {
          move(id, to);
        } else if (from.next().contains(to)) {
          move(id, to);
          assertThat(history(id).run().status()).isEqualTo(to);
        } else {
          assertThatThrownBy(() -> move(id, to)).isInstanceOf(IllegalStateException.class);
          assertThat(history(id).run().status()).isEqualTo(from);
        }
        visited.add(from + ">" + to);
      }
    }
    assertThat(visited).hasSize(64);
  }

  private void move(String id, RunStatus to) {
    if (to.ended()) {
      change(journal -> journal.end(id, to, NOON));
    } else {
      change(journal -> journal.mark(id, to, Optional.empty()));
    }
  }

  @Test
  void anEndedRunTakesNoMoreEvents() {
    start("a");
    change(journal -> journal.end("a", RunStatus.COMPLETED, Value.of("done"), NOON));
    assertThatThrownBy(() -> change(journal -> journal.append("a", 0, numbers(1, 1))))
        .hasMessage("run a has ended");
    Run ended = history("a").run();
    assertThat(ended.ended()).contains(NOON);
    assertThat(ended.result()).isEqualTo(Value.of("done"));
  }

  @Test
  void onlyUnfinishedRunsAreRecoveredInTheOrderOfTheirStart() {
    start("a", "b", "c", "d");
    change(journal -> {
      journal.append("c", 0, numbers(1, 2));
      journal.append("a", 0, numbers(1, 1));
      journal.end("b", RunStatus.FAILED, NOON);
    });
    List<History> found = new ArrayList<>();
    store.read(snapshot -> {
      snapshot.runs().eachUnfinished(found::add);
      return true;
    });
    assertThat(found).extracting(history -> history.run().id()).containsExactly("a", "c", "d");
    assertThat(found).extracting(history -> history.events().size()).containsExactly(1, 2, 0);
  }

  @Test
  void waitingRunsAreWokenInTheOrderOfTheirTime() {
    start("a", "b", "c");
    change(journal -> {
      journal.mark("a", RunStatus.WAITING, Optional.of(NOON.plusSeconds(20)));
      journal.mark("b", RunStatus.WAITING, Optional.of(NOON.plusSeconds(10)));
      journal.mark("c", RunStatus.WAITING, Optional.empty());
    });
    assertThat(store.<Optional<Instant>>read(snapshot -> snapshot.runs().nextWake()))
        .contains(NOON.plusSeconds(10));
    assertThat(store.<List<String>>read(snapshot -> snapshot.runs().due(NOON.plusSeconds(20), 10)))
        .containsExactly("b", "a");
    change(journal -> journal.mark("b", RunStatus.RUNNING, Optional.empty()));
    assertThat(store.<List<String>>read(snapshot -> snapshot.runs().due(NOON.plusSeconds(19), 10)))
        .isEmpty();
  }
}
