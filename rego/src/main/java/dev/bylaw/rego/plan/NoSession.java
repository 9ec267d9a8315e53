package dev.bylaw.rego.plan;

import dev.bylaw.rego.builtin.BuiltinContext;
import dev.bylaw.value.ObjectValue;

/** A session for folding constants: nothing is measured or cancelled. */
final class NoSession {
  static final Session SESSION =
      new Session(
          new BuiltinContext(
              java.time.InstantSource.fixed(java.time.Instant.EPOCH),
              ObjectValue.EMPTY,
              host -> false),
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          () -> false,
          false,
          null,
          null);

  private NoSession() {}
}
