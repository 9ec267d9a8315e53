package dev.bylaw.runtime.run;

import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.machine.RunStatus;
import dev.bylaw.playbook.template.Secrets;
import dev.bylaw.store.Store;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.Sealed;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;

/**
 * Writes what happens in runs into the playbook log.
 *
 * @param identity whose log
 * @param store masks and hashes records ahead of their transaction, on the run's own thread
 */
record Notebook(String identity, Store store) {
  /** A record of something that happened. */
  RunGate.Step note(RunFacts run, Command.Note note, Instant at) {
    return append(run, LogEvent.of(note.event()), note.fields(), at);
  }

  /** The end of a run, in the journal and in the log. */
  RunGate.Step end(RunFacts run, Command.End end, Instant at) {
    ObjectValue result = ObjectValue.of("output", end.output(), "error", end.error());
    dev.bylaw.store.journal.RunStatus status = kept(end.status());
    return transaction -> transaction.journal().end(run.id(), status, Secrets.shown(result), at);
  }

  private RunGate.Step append(RunFacts run, LogEvent event, ObjectValue fields, Instant at) {
    ObjectValue payload =
        ObjectValue.builder(fields.size() + 5)
            .put("run", run.id())
            .put("playbook", run.playbook())
            .put("version", run.version())
            .put("agent", run.agent())
            .put("at", at.toString())
            .build()
            .with(Secrets.shown(fields));
    Sealed sealed = store.seal(new Draft(event, fields.text("decision"), run.id(), payload));
    return transaction -> transaction.log(identity, LogName.PLAYBOOK).append(sealed);
  }

  /** The journal's word for a status. */
  static dev.bylaw.store.journal.RunStatus kept(RunStatus status) {
    return switch (status) {
      case RUNNING -> dev.bylaw.store.journal.RunStatus.RUNNING;
      case WAITING_FOR_APPROVAL -> dev.bylaw.store.journal.RunStatus.WAITING;
      case COMPLETED -> dev.bylaw.store.journal.RunStatus.COMPLETED;
      case FAILED -> dev.bylaw.store.journal.RunStatus.FAILED;
      case BLOCKED -> dev.bylaw.store.journal.RunStatus.BLOCKED;
      case REJECTED -> dev.bylaw.store.journal.RunStatus.REJECTED;
      case TIMED_OUT -> dev.bylaw.store.journal.RunStatus.TIMED_OUT;
      case CANCELLED -> dev.bylaw.store.journal.RunStatus.CANCELLED;
    };
  }
}
