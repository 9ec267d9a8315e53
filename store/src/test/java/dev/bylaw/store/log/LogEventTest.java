package dev.bylaw.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.playbook.machine.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
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

  @Test
  void everyEventStandsInTheReference() throws IOException {
    String table =
        Arrays.stream(LogEvent.values())
            .map(event ->
                "| `%s` | %s | %s |"
                    .formatted(
                        event.text(),
                        Arrays.stream(LogName.values())
                            .filter(event::belongsTo)
                            .map(LogName::text)
                            .collect(Collectors.joining(", ")),
                        event.summary()))
            .collect(Collectors.joining("\n", "", "\n"));
    Path reference = Path.of("..", "docs", "reference", "logs.md");
    assertThat(Files.readString(reference)).endsWith(table);
  }
}
