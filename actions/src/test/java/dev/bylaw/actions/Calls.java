package dev.bylaw.actions;

import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionCall.Credential;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls of actions as a runtime makes them: prepared, then performed. */
public final class Calls {
  public static final Credential READER = new Credential("reader", "service_account", false);
  public static final Credential WRITER = new Credential("writer", "service_account", true);
  public static final Duration LONG = Duration.ofSeconds(20);

  private Calls() {}

  public static ActionOutcome perform(Action action, Map<String, ?> params)
      throws InterruptedException {
    return perform(action, params, "run-1/step/0", LONG, Optional.of(WRITER));
  }

  public static ActionOutcome perform(
      Action action,
      Map<String, ?> params,
      String key,
      Duration timeout,
      Optional<Credential> credential)
      throws InterruptedException {
    ObjectValue prepared = action.prepare(object(params), ObjectValue.EMPTY).params();
    return action.perform(
        new ActionCall(action.spec().name(), prepared, key, timeout, credential, "agent-1"));
  }

  public static ObjectValue done(Action action, Map<String, ?> params) throws InterruptedException {
    return switch (perform(action, params)) {
      case Done(ObjectValue output) -> output;
      case Failed failed -> throw new AssertionError(failed.toString());
    };
  }

  public static Failed failed(Action action, Map<String, ?> params) throws InterruptedException {
    return switch (perform(action, params)) {
      case Done done -> throw new AssertionError("it was done: " + done);
      case Failed failed -> failed;
    };
  }

  public static ObjectValue object(Map<String, ?> entries) {
    return (ObjectValue) Value.of(entries);
  }

  public static Value json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
