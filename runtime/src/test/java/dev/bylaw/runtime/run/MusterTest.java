package dev.bylaw.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MusterTest {
  private final List<String> called = new ArrayList<>();
  private final Muster muster = new Muster(Runnable::run);

  @Test
  void actionsWaitInOrderUntilAllRunsWereFoundAndHaveGoneOn() {
    muster.expect();
    muster.execute(() -> called.add("first"));
    muster.arrived();
    muster.expect();
    muster.execute(() -> called.add("second"));
    muster.arrived();
    assertThat(called).isEmpty();

    muster.arrived();
    assertThat(called).containsExactly("first", "second");
  }

  @Test
  void whoeverLooksForRunsMayBeDoneBeforeTheLastHasGoneOn() {
    muster.expect();
    muster.arrived();
    muster.execute(() -> called.add("action"));
    assertThat(called).as("one was found and went on, more may be found").isEmpty();
    muster.expect();
    muster.arrived();
    assertThat(called).isEmpty();
    muster.arrived();
    assertThat(called).containsExactly("action");
  }

  @Test
  void onceAllHaveGoneOnAnActionRunsAtOnce() {
    muster.arrived();
    muster.execute(() -> called.add("action"));
    assertThat(called).containsExactly("action");
  }
}
