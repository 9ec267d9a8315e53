package dev.bylaw.playbook.driver;

import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An action that does what a test says, and keeps its calls. Not thread-safe. */
public final class ScriptedAction implements Action {
  private final ActionSpec spec;
  private final Function<ActionCall, ActionOutcome> script;
  private final List<ActionCall> calls = new ArrayList<>();

  public ScriptedAction(ActionSpec spec, Function<ActionCall, ActionOutcome> script) {
    this.spec = spec;
    this.script = script;
  }

  /** An action of any params that gives its params back. */
  public static ScriptedAction echo(String name) {
    return new ScriptedAction(
        new ActionSpec(name, name, "", "gives its params back", List.of(), List.of(), true),
        call -> new ActionOutcome.Done(ObjectValue.of("params", call.params())));
  }

  @Override
  public ActionSpec spec() {
    return spec;
  }

  @Override
  public ActionOutcome perform(ActionCall call) {
    calls.add(call);
    return script.apply(call);
  }

  /** All calls so far, in order. */
  public List<ActionCall> calls() {
    return List.copyOf(calls);
  }
}
