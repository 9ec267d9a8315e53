package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.definition.ApprovalDemand;
import dev.bylaw.playbook.definition.ApprovalDemand.OnTimeout;
import dev.bylaw.playbook.definition.OnError;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.definition.Step;
import dev.bylaw.playbook.template.Scope;
import dev.bylaw.playbook.template.TemplateException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run while one turn changes it: the cursor in hand, the results so far, the
 * commands that follow. Knows what comes behind the end of a step.
 */
final class Course {
  private final Route route;
  private final Playbook playbook;
  private final State before;
  private final List<Command> commands = new ArrayList<>(4);
  private final List<Cursor> others = new ArrayList<>(1);
  private ObjectValue steps;
  private ObjectValue cancelling;
  private @Nullable Draft draft;
  private @Nullable Scope scope;
  private RunStatus status = RunStatus.RUNNING;
  private ObjectValue output = ObjectValue.EMPTY;
  private ObjectValue error = ObjectValue.EMPTY;

  Course(Route route, Playbook playbook, State before) {
    this.route = route;
    this.playbook = playbook;
    this.before = before;
    this.steps = before.steps();
    this.cancelling = before.cancelling();
    this.others.addAll(before.cursors());
  }

  void begin(Event.Started event) {
    commands.add(
        new Command.Note(
            Notes.RUN_STARTED,
            ObjectValue.builder(5)
                .put("playbook", event.playbook())
                .put("version", event.version())
                .put("definition", event.definition())
                .put("agent", event.agent())
                .put("inputs", before.inputs())
                .build()));
    draft = new Draft(Cursor.entering(route.first(), ""));
  }

  /** Takes the cursor that waits for a key in hand; false where none does. */
  boolean select(String key) {
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).key().equals(key)) {
        draft = new Draft(others.remove(i));
        return true;
      }
    }
    return false;
  }

  /** Puts the cursor in hand, if there still is one, back among the others. */
  void deselect() {
    if (draft != null) {
      others.add(draft.cursor());
      draft = null;
    }
  }

  List<String> keys() {
    return others.stream().map(Cursor::key).toList();
  }

  @Nullable Draft draft() {
    return draft;
  }

  Draft current() {
    if (draft == null) {
      throw new IllegalStateException("no cursor in hand");
    }
    return draft;
  }

  ActionOutcome outcome() {
    ActionOutcome outcome = current().outcome;
    if (outcome == null) {
      throw new IllegalStateException("no outcome to decide on");
    }
    return outcome;
  }

  Scope scope() {
    if (scope == null) {
      scope = new Scope(before.inputs(), before.vars(), steps);
    }
    return scope;
  }

  boolean isCancelling() {
    return cancelling.size() > 0;
  }

  void cancelling(Event.Cancelled event) {
    cancelling = ObjectValue.builder(2).put("by", event.by()).put("reason", event.reason()).build();
  }

  String cancelReason() {
    String reason = cancelling.text("reason");
    return "cancelled by " + cancelling.text("by") + (reason.isEmpty() ? "" : ": " + reason);
  }

  void command(Command command) {
    commands.add(command);
  }

  void note(String event) {
    commands.add(new Command.Note(event, about(current()).build()));
  }

  void note(String event, String key, ObjectValue value) {
    commands.add(new Command.Note(event, about(current()).put(key, value).build()));
  }

  void note(String event, Event.Answered answer) {
    ObjectValue.Builder out =
        about(current()).put("answer", Wire.word(answer.answer())).put("by", answer.by());
    Wire.putText(out, "approval", answer.approval());
    commands.add(new Command.Note(event, out.build()));
  }

  private ObjectValue.Builder about(Draft of) {
    ObjectValue.Builder out =
        ObjectValue.builder(8)
            .put("step", of.step)
            .put("action", route.step(of.step).action().name());
    Wire.putText(out, "iteration", of.iteration);
    Wire.putText(out, "decision", of.decision);
    if (of.attempt > 1) {
      out.put("attempt", NumberValue.of(of.attempt));
    }
    if (of.stage.asksPeople()) {
      out.put("for", of.stage.word());
    }
    return out;
  }

  /** The step in hand is over: keeps its result and goes where its end leads. */
  void finish(String code, String message) {
    Draft ended = current();
    Step step = route.step(ended.step);
    if (ended.reserved) {
      commands.add(
          new Command.Settle(
              ended.cursor().idempotencyKey(before.run()),
              ended.possible ? Effect.POSSIBLE : Effect.NONE));
    }
    ObjectValue failure = failure(ended, code, message);
    record(ended, failure);
    Optional<List<Step>> instead = instead(ended.stage, step);
    boolean passes =
        switch (ended.stage) {
          case COMPLETED, SKIPPED -> true;
          case FAILED -> step.onError() instanceof OnError.Continue;
          case BLOCKED, REJECTED, TIMED_OUT, CANCELLED -> false;
          case ENTERING,
              DECIDING,
              SUPPOSING,
              ASKING,
              ACTING,
              BACKING_OFF,
              ASKING_OUTCOME,
              REVIEWING,
              ASKING_RELEASE ->
              throw new IllegalStateException("not an end: " + ended.stage);
        };
    scope = null;
    if (isCancelling()) {
      draft = null;
      endRun(RunStatus.CANCELLED, failure("cancelled", cancelReason(), ended.step));
    } else if (passes) {
      go(route.next(ended.step));
    } else if (instead.isPresent()) {
      go(instead.get().getFirst().id());
    } else {
      draft = null;
      endRun(statusOf(ended.stage), failure.with("step", StringValue.of(ended.step)));
    }
  }

  private void record(Draft ended, ObjectValue failure) {
    ObjectValue.Builder result = ObjectValue.builder(3).put("status", ended.stage.word());
    if (ended.stage == Stage.COMPLETED) {
      result.put("output", outcome().output());
    }
    Wire.putObject(result, "error", failure);
    steps = steps.with(ended.step, result.build());
    ObjectValue.Builder fields = about(ended);
    Wire.putObject(fields, "error", failure);
    commands.add(new Command.Note(Notes.ofStep(ended.stage), fields.build()));
  }

  /** The steps that run in place of one that ended so. */
  private static Optional<List<Step>> instead(Stage end, Step step) {
    if (!(step.onError() instanceof OnError.Fallback(List<Step> steps))) {
      return Optional.empty();
    }
    // A time-out is an answer of its own: only who says `on_timeout: fallback` gets the fallback.
    boolean applies =
        end != Stage.TIMED_OUT
            || step.approval().map(ApprovalDemand::onTimeout).orElse(OnTimeout.DENY)
                == OnTimeout.FALLBACK;
    return applies ? Optional.of(steps) : Optional.empty();
  }

  private static ObjectValue failure(Draft ended, String code, String message) {
    if (code.isEmpty()) {
      return ObjectValue.EMPTY;
    }
    ObjectValue.Builder out = ObjectValue.builder(3).put("code", code).put("message", message);
    if (ended.stage == Stage.BLOCKED) {
      Wire.putText(out, "decision", ended.decision);
    }
    return out.build();
  }

  private static ObjectValue failure(String code, String message, String step) {
    return ObjectValue.builder(3)
        .put("code", code)
        .put("message", message)
        .put("step", step)
        .build();
  }

  private void go(@Nullable String next) {
    if (next != null) {
      draft = new Draft(Cursor.entering(next, ""));
      return;
    }
    draft = null;
    if (others.isEmpty()) {
      complete();
    }
  }

  private void complete() {
    try {
      output = playbook.output().render(scope());
      endRun(RunStatus.COMPLETED, ObjectValue.EMPTY);
    } catch (TemplateException e) {
      endRun(RunStatus.FAILED, failure("output", String.valueOf(e.getMessage()), ""));
    }
  }

  private void endRun(RunStatus end, ObjectValue why) {
    status = end;
    error = why;
    ObjectValue.Builder fields = ObjectValue.builder(2);
    Wire.putObject(fields, "error", why);
    Wire.putObject(fields, "output", output);
    commands.add(new Command.Note(Notes.ofRun(end), fields.build()));
    commands.add(new Command.End(end, output, why));
  }

  private static RunStatus statusOf(Stage end) {
    return RunStatus.of(end.word());
  }

  /** The next state, and the commands that lead on. */
  Advance end() {
    List<Cursor> cursors = new ArrayList<>(others);
    if (status.isEnd()) {
      cursors.clear();
    } else if (draft != null) {
      Cursor cursor = draft.cursor();
      cursors.add(cursor);
      commands.add(Pending.of(cursor, route.step(cursor.step()), before.run()));
    }
    if (!status.isEnd() && cursors.stream().allMatch(cursor -> cursor.stage().asksPeople())) {
      status = RunStatus.WAITING_FOR_APPROVAL;
    }
    var state =
        new State(
            before.run(),
            before.definition(),
            before.agent(),
            status,
            before.events() + 1,
            before.inputs(),
            before.vars(),
            steps,
            cursors,
            cancelling,
            output,
            error);
    return new Advance(state, commands, true);
  }
}
