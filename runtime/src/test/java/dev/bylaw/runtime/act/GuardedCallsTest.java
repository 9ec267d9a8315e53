package dev.bylaw.runtime.act;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.runtime.run.RunFacts;
import dev.bylaw.runtime.settings.Settings;
import dev.bylaw.value.ObjectValue;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Actions that do not keep their time; none of the tests waits for any. */
class GuardedCallsTest {
  private static final RunFacts RUN = new RunFacts("r", "p", "1", "bot", ObjectValue.EMPTY);

  /** An action that goes on for ever: only an interruption ends it. */
  private record Endless(boolean wrapped) implements Action {
    @Override
    public ActionSpec spec() {
      return new ActionSpec("endless", "endless", "", "never ends", List.of(), List.of(), false);
    }

    @Override
    public ActionOutcome perform(ActionCall call) throws InterruptedException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        if (wrapped) {
          throw new UncheckedIOException(new ClosedByInterruptException());
        }
        throw e;
      }
      throw new AssertionError("a latch that nobody opens");
    }
  }

  private static ActionOutcome called(Action action) {
    try (var calls =
        new GuardedCalls(
            Map.of("endless", action),
            () -> Settings.EMPTY,
            _ -> Optional.empty(),
            Duration.ZERO)) {
      return calls.perform(
          RUN,
          new Command.Act(
              "k",
              "s",
              "endless",
              ObjectValue.EMPTY,
              Set.of(),
              "r/s/0",
              Duration.ofMillis(1),
              1,
              "d"));
    }
  }

  @Test
  void anActionThatOutlivesItsTimeAndTheGraceIsInterruptedAndNobodyKnowsWhatItDid() {
    assertThat(called(new Endless(false)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("timeout");
              assertThat(failed.message()).contains("PT0.001S");
              assertThat(failed.effect()).isEqualTo(Effect.POSSIBLE);
              assertThat(failed.retryable()).isFalse();
            });
    assertThat(Thread.currentThread().isInterrupted())
        .as("the alarm is not for what comes next")
        .isFalse();
  }

  @Test
  void anInterruptionThatAnActionTellsAsAnotherExceptionIsATimeOutAllTheSame() {
    assertThat(called(new Endless(true)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo("timeout"));
  }
}
