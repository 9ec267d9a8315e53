package dev.bylaw.runtime.run;

import dev.bylaw.store.Store;
import dev.bylaw.store.journal.History;
import dev.bylaw.store.journal.Run;
import java.util.List;
import java.util.Optional;

/** The runs of an identity, as the journal holds them. Thread-safe. */
public final class Runs {
  private final String identity;
  private final Store store;

  public Runs(String identity, Store store) {
    this.identity = identity;
    this.store = store;
  }

  /** The newest, newest first. */
  public List<Run> latest(int most) {
    return store.read(snapshot -> snapshot.runs().latest(identity, most));
  }

  /** One of them. */
  public Optional<Run> find(String id) {
    return store
        .read(snapshot -> snapshot.runs().find(id))
        .filter(run -> run.identity().equals(identity));
  }

  /** What happened in a run, in order. */
  public List<History.Event> events(String id) {
    return find(id).isEmpty() ? List.of() : store.read(snapshot -> snapshot.runs().events(id));
  }

  /** Those that have not ended, in the order they were started. */
  public List<Run> unfinished() {
    return store.read(snapshot -> snapshot.runs().unfinished()).stream()
        .filter(run -> run.identity().equals(identity))
        .toList();
  }
}
