package dev.bylaw.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.playbook.machine.Notes;
import org.junit.jupiter.api.Test;

class LogEventTest {
  @Test
  void thePlaybookLogHoldsAllThatRunsTell() {
    assertThat(Notes.NAMES).allMatch(name -> LogEvent.of(name).belongsTo(LogName.PLAYBOOK));
  }

  @Test
  void anEventOfAnUnknownNameIsNone() {
    assertThatThrownBy(() -> LogEvent.of("step_guessed"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
