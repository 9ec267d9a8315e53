package dev.bylaw.store;

/** Waits for threads that end by themselves. */
final class Joining {
  private Joining() {}

  /**
   * Waits until a thread has ended, also where the caller is interrupted: what the thread works on
   * must not be closed under it. The interrupt is kept for later.
   */
  static void untilEnded(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
