package dev.bylaw.rego.plan;

import dev.bylaw.rego.builtin.BuiltinContext;
import dev.bylaw.value.ObjectValue;
import java.time.Instant;
import java.time.InstantSource;

/** A session for folding constants: nothing is measured or cancelled. */
final class NoSession {
  static final Session SESSION =
      new Session(
          Settings.UNLIMITED,
          new BuiltinContext(InstantSource.fixed(Instant.EPOCH), ObjectValue.EMPTY, host -> false));

  private NoSession() {}
}
