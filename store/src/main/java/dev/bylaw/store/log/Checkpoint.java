package dev.bylaw.store.log;

import dev.bylaw.store.log.LogRecord.Chain;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A signed statement of how far every chain had come. Kept outside the store, it proves later that
 * nothing before it was cut or rewritten.
 *
 * @param statement the signed JSON object: format, no, time, previous, heads, key, signature
 */
public record Checkpoint(ObjectValue statement) {
  static final String FORMAT = "bylaw-checkpoint/1";

  /**
   * How far a chain had come.
   *
   * @param chain which
   * @param seq its last place
   * @param hash of the record there
   */
  public record Head(Chain chain, long seq, String hash) {}

  static Checkpoint sign(long no, Instant time, String previous, List<Head> heads, SigningKey key) {
    List<Value> rows = new ArrayList<>();
    for (Head head : heads) {
      rows.add(
          ObjectValue.builder()
              .put("identity", head.chain().identity())
              .put("log", head.chain().log().text())
              .put("writer", head.chain().writer())
              .put("seq", NumberValue.of(head.seq()))
              .put("hash", head.hash())
              .build());
    }
    return new Checkpoint(
        key.sign(
            ObjectValue.builder()
                .put("format", FORMAT)
                .put("no", NumberValue.of(no))
                .put("time", time.toString())
                .put("previous", previous)
                .put("heads", ArrayValue.of(rows))
                .put("key", key.publicText())
                .build()));
  }

  /**
   * Reads an exported checkpoint.
   *
   * @throws IllegalArgumentException if it is none; the message is one sentence
   */
  public static Checkpoint parse(String json) {
    try {
      if (Json.parse(json) instanceof ObjectValue object) {
        var checkpoint = new Checkpoint(object);
        checkpoint.heads();
        if (object.text("format").equals(FORMAT)) {
          return checkpoint;
        }
      }
    } catch (JsonException | RuntimeException e) {
      throw new IllegalArgumentException("this is not a checkpoint of the logs", e);
    }
    throw new IllegalArgumentException("this is not a checkpoint of the logs");
  }

  /** Its number in its store, from 1. */
  public long no() {
    return statement.get("no") instanceof NumberValue no && no.isLong() ? no.longValue() : 0;
  }

  /** When it was made. */
  public Instant time() {
    return Instant.parse(statement.text("time"));
  }

  /** The hash of the checkpoint before; 64 zeros for the first. */
  public String previous() {
    return statement.text("previous");
  }

  /** The hash of this one. */
  public String hash() {
    return Digests.of(CanonicalJson.write(statement));
  }

  /** The public key it names. Whether that is to be trusted, is known elsewhere. */
  public String key() {
    return statement.text("key");
  }

  /** How far every chain had come. */
  public List<Head> heads() {
    List<Head> heads = new ArrayList<>();
    if (!(statement.get("heads") instanceof ArrayValue rows)) {
      throw new IllegalArgumentException("a checkpoint without heads");
    }
    for (Value row : rows) {
      if (!(row instanceof ObjectValue head && head.get("seq") instanceof NumberValue seq)) {
        throw new IllegalArgumentException("a head that is none");
      }
      heads.add(
          new Head(
              new Chain(head.text("identity"), LogName.of(head.text("log")), head.text("writer")),
              seq.longValue(),
              head.text("hash")));
    }
    return heads;
  }

  /** Whether the key signed it. */
  public boolean signedBy(PublicKey key) {
    return SigningKey.verifies(statement, key);
  }

  /** As JSON, to keep elsewhere. */
  public String toJson() {
    return CanonicalJson.write(statement);
  }
}
