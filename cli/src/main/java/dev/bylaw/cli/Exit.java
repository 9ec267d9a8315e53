package dev.bylaw.cli;

/** Exit codes; a contract with scripts. */
final class Exit {
  /** Done; allowed, with or without a warning. */
  static final int OK = 0;

  /** It failed. */
  static final int FAILED = 1;

  /** Wrong usage, or a file that cannot be used. */
  static final int USAGE = 2;

  /** A policy blocks it. */
  static final int BLOCKED = 3;

  /** A person has to agree; a run waits, persisted. */
  static final int WAITING = 4;

  private Exit() {}
}
