package dev.bylaw.playbook.machine;

import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.definition.ApprovalDemand;
import dev.bylaw.playbook.definition.ApprovalDemand.OnTimeout;
import dev.bylaw.playbook.definition.Condition;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.definition.Retry;
import dev.bylaw.playbook.definition.Step;
import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.playbook.template.Scope;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.playbook.template.Template;
import dev.bylaw.playbook.template.TemplateException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The work of one {@link Machine#advance}: turns an event into a {@link Trigger} for the cursor it
 * belongs to and follows the table from there until every cursor waits again. What comes behind the
 * end of a step is {@link Course}'s.
 */
final class Turn {
  private static final StringValue CUT_OFF = StringValue.of("interrupted");

  private final Route route;
  private final Consumer<Transition> visits;
  private final Course course;
  private final Instant now;

  Turn(Route route, Playbook playbook, Consumer<Transition> visits, State state, Instant now) {
    this.route = route;
    this.visits = visits;
    this.now = now;
    this.course = new Course(route, playbook, state);
  }

  void begin(Event.Started event) {
    course.begin(event);
    enterAll();
  }

  Advance end() {
    return course.end();
  }

  /** Takes an event; false where nobody waits for it. */
  boolean take(Event event) {
    if (event instanceof Event.Cancelled cancelled) {
      return cancel(cancelled);
    }
    if (!course.select(event.key())) {
      return false;
    }
    boolean accepted =
        switch (event) {
          case Event.Decided(_, Verdict verdict, _) -> decided(verdict);
          case Event.Acted(_, ActionOutcome outcome, _) -> acted(outcome);
          case Event.Interrupted _ -> interrupted();
          case Event.Reviewed(_, Verdict verdict, _) -> reviewed(verdict);
          case Event.Answered answered -> answered(answered);
          case Event.Elapsed _ -> elapsed();
          case Event.Started _, Event.Cancelled _ -> throw new IllegalStateException();
        };
    if (accepted) {
      enterAll();
    }
    return accepted;
  }

  /** Enters steps until one waits or the run is over. */
  private void enterAll() {
    while (course.draft() != null && course.current().stage == Stage.ENTERING) {
      enter(course.current());
    }
  }

  private void enter(Draft draft) {
    Step step = route.step(draft.step);
    Scope scope = course.scope();
    if (step.condition().isPresent()) {
      Condition.Answer answer = step.condition().get().test(scope, ObjectValue.EMPTY, 1);
      if (!answer.failure().isEmpty()) {
        follow(Trigger.CONDITION_FAILED, "condition", answer.failure());
        return;
      }
      if (!answer.holds()) {
        follow(Trigger.CONDITION_FALSE);
        return;
      }
    }
    try {
      draft.params = step.params().render(scope);
    } catch (TemplateException e) {
      follow(Trigger.UNRENDERABLE, "template", String.valueOf(e.getMessage()));
      return;
    }
    follow(step.approval().isPresent() ? Trigger.READY_TO_ASK : Trigger.READY);
  }

  private boolean decided(Verdict verdict) {
    Draft draft = at(Stage.DECIDING, Stage.SUPPOSING);
    Step step = route.step(draft.step);
    draft.decision = verdict.decision();
    draft.sent = verdict.replacement().filter(to -> !to.equals(draft.params)).orElse(null);
    if (verdict.violations().size() > 0) {
      draft.violations = verdict.violations();
    }
    switch (verdict.kind()) {
      case ALLOW, WARN -> {
        if (draft.stage == Stage.DECIDING) {
          if (step.approval().isPresent() && draft.approval.isEmpty()) {
            throw new IllegalStateException("step `" + step.id() + "` was not approved");
          }
          draft.reserved = true;
        } else {
          draft.until = deadline(step);
        }
        follow(Trigger.ALLOWED);
      }
      case REQUIRE_APPROVAL -> {
        if (draft.stage == Stage.SUPPOSING) {
          draft.until = deadline(step);
        }
        // An approval that no longer covers the action is spent: what is asked now is another one.
        draft.approval = "";
        follow(Trigger.NEEDS_APPROVAL);
      }
      case BLOCK -> follow(Trigger.BLOCKED, "blocked", verdict.reason());
    }
    return true;
  }

  private @Nullable Instant deadline(Step step) {
    Duration timeout = step.approval().flatMap(ApprovalDemand::timeout).orElse(null);
    return timeout == null ? null : now.plus(timeout);
  }

  private boolean acted(ActionOutcome outcome) {
    Draft draft = at(Stage.ACTING);
    switch (outcome) {
      case ActionOutcome.Done(ObjectValue output) -> {
        draft.outcome = new ActionOutcome.Done(Secrets.clean(output));
        draft.possible = true;
        follow(Trigger.DONE);
      }
      case ActionOutcome.Failed failed -> {
        var clean =
            new ActionOutcome.Failed(
                failed.code(),
                failed.message(),
                failed.retryable(),
                failed.effect(),
                Secrets.clean(failed.output()));
        draft.possible |= failed.effect() == Effect.POSSIBLE;
        if (triesAgain(draft, clean)) {
          Retry retry = route.step(draft.step).retry();
          draft.until = now.plus(retry.delayAfter(draft.attempt));
          draft.attempt++;
          course.note(Notes.STEP_RETRIED, "error", Wire.failure(clean));
          follow(Trigger.FAILED_FOR_NOW);
        } else {
          draft.outcome = clean;
          follow(Trigger.FAILED_FOR_GOOD);
        }
      }
    }
    return true;
  }

  /** Whether a failed attempt is followed by another: never one that could do the thing twice. */
  private boolean triesAgain(Draft draft, ActionOutcome.Failed failed) {
    Step step = route.step(draft.step);
    if (draft.attempt >= step.retry().maxAttempts()
        || course.isCancelling()
        || (draft.possible && !step.action().idempotent())) {
      return false;
    }
    return step.retry()
        .retryIf()
        .map(condition ->
            condition
                .test(
                    course.scope().withOutput(failed.output()), Wire.failure(failed), draft.attempt)
                .holds())
        .orElse(failed.retryable());
  }

  private boolean interrupted() {
    Draft draft = at(Stage.ACTING);
    draft.possible = true;
    if (route.step(draft.step).action().idempotent()) {
      course.note(Notes.STEP_RETRIED, "error", ObjectValue.of("code", CUT_OFF));
      follow(Trigger.CUT_OFF_REPEATABLE);
    } else {
      course.note(Notes.STEP_UNCERTAIN);
      follow(Trigger.CUT_OFF_UNKNOWN);
    }
    return true;
  }

  private boolean reviewed(Verdict verdict) {
    Draft draft = at(Stage.REVIEWING);
    draft.reserved = false;
    boolean blocked = verdict.kind() == Verdict.Kind.BLOCK;
    ActionOutcome outcome = course.outcome();
    ObjectValue output = verdict.replacement().map(Secrets::clean).orElse(outcome.output());
    if (outcome instanceof ActionOutcome.Failed failed) {
      follow(
          Trigger.FAILURE_REPORTED,
          failed.code(),
          blocked ? "withheld: " + verdict.reason() : failed.message());
      return true;
    }
    draft.outcome = new ActionOutcome.Done(output);
    switch (verdict.kind()) {
      case ALLOW, WARN -> complete(draft, Trigger.ALLOWED);
      case REQUIRE_APPROVAL -> {
        draft.decision = verdict.decision();
        draft.violations = verdict.violations();
        follow(Trigger.NEEDS_APPROVAL);
      }
      case BLOCK -> {
        draft.outcome = null;
        follow(Trigger.BLOCKED, "result_blocked", verdict.reason());
      }
    }
    return true;
  }

  /** Makes the step's output of the action's. */
  private void complete(Draft draft, Trigger trigger) {
    Step step = route.step(draft.step);
    ObjectValue output = course.outcome().output();
    if (step.output().isPresent()) {
      Template.Members mapping = step.output().get();
      try {
        draft.outcome = new ActionOutcome.Done(mapping.render(course.scope().withOutput(output)));
      } catch (TemplateException e) {
        follow(Trigger.UNRENDERABLE, "output", String.valueOf(e.getMessage()));
        return;
      }
    }
    follow(trigger);
  }

  private boolean answered(Event.Answered event) {
    Draft draft = at(Stage.ASKING, Stage.ASKING_OUTCOME, Stage.ASKING_RELEASE);
    boolean ofOutcome = draft.stage == Stage.ASKING_OUTCOME;
    boolean forOutcome =
        switch (event.answer()) {
          case DONE, NOT_DONE, RETRY -> true;
          case APPROVED, REJECTED, EXPIRED -> false;
        };
    if (ofOutcome != forOutcome) {
      throw new IllegalArgumentException(
          "`" + Wire.word(event.answer()) + "` does not answer what `" + event.key() + "` asks");
    }
    course.note(Notes.STEP_ANSWERED, event);
    switch (event.answer()) {
      case APPROVED -> approved(draft, event);
      case REJECTED -> follow(Trigger.REJECTED, "rejected", "rejected by " + event.by());
      case EXPIRED -> expired(draft);
      case DONE -> {
        draft.outcome =
            new ActionOutcome.Done(event.edited().map(Secrets::clean).orElse(ObjectValue.EMPTY));
        follow(Trigger.SAID_DONE);
      }
      case NOT_DONE -> {
        // People who looked know: only now may a reservation be given back.
        draft.possible = false;
        draft.outcome = ActionOutcome.Failed.before("not_done", "was not done, says " + event.by());
        follow(Trigger.SAID_NOT_DONE);
      }
      case RETRY -> follow(Trigger.SAID_RETRY);
    }
    return true;
  }

  private void approved(Draft draft, Event.Answered event) {
    if (draft.stage == Stage.ASKING_RELEASE) {
      event
          .edited()
          .ifPresent(output -> draft.outcome = new ActionOutcome.Done(Secrets.clean(output)));
      complete(draft, Trigger.APPROVED);
      return;
    }
    if (event.approval().isEmpty()) {
      throw new IllegalArgumentException("`" + event.key() + "` was approved by no approval");
    }
    ObjectValue shown = draft.sent == null ? draft.params : draft.sent;
    event.edited().ifPresent(edited -> draft.params = Secrets.restore(edited, shown));
    draft.approval = event.approval();
    follow(Trigger.APPROVED);
  }

  private boolean elapsed() {
    Draft draft = course.current();
    if (draft.until == null || now.isBefore(draft.until)) {
      return false;
    }
    if (draft.stage == Stage.BACKING_OFF) {
      follow(Trigger.TIME_CAME);
    } else {
      course.command(new Command.Withdraw(draft.cursor().key()));
      expired(draft);
    }
    return true;
  }

  private void expired(Draft draft) {
    Step step = route.step(draft.step);
    boolean escalates =
        draft.stage == Stage.ASKING
            && draft.level == 0
            && step.approval().map(ApprovalDemand::onTimeout).orElse(OnTimeout.DENY)
                == OnTimeout.ESCALATE;
    if (escalates) {
      draft.level = 1;
      draft.until = deadline(step);
      follow(Trigger.ESCALATED);
    } else {
      follow(Trigger.EXPIRED, "timed_out", "nobody answered in time");
    }
  }

  private boolean cancel(Event.Cancelled event) {
    if (course.isCancelling()) {
      return false;
    }
    course.cancelling(event);
    for (String key : course.keys()) {
      if (course.select(key)) {
        stopIfCancelling();
        course.deselect();
      }
    }
    return true;
  }

  private Draft at(Stage... expected) {
    Draft draft = course.current();
    for (Stage stage : expected) {
      if (draft.stage == stage) {
        return draft;
      }
    }
    throw new IllegalArgumentException(
        "an event of this kind cannot answer `" + draft.cursor().key() + "`");
  }

  private void follow(Trigger trigger) {
    follow(trigger, "", "");
  }

  /** Takes the transition; where it ends the step, with an error or without one. */
  private void follow(Trigger trigger, String code, String message) {
    Draft draft = course.current();
    Transition row = Transition.row(draft.stage, trigger);
    visits.accept(row);
    if (row.round() == Transition.Round.AGAIN) {
      draft.round++;
    }
    draft.stage = row.to();
    if (!draft.stage.asksPeople() && draft.stage != Stage.BACKING_OFF) {
      draft.until = null;
    }
    if (draft.stage.isEnd()) {
      course.finish(code, message);
      return;
    }
    if (draft.stage.asksPeople()) {
      course.note(Notes.STEP_WAITING);
    }
    stopIfCancelling();
  }

  /** Ends the step, if the run is being cancelled and no action runs. */
  private void stopIfCancelling() {
    if (!course.isCancelling()) {
      return;
    }
    switch (course.current().stage) {
      case ENTERING, ACTING, REVIEWING -> {}
      case ASKING, ASKING_OUTCOME, ASKING_RELEASE -> {
        course.command(new Command.Withdraw(course.current().cursor().key()));
        follow(Trigger.CANCELLED, "cancelled", course.cancelReason());
      }
      case DECIDING, SUPPOSING, BACKING_OFF ->
          follow(Trigger.CANCELLED, "cancelled", course.cancelReason());
      case COMPLETED, SKIPPED, FAILED, BLOCKED, REJECTED, TIMED_OUT, CANCELLED -> {}
    }
  }
}
