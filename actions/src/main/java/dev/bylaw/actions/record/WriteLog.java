package dev.bylaw.actions.record;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.actions.record.StepLog.Entry;
import dev.bylaw.actions.record.StepLog.Level;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;

/**
 * {@code log}: a record in the playbook log.
 *
 * @param log the port
 */
public record WriteLog(StepLog log) implements Action {
  private static final int MOST_CHARACTERS = 10_000;

  @Override
  public ActionSpec spec() {
    return ActionTable.LOG;
  }

  @Override
  public ActionOutcome perform(ActionCall call) {
    Params params = Params.of(spec(), call.params());
    Level level = Level.INFO;
    switch (params.text("level")) {
      case "", "info" -> level = Level.INFO;
      case "warning" -> level = Level.WARNING;
      case "error" -> level = Level.ERROR;
      default -> params.wrong("`level` is none of `info`, `warning`, `error`");
    }
    String message = params.text("message");
    if (message.length() > MOST_CHARACTERS) {
      params.wrong("`message` is longer than " + MOST_CHARACTERS + " characters");
    }
    if (params.problem().isPresent()) {
      return params.problem().get();
    }
    log.write(
        call.agent(), call.idempotencyKey(), new Entry(level, message, params.object("data")));
    return new Done(ObjectValue.of("logged", BooleanValue.TRUE));
  }
}
