package dev.bylaw.store.log;

import dev.bylaw.store.log.LogRecord.Chain;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The signed statement that payloads of a chain were erased on purpose; the payload of a {@link
 * LogEvent#LOG_ERASED} record.
 */
final class Tombstone {
  /** Stands for all fields of a record. */
  static final String ALL = "*";

  private static final String FORMAT = "bylaw-tombstone/1";

  private Tombstone() {}

  /**
   * Signs what was erased.
   *
   * @param erased the fields by place; {@link #ALL} for the whole payload
   * @param why {@code scope}, {@code by} and {@code reason}; must not name the subject
   */
  static ObjectValue sign(
      Chain chain, Map<Long, Set<String>> erased, ObjectValue why, SigningKey key) {
    List<Value> rows = new ArrayList<>();
    erased.forEach((seq, fields) ->
        rows.add(
            ObjectValue.of(
                "seq",
                NumberValue.of(seq),
                "fields",
                Value.of(List.copyOf(new TreeSet<>(fields))))));
    return key.sign(
        why.with(
            ObjectValue.builder()
                .put("format", FORMAT)
                .put("identity", chain.identity())
                .put("log", chain.log().text())
                .put("writer", chain.writer())
                .put("erased", ArrayValue.of(rows))
                .build()));
  }

  /** Whether a payload is a tombstone of this chain. */
  static boolean holds(ObjectValue payload, Chain chain, PublicKey key) {
    return payload.text("format").equals(FORMAT)
        && payload.text("identity").equals(chain.identity())
        && payload.text("log").equals(chain.log().text())
        && payload.text("writer").equals(chain.writer())
        && SigningKey.verifies(payload, key);
  }

  /** Calls for each record that it says was erased, with the fields. */
  static void each(ObjectValue payload, BiConsumer<Long, Set<String>> action) {
    if (payload.get("erased") instanceof ArrayValue rows) {
      for (Value row : rows) {
        if (row instanceof ObjectValue erased
            && erased.get("seq") instanceof NumberValue seq
            && seq.isLong()
            && erased.get("fields") instanceof ArrayValue names) {
          Set<String> fields = new TreeSet<>();
          for (Value name : names) {
            fields.add(name instanceof StringValue text ? text.text() : "");
          }
          action.accept(seq.longValue(), fields);
        }
      }
    }
  }
}
