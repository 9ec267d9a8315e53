package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.playbook.machine.Notes;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What playbooks note and what the log knows are the same words. */
class EventsTest {
  @SuppressWarnings("unused") // named by the annotation below
  private static final Iterable<String> NAMES = Notes.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void thePlaybookLogKnowsWhatPlaybooksNote(String name) {
    assertThat(LogEvent.of(name).belongsTo(LogName.PLAYBOOK)).isTrue();
  }
}
