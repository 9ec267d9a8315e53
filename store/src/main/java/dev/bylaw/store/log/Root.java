package dev.bylaw.store.log;

import dev.bylaw.store.log.LogRecord.Chain;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.security.PublicKey;
import java.time.Instant;

/**
 * Where a chain begins: at its first record, or, after retention, at a signed later one.
 *
 * @param seq the first place
 * @param prev the hash that the first record names as the one before
 * @param statement the signed statement of this, JSON; empty for a chain that is whole
 */
record Root(long seq, String prev, String statement) {
  static final Root FIRST = new Root(1, Digests.NOTHING_BEFORE, "");

  /** The root of a chain that lost its oldest records on purpose. */
  static Root signed(Chain chain, long seq, String prev, Instant at, SigningKey key) {
    return new Root(seq, prev, Json.write(key.sign(statement(chain, seq, prev, at))));
  }

  private static ObjectValue statement(Chain chain, long seq, String prev, Instant at) {
    return ObjectValue.builder()
        .put("format", "bylaw-root/1")
        .put("identity", chain.identity())
        .put("log", chain.log().text())
        .put("writer", chain.writer())
        .put("seq", NumberValue.of(seq))
        .put("prev", prev)
        .put("time", at.toString())
        .build();
  }

  /** Whether a chain may begin here. */
  boolean holds(Chain chain, PublicKey key) {
    if (statement.isEmpty()) {
      return seq == FIRST.seq && prev.equals(FIRST.prev);
    }
    try {
      return Json.parse(statement) instanceof ObjectValue signed
          && SigningKey.verifies(signed, key)
          && signed
              .without(SigningKey.FIELD)
              .equals(statement(chain, seq, prev, Instant.parse(signed.text("time"))));
    } catch (JsonException | java.time.DateTimeException e) {
      return false;
    }
  }
}
