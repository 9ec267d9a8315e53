package dev.bylaw.store.journal;

import dev.bylaw.store.metrics.Counting;
import dev.bylaw.store.sql.Session;
import dev.bylaw.store.sql.Texts;
import dev.bylaw.value.Json;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down what happens in runs. */
public final class Journal extends Runs {
  private static final int KNOWN_RUNS = 20_000;

  /** What is needed of a run to append to it, without asking the tables again. */
  private static final class Place {
    final long no;
    final String identity;
    final String playbook;
    RunStatus status;
    @Nullable Long wake;
    long seq;

    Place(
        long no,
        String identity,
        String playbook,
        RunStatus status,
        @Nullable Long wake,
        long seq) {
      this.no = no;
      this.identity = identity;
      this.playbook = playbook;
      this.status = status;
      this.wake = wake;
      this.seq = seq;
    }
  }

  private final Counting counting;
  private long lastNo = -1;
  private long lastEntry = -1;
  private final Map<String, Place> places =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
          return size() > KNOWN_RUNS;
        }
      };

  public Journal(Session session, Counting counting) {
    super(session);
    this.counting = counting;
  }

  /** Keeps the text of a definition, once for each digest. */
  public void define(String digest, String text) {
    session.update(
        "INSERT INTO definition (digest, text) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
        digest,
        text);
  }

  /**
   * Begins a run.
   *
   * @throws IllegalArgumentException if its id was used, or its definition is not kept
   */
  public void start(Run run) {
    if (session.number("SELECT COUNT(*) FROM definition WHERE digest = ?", run.definition()) == 0) {
      throw new IllegalArgumentException("the definition of run " + run.id() + " is not kept");
    }
    if (lastNo < 0) {
      lastNo = session.number("SELECT MAX(no) FROM run");
    }
    long no = lastNo + 1;
    int inserted =
        session.update(
            "INSERT INTO run (no, id, identity, agent, playbook, version, definition, engine,"
                + " status, inputs, result, started, wake)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            no,
            run.id(),
            run.identity(),
            run.agent(),
            run.playbook(),
            run.version(),
            run.definition(),
            run.engine(),
            run.status().text(),
            Json.write(run.inputs()),
            Json.write(run.result()),
            run.started().toEpochMilli(),
            millis(run.wake()));
    if (inserted == 0) {
      throw new IllegalArgumentException("there is a run " + run.id() + " already");
    }
    long before = lastNo;
    session.onUndo(() -> {
      lastNo = before;
      places.remove(run.id());
    });
    lastNo = no;
    places.put(
        run.id(),
        new Place(no, run.identity(), run.playbook(), run.status(), millis(run.wake()), 0));
  }

  /**
   * Appends events to a run.
   *
   * @param after the seq of the last event that the caller knows of: somebody else's events in
   *     between are never written over
   * @return the seq of the last event now
   * @throws IllegalStateException if there are others behind it
   */
  public long append(String id, long after, List<? extends Value> events) {
    return append(id, after, Entry.of(events));
  }

  /** {@link #append(String, long, List)} of events that were written out on another thread. */
  public long append(String id, long after, Entry entry) {
    if (entry.size() == 0) {
      return after;
    }
    Place place = place(id);
    if (place.seq != after) {
      throw new IllegalStateException(
          "run " + id + " is at event " + place.seq + ", not at " + after);
    }
    if (place.status.ended()) {
      throw new IllegalStateException("run " + id + " has ended");
    }
    if (lastEntry < 0) {
      lastEntry = session.number("SELECT MAX(no) FROM run_event");
    }
    long no = lastEntry;
    session.onUndo(() -> {
      place.seq = after;
      lastEntry = no;
    });
    lastEntry = no + 1;
    place.seq = after + entry.size();
    session.later(
        "INSERT INTO run_event (no, run, seq, value) VALUES (?, ?, ?, ?)",
        lastEntry,
        place.no,
        place.seq,
        entry.json());
    return place.seq;
  }

  /** Keeps the state after an event; the one before is no longer needed. */
  public void snapshot(String id, long seq, Value state) {
    session.later(
        "INSERT INTO run_snapshot (run, seq, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (run) DO UPDATE SET seq = excluded.seq, value = excluded.value",
        place(id).no,
        seq,
        Json.write(state));
  }

  /**
   * Notes that a run goes on or waits.
   *
   * @param wake when it is to be woken at the latest; empty if only an answer wakes it
   */
  public void mark(String id, RunStatus status, Optional<Instant> wake) {
    if (status.ended()) {
      throw new IllegalArgumentException("a run ends by end(), not as " + status.text());
    }
    Place place = place(id);
    @Nullable Long before = place.wake;
    @Nullable Long after = millis(wake);
    if (place.status == status && Objects.equals(before, after)) {
      return;
    }
    change(id, place, status);
    session.onUndo(() -> place.wake = before);
    place.wake = after;
    session.later(
        "UPDATE run SET status = ?, wake = ? WHERE no = ?", status.text(), after, place.no);
  }

  /** Ends a run. Its success counts from here. */
  public void end(String id, RunStatus status, Value result, Instant at) {
    if (!status.ended()) {
      throw new IllegalArgumentException("a run does not end as " + status.text());
    }
    Place place = place(id);
    change(id, place, status);
    session.later(
        "UPDATE run SET status = ?, result = ?, ended = ?, wake = NULL WHERE no = ?",
        status.text(),
        Json.write(result),
        at.toEpochMilli(),
        place.no);
    counting.runEnded(place.identity, place.playbook, status.text(), at);
  }

  /** {@link #end(String, RunStatus, Value, Instant)} without a result. */
  public void end(String id, RunStatus status, Instant at) {
    end(id, status, NullValue.NULL, at);
  }

  private void change(String id, Place place, RunStatus status) {
    RunStatus before = place.status;
    if (before == status && !status.ended()) {
      return;
    }
    if (!before.next().contains(status)) {
      throw new IllegalStateException(
          "run " + id + " is " + before.text() + " and cannot become " + status.text());
    }
    session.onUndo(() -> place.status = before);
    place.status = status;
  }

  private Place place(String id) {
    Place known = places.get(id);
    if (known == null) {
      known =
          session
              .first(
                  "SELECT no, identity, playbook, status, (SELECT COALESCE(MAX(seq), 0)"
                      + " FROM run_event e WHERE e.run = r.no), wake FROM run r WHERE id = ?",
                  row ->
                      new Place(
                          row.getLong(1),
                          row.getString(2),
                          row.getString(3),
                          RunStatus.of(row.getString(4)),
                          millis(Texts.instant(row, 6)),
                          row.getLong(5)),
                  id)
              .orElseThrow(() -> new IllegalArgumentException("there is no run " + id));
      places.put(id, known);
    }
    return known;
  }

  private static @Nullable Long millis(Optional<Instant> instant) {
    return instant.map(Instant::toEpochMilli).orElse(null);
  }
}
