package dev.bylaw.playbook.machine;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A run: all that follows from its accepted events. Immutable.
 *
 * @param run the run's id
 * @param definition the digest of the playbook it is pinned to
 * @param agent whose run it is
 * @param status where it is
 * @param events how many events were accepted; the number of the last one, counted from 1
 * @param inputs what it was given, complete
 * @param vars as they were when it began
 * @param steps ended steps by id, each {@code {status, output?, error?}}
 * @param cursors where it stands; none once it is over
 * @param cancelling {@code {by, reason}} where somebody cancelled it while an action was running
 * @param output what it gave; empty until it is completed
 * @param error why it ended, {@code {code, message, step}}; empty unless it ended badly
 */
public record State(
    String run,
    String definition,
    String agent,
    RunStatus status,
    int events,
    ObjectValue inputs,
    ObjectValue vars,
    ObjectValue steps,
    List<Cursor> cursors,
    ObjectValue cancelling,
    ObjectValue output,
    ObjectValue error) {
  /** The version of what states and events mean; a run is pinned to it. */
  public static final int ENGINE = 1;

  public State {
    cursors = List.copyOf(cursors);
  }

  /** The state as JSON; what is empty is left out. */
  public ObjectValue toValue() {
    ObjectValue.Builder out =
        ObjectValue.builder(13)
            .put("engine", NumberValue.of(ENGINE))
            .put("run", run)
            .put("definition", definition)
            .put("agent", agent)
            .put("status", status.word())
            .put("events", NumberValue.of(events));
    Wire.putObject(out, "inputs", inputs);
    Wire.putObject(out, "vars", vars);
    Wire.putObject(out, "steps", steps);
    if (!cursors.isEmpty()) {
      out.put("cursors", ArrayValue.of(cursors.stream().map(Cursor::toValue).toList()));
    }
    Wire.putObject(out, "cancelling", cancelling);
    Wire.putObject(out, "output", output);
    Wire.putObject(out, "error", error);
    return out.build();
  }

  /**
   * The state of its JSON.
   *
   * @throws IllegalArgumentException if it is none, or one of another engine
   */
  public static State fromValue(ObjectValue value) {
    requireEngine(value);
    List<Cursor> cursors = new ArrayList<>();
    for (Value cursor : Wire.array(value, "cursors")) {
      if (!(cursor instanceof ObjectValue object)) {
        throw new IllegalArgumentException("a cursor is not an object");
      }
      cursors.add(Cursor.fromValue(object));
    }
    return new State(
        value.text("run"),
        value.text("definition"),
        value.text("agent"),
        RunStatus.of(value.text("status")),
        Math.toIntExact(Wire.whole(value, "events")),
        Wire.object(value, "inputs"),
        Wire.object(value, "vars"),
        Wire.object(value, "steps"),
        cursors,
        Wire.object(value, "cancelling"),
        Wire.object(value, "output"),
        Wire.object(value, "error"));
  }

  static void requireEngine(ObjectValue value) {
    long engine = Wire.whole(value, "engine");
    if (engine != ENGINE) {
      throw new IllegalArgumentException("engine " + engine + ", expected " + ENGINE);
    }
  }
}
