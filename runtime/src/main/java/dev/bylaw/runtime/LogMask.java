package dev.bylaw.runtime;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.Masking;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Masks personal data in what the logs keep, before it is hashed. */
final class LogMask {
  /**
   * Fields of a decision's record that the runtime makes up itself, so that nobody can say anything
   * in them. Digests and ids are full of digits: looking for numbers of cards in them takes as long
   * as in all the rest, and finding one would change what the record is known by.
   */
  private static final List<String> OWN =
      List.of("id", "decision", "allowed", "reason", "digest", "revision", "at");

  private LogMask() {}

  /** A mask over types; none for no types. */
  static Masking of(Supplier<Inspector> inspector, Set<EntityType> types) {
    if (types.isEmpty()) {
      return Masking.NONE;
    }
    return (event, payload) -> {
      Redactor redactor = Redactor.of(inspector.get(), new Redaction.Label());
      return event == LogEvent.POLICY_DECISION
          ? decision(redactor, payload, types)
          : masked(redactor, payload, types);
    };
  }

  private static ObjectValue decision(
      Redactor redactor, ObjectValue payload, Set<EntityType> types) {
    ObjectValue.Builder own = ObjectValue.builder(OWN.size());
    ObjectValue.Builder others = ObjectValue.builder(payload.size());
    payload.forEach((name, value) -> {
      boolean ours = name instanceof StringValue text && OWN.contains(text.text());
      (ours ? own : others).put(name, value);
    });
    return masked(redactor, others.build(), types).with(own.build());
  }

  private static ObjectValue masked(Redactor redactor, ObjectValue payload, Set<EntityType> types) {
    Value masked = redactor.redact(payload, types).result();
    return masked instanceof ObjectValue object ? object : payload;
  }
}
