package dev.bylaw.runtime;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.store.log.Masking;
import dev.bylaw.value.ObjectValue;
import java.util.Set;
import java.util.function.Supplier;

/** Masks personal data in what the logs keep, before it is hashed. */
final class LogMask {
  private LogMask() {}

  /** A mask over types; none for no types. */
  static Masking of(Supplier<Inspector> inspector, Set<EntityType> types) {
    if (types.isEmpty()) {
      return Masking.NONE;
    }
    return (_, payload) -> {
      Redactor redactor = Redactor.of(inspector.get(), new Redaction.Label());
      return redactor.redact(payload, types).result() instanceof ObjectValue masked
          ? masked
          : payload;
    };
  }
}
