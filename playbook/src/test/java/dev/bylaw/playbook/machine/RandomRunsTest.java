package dev.bylaw.playbook.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.Shop;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.driver.ManualRun;
import dev.bylaw.playbook.driver.ScriptedAction;
import dev.bylaw.playbook.driver.ScriptedGate;
import dev.bylaw.playbook.driver.ScriptedGate.Reservation;
import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random playbooks, gates, actions, people and crashes; the seed is the test's argument. Whatever
 * happens, a replay gives the same state, nothing that was done is done again, and no reservation
 * is left behind.
 */
class RandomRunsTest {
  private static final int PLAYBOOKS = 20;
  private static final int RUNS = 8;
  private static final int MOST_TURNS = 400;

  private final Set<String> recordedAsDone = new HashSet<>();
  private final Set<String> allowedAgain = new HashSet<>();
  private final Set<String> performed = new HashSet<>();
  private final Set<String> surelyNotDone = new HashSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261122})
  void whateverHappensTheJournalTellsTheSameStory(long seed) throws JsonException {
    var random = new Random(seed);
    for (int i = 0; i < PLAYBOOKS; i++) {
      Playbook playbook = Shop.ofSteps(steps(random, "s", 1 + random.nextInt(5), 2));
      for (int j = 0; j < RUNS; j++) {
        run(playbook, random);
      }
    }
  }

  private static String steps(Random random, String prefix, int count, int depth) {
    var out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String id = prefix + i;
      boolean mail = random.nextBoolean();
      out.append("- id: ").append(id).append('\n');
      out.append(
          mail
              ? "  action: send_email\n  params: { text: \"to {{order}}\" }\n"
              : "  action: log\n  params: { fields: { order: \"{{order}}\" } }\n");
      if (random.nextInt(4) == 0) {
        out.append("  if: order != ").append(random.nextInt(2)).append('\n');
      }
      if (random.nextInt(3) == 0) {
        out.append("  retry: { max_attempts: 3, delay: 1s, backoff: 2 }\n");
      }
      if (random.nextInt(4) == 0) {
        out.append("  requires_approval: { timeout: 5m, on_timeout: escalate }\n");
      }
      switch (random.nextInt(4)) {
        case 0 -> out.append("  on_error: continue\n");
        case 1 -> {
          if (depth > 0) {
            out.append("  on_error:\n    fallback:\n")
                .append(steps(random, id + "f", 1 + random.nextInt(2), depth - 1).indent(6));
          }
        }
        default -> {}
      }
    }
    return out.toString();
  }

  private void run(Playbook playbook, Random random) throws JsonException {
    recordedAsDone.clear();
    allowedAgain.clear();
    performed.clear();
    surelyNotDone.clear();
    ScriptedGate gate = gate(random);
    var machine = new Machine(playbook);
    ObjectValue inputs = Shop.json("{'order': " + random.nextInt(3) + "}");
    if (playbook.inputs().names().isEmpty()) {
      inputs = ObjectValue.EMPTY;
    }
    ManualRun run =
        ManualRun.start(machine, gate, actions(random), inputs, ObjectValue.EMPTY, Map.of());
    List<State> states = new ArrayList<>(List.of(run.state()));
    for (int turn = 0; turn < MOST_TURNS && !run.state().status().isEnd(); turn++) {
      run = turn(run, random, states);
    }
    checkReplays(machine, run, states, random);
    if (run.state().status().isEnd()) {
      gate.reservations()
          .forEach((key, reservation) -> {
            assertThat(reservation).as(key).isNotEqualTo(Reservation.RESERVED);
            if (performed.contains(key) && !surelyNotDone.contains(key)) {
              assertThat(reservation).as(key).isEqualTo(Reservation.COMMITTED);
            }
          });
    }
  }

  /** One thing happens: a command is carried out, people answer, time passes, or all is lost. */
  private ManualRun turn(ManualRun run, Random random, List<State> states) {
    int events = run.journal().size();
    ManualRun next = run;
    if (random.nextInt(12) == 0) {
      next = run.cutOff(events);
    } else if (random.nextInt(60) == 0) {
      next.feed(new Event.Cancelled("ann", "enough", run.clock().instant()));
    } else if (!run.step()) {
      List<Command.Ask> asked = run.asked();
      if (asked.isEmpty() || random.nextInt(4) == 0) {
        run.clock().pass(Duration.ofMinutes(6));
        if (!run.step() && !asked.isEmpty()) {
          answer(run, asked.getFirst(), random);
        }
      } else {
        answer(run, asked.getFirst(), random);
      }
    }
    for (int i = states.size(); i < next.journal().size(); i++) {
      states.add(next.state());
    }
    assertThat(next.journal().size()).isBetween(events, events + 1);
    return next;
  }

  private void answer(ManualRun run, Command.Ask ask, Random random) {
    Event.Answer answer =
        switch (ask.kind()) {
          case ACTION, RELEASE ->
              random.nextInt(4) > 0 ? Event.Answer.APPROVED : Event.Answer.REJECTED;
          case UNKNOWN_OUTCOME ->
              List.of(Event.Answer.DONE, Event.Answer.NOT_DONE, Event.Answer.RETRY)
                  .get(random.nextInt(3));
        };
    if (answer == Event.Answer.RETRY) {
      allowedAgain.add(ask.idempotencyKey());
    } else if (answer == Event.Answer.NOT_DONE) {
      surelyNotDone.add(ask.idempotencyKey());
    }
    String approval = answer == Event.Answer.APPROVED ? "a" + random.nextInt() : "";
    assertThat(
            run.feed(
                new Event.Answered(
                    ask.key(), answer, "maria", approval, Optional.empty(), run.clock().instant())))
        .isTrue();
  }

  private ScriptedGate gate(Random random) {
    var gate = new ScriptedGate();
    for (String action : List.of("send_email", "log")) {
      gate.decide(
          action,
          (request, id) ->
              switch (random.nextInt(10)) {
                case 0 -> Verdict.block(id, "no");
                case 1, 2 ->
                    request.approval().isEmpty()
                        ? Verdict.requireApproval(id, "ask")
                        : Verdict.allow(id);
                case 3 ->
                    Verdict.allow(id)
                        .withReplacement(request.params().with("text", StringValue.of("…")));
                default -> Verdict.allow(id);
              });
      gate.review(
          action,
          report -> {
            if (report.outcome() instanceof ActionOutcome.Done) {
              recordedAsDone.add(report.idempotencyKey());
            }
            return switch (random.nextInt(10)) {
              case 0 -> Verdict.block("r", "no");
              case 1 -> Verdict.requireApproval("r", "look");
              default -> Verdict.allow("r");
            };
          });
    }
    return gate;
  }

  private Map<String, ScriptedAction> actions(Random random) {
    Map<String, ScriptedAction> actions = Shop.actions();
    for (String name : List.of("send_email", "log")) {
      actions.computeIfPresent(
          name,
          (_, action) ->
              new ScriptedAction(
                  action.spec(), call -> perform(call, action.spec().idempotent(), random)));
    }
    return actions;
  }

  private ActionOutcome perform(ActionCall call, boolean idempotent, Random random) {
    String key = call.idempotencyKey();
    assertThat(recordedAsDone).as("nothing that was done is done again").doesNotContain(key);
    if (!idempotent && performed.contains(key)) {
      assertThat(surelyNotDone.contains(key) || allowedAgain.contains(key))
          .as("only people have something done again that may have been done: %s", key)
          .isTrue();
    }
    return switch (random.nextInt(5)) {
      case 0 -> {
        if (!performed.contains(key)) {
          surelyNotDone.add(key);
        }
        performed.add(key);
        yield new ActionOutcome.Failed("x", "x", true, Effect.NONE, ObjectValue.EMPTY);
      }
      case 1 -> {
        performed.add(key);
        surelyNotDone.remove(key);
        yield new ActionOutcome.Failed(
            "y", "y", random.nextBoolean(), Effect.POSSIBLE, ObjectValue.EMPTY);
      }
      default -> {
        performed.add(key);
        surelyNotDone.remove(key);
        yield new ActionOutcome.Done(Shop.json("{'message_id': 'm'}"));
      }
    };
  }

  private static void checkReplays(
      Machine machine, ManualRun run, List<State> states, Random random) throws JsonException {
    List<Event> events = new ArrayList<>();
    for (String json : run.journal()) {
      Event event = Event.fromValue((ObjectValue) Json.parse(json));
      assertThat(Json.write(event.toValue())).isEqualTo(json);
      events.add(event);
    }
    for (int cut = 1; cut <= events.size(); cut++) {
      assertThat(machine.replay(events.subList(0, cut))).contains(states.get(cut - 1));
    }
    int snapshot = random.nextInt(events.size());
    State restored =
        State.fromValue((ObjectValue) Json.parse(Json.write(states.get(snapshot).toValue())));
    assertThat(restored).isEqualTo(states.get(snapshot));
    assertThat(machine.replay(restored, events.subList(snapshot + 1, events.size())))
        .isEqualTo(run.state());
    for (State state : states) {
      for (Command command : machine.pending(state)) {
        assertThat(Command.fromValue((ObjectValue) Json.parse(Json.write(command.toValue()))))
            .isEqualTo(command);
      }
    }
  }
}
