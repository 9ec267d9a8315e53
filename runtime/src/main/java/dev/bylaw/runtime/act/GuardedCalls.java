package dev.bylaw.runtime.act;

import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.runtime.BylawException;
import dev.bylaw.runtime.run.ActionCalls;
import dev.bylaw.runtime.run.RunFacts;
import dev.bylaw.runtime.settings.Secret;
import dev.bylaw.runtime.settings.Settings;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls actions for runs.
 *
 * <p>The credential is chosen here: what changes things acts with the connection's write
 * credential, everything else with the agent's own. Secrets are put in just before the call, and
 * only those that the step itself names. An action that outlives its time is interrupted; whether
 * it had its effect is unknown then.
 */
public final class GuardedCalls implements ActionCalls, AutoCloseable {
  /** Actions keep their time themselves; this is for those that fail to. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final String WRITES = "modify_database";

  private final Map<String, Action> actions;
  private final Supplier<Settings> settings;
  private final Function<String, Optional<String>> credentialOf;
  private final Duration grace;
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("bylaw-watch").factory());

  /**
   * Calls.
   *
   * @param actions by name
   * @param settings as they are now
   * @param credentialOf the name of an agent's credential
   */
  public GuardedCalls(
      Map<String, Action> actions,
      Supplier<Settings> settings,
      Function<String, Optional<String>> credentialOf) {
    this(actions, settings, credentialOf, GRACE);
  }

  GuardedCalls(
      Map<String, Action> actions,
      Supplier<Settings> settings,
      Function<String, Optional<String>> credentialOf,
      Duration grace) {
    this.grace = grace;
    this.actions = Map.copyOf(actions);
    this.settings = settings;
    this.credentialOf = credentialOf;
    watch.setRemoveOnCancelPolicy(true);
  }

  @Override
  public ActionOutcome perform(RunFacts run, Command.Act act) {
    Action action = actions.get(act.action());
    if (action == null) {
      return Failed.before("no_such_action", "there is no action `" + act.action() + "`");
    }
    ObjectValue params;
    Map<String, String> revealed = new HashMap<>();
    try {
      params =
          Secrets.resolve(
              act.params(), name -> revealed.computeIfAbsent(name, it -> reveal(act, it)));
    } catch (BylawException e) {
      return Failed.before("no_secret", String.valueOf(e.getMessage()));
    }
    var call =
        new ActionCall(
            act.action(),
            params,
            act.idempotencyKey(),
            act.timeout(),
            credential(run.agent(), act),
            run.agent());
    return withoutSecrets(watched(action, call), revealed);
  }

  private String reveal(Command.Act act, String name) {
    Secret secret = settings.get().secrets().get(name);
    if (secret == null || !act.secrets().contains(name)) {
      throw new BylawException("there is no secret `" + name + "` for this step");
    }
    return secret.reveal(name);
  }

  private Optional<ActionCall.Credential> credential(String agent, Command.Act act) {
    Settings now = settings.get();
    Optional<String> name =
        act.action().equals(WRITES) ? writer(now, act.params()) : credentialOf.apply(agent);
    return name.flatMap(it ->
        Optional.ofNullable(now.credentials().get(it))
            .map(known ->
                new ActionCall.Credential(
                    it, known.kind(), known.permissions().contains("write"))));
  }

  /** The credential that writes to the connection a call names, or to the usual one. */
  private static Optional<String> writer(Settings settings, ObjectValue params) {
    String connection = params.text("connection");
    return settings.connections().entrySet().stream()
        .filter(entry ->
            connection.isEmpty()
                ? entry.getValue().usual() || settings.connections().size() == 1
                : entry.getKey().equals(connection))
        .map(entry -> entry.getValue().write())
        .filter(write -> !write.isEmpty())
        .findFirst();
  }

  private ActionOutcome watched(Action action, ActionCall call) {
    Thread caller = Thread.currentThread();
    var rang = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        watch.schedule(
            () -> {
              rang.set(true);
              caller.interrupt();
            },
            call.timeout().plus(grace).toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return action.perform(call);
    } catch (InterruptedException e) {
      return late(call);
    } catch (RuntimeException | Error e) {
      // Much of Java tells an interruption as an exception of another kind.
      return rang.get()
          ? late(call)
          : unknown("action_error", action.spec().name() + " failed: " + e.getClass().getName());
    } finally {
      alarm.cancel(false);
      // An alarm that rang late is not for what comes next on this thread.
      var _ = Thread.interrupted();
    }
  }

  private static Failed late(ActionCall call) {
    return unknown("timeout", "no answer within " + call.timeout());
  }

  private static Failed unknown(String code, String message) {
    return new Failed(code, message, false, Effect.POSSIBLE, ObjectValue.EMPTY);
  }

  /** What comes back never carries a secret on: an echo of one becomes its reference's name. */
  private static ActionOutcome withoutSecrets(ActionOutcome outcome, Map<String, String> revealed) {
    // The longest first: one secret may begin another.
    List<Map.Entry<String, String>> known =
        revealed.entrySet().stream()
            .filter(entry -> entry.getValue().length() >= 4)
            .sorted(Comparator.comparingInt(entry -> -entry.getValue().length()))
            .toList();
    if (known.isEmpty()) {
      return outcome;
    }
    return switch (outcome) {
      case ActionOutcome.Done done ->
          new ActionOutcome.Done((ObjectValue) hide(done.output(), known));
      case Failed failed ->
          new Failed(
              failed.code(),
              hide(failed.message(), known),
              failed.retryable(),
              failed.effect(),
              (ObjectValue) hide(failed.output(), known));
    };
  }

  private static Value hide(Value value, List<Map.Entry<String, String>> secrets) {
    return switch (value) {
      case StringValue text -> StringValue.of(hide(text.text(), secrets));
      case ObjectValue object -> {
        ObjectValue.Builder out = ObjectValue.builder(object.size());
        object.forEach((key, each) -> out.put(hide(key, secrets), hide(each, secrets)));
        yield out.build();
      }
      case ArrayValue array ->
          ArrayValue.of(array.elements().stream().map(each -> hide(each, secrets)).toList());
      case SetValue _, NullValue _, BooleanValue _, NumberValue _ -> value;
    };
  }

  private static String hide(String text, List<Map.Entry<String, String>> secrets) {
    String out = text;
    for (Map.Entry<String, String> secret : secrets) {
      out = out.replace(secret.getValue(), "{{secrets." + secret.getKey() + "}}");
    }
    return out;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
