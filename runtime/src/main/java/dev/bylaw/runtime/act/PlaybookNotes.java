package dev.bylaw.runtime.act;

import dev.bylaw.actions.record.StepLog;
import dev.bylaw.store.Store;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.util.Locale;

/** What steps write with the action {@code log}: records of the playbook log. */
public final class PlaybookNotes implements StepLog {
  private static final String SEEN = "step_log/";

  private final String identity;
  private final Store store;

  public PlaybookNotes(String identity, Store store) {
    this.identity = identity;
    this.store = store;
  }

  @Override
  public void write(String agent, String key, Entry entry) {
    String run = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
    ObjectValue payload =
        ObjectValue.builder(6)
            .put("agent", agent)
            .put("key", key)
            .put("level", entry.level().name().toLowerCase(Locale.ROOT))
            .put("message", entry.message())
            .put("data", entry.data())
            .build();
    var sealed = store.seal(new Draft(LogEvent.STEP_NOTED, "", run, payload));
    store.transact(transaction -> {
      // A step that is repeated after a crash has written already.
      if (transaction.settings().find(identity, SEEN + key).isEmpty()) {
        long seq = transaction.log(identity, LogName.PLAYBOOK).append(sealed);
        transaction.settings().put(identity, SEEN + key, NumberValue.of(seq));
      }
      return true;
    });
  }
}
