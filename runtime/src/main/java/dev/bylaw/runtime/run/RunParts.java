package dev.bylaw.runtime.run;

import dev.bylaw.playbook.machine.Event;
import dev.bylaw.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What a run needs of the process around it. */
interface RunParts {
  Store store();

  RunGate gate();

  Notebook notebook();

  ActionCalls calls();

  InstantSource clock();

  /** Runs what may block; a virtual thread each. */
  Executor threads();

  /** Tells a run when a time has come. */
  void wake(String run, Instant until);

  /** Hands a run what came of an action; the run may have been let go of meanwhile. */
  void acted(String run, Event.Acted event);

  /** Lets go of a run that rests. */
  void forget(ActiveRun run);

  /** Now, to the millisecond. */
  default Instant now() {
    return Instant.ofEpochMilli(clock().millis());
  }
}
