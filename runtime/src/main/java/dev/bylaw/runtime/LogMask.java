package dev.bylaw.runtime;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.store.log.Masking;
import dev.bylaw.value.ObjectValue;
import java.util.Set;

/** Masks personal data in what the logs keep, before it is hashed. */
final class LogMask {
  private LogMask() {}

  /** A mask over types; none for no types. */
  static Masking of(Inspector inspector, Set<EntityType> types) {
    if (types.isEmpty()) {
      return Masking.NONE;
    }
    Redactor redactor = Redactor.of(inspector, new Redaction.Label());
    return (_, payload) ->
        redactor.redact(payload, types).result() instanceof ObjectValue masked ? masked : payload;
  }
}
