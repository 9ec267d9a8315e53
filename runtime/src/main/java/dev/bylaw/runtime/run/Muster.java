package dev.bylaw.runtime.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Holds back the actions of runs that are taken up after a restart until all of these runs have
 * gone on.
 *
 * <p>Without it the first of thousands would be steps ahead while the last still waited for its
 * turn, and an approval or a time-out that belongs to the last would come to nothing meanwhile.
 */
final class Muster implements Executor {
  private final Executor threads;
  private final List<Runnable> heldBack = new ArrayList<>();

  /** How many have not arrived; one of them is whoever still finds runs. */
  private int missing = 1;

  Muster(Executor threads) {
    this.threads = threads;
  }

  /** One more is waited for. */
  synchronized void expect() {
    missing++;
  }

  /** One that was waited for went on, or cannot; or all were found. */
  void arrived() {
    List<Runnable> free;
    synchronized (this) {
      missing--;
      if (missing > 0) {
        return;
      }
      free = List.copyOf(heldBack);
      heldBack.clear();
    }
    free.forEach(threads::execute);
  }

  /** Runs an action at once if everybody has arrived, and else as soon as everybody has. */
  @Override
  public void execute(Runnable action) {
    synchronized (this) {
      if (missing > 0) {
        heldBack.add(action);
        return;
      }
    }
    threads.execute(action);
  }
}
