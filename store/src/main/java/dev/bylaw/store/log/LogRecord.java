package dev.bylaw.store.log;

import dev.bylaw.value.Json;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record of a log.
 *
 * @param chain whose it is
 * @param seq its place in the chain, from 1
 * @param time when it was written; milliseconds
 * @param event the name of an event; see {@link LogEvent}
 * @param decision the id of the decision it belongs to; empty if to none
 * @param run the id of the run it belongs to; empty if to none
 * @param prev the hash of the record before
 * @param commitment to the payload
 * @param hash of all of the above
 * @param payload what is said; empty once it was erased
 */
public record LogRecord(
    Chain chain,
    long seq,
    Instant time,
    String event,
    String decision,
    String run,
    String prev,
    String commitment,
    String hash,
    Optional<Payload> payload) {

  /**
   * Whose records follow each other.
   *
   * @param identity the tenant
   * @param log which log
   * @param writer the process that writes it: one for each store
   */
  public record Chain(String identity, LogName log, String writer) {
    @Override
    public String toString() {
      return identity + "/" + log.text() + "/" + writer;
    }
  }

  /** The hash that the header has. */
  String computedHash() {
    return hashAt(seq);
  }

  /** The hash that the header would have at another place. */
  String hashAt(long place) {
    return hash(chain, place, time, event, decision, run, prev, commitment);
  }

  static String hash(
      Chain chain,
      long seq,
      Instant time,
      String event,
      String decision,
      String run,
      String prev,
      String commitment) {
    // The canonical JSON of the header, written out: its keys are known, and so is their order.
    var out = new StringBuilder(512);
    text(out.append("{\"decision\":"), decision);
    text(out.append(",\"event\":"), event);
    text(out.append(",\"identity\":"), chain.identity());
    text(out.append(",\"log\":"), chain.log().text());
    text(out.append(",\"payload\":"), commitment);
    text(out.append(",\"prev\":"), prev);
    text(out.append(",\"run\":"), run);
    out.append(",\"seq\":").append(seq);
    text(out.append(",\"time\":"), time.toString());
    text(out.append(",\"writer\":"), chain.writer());
    return Digests.of(out.append('}').toString());
  }

  private static void text(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        out.append(Json.write(StringValue.of(text)));
        return;
      }
    }
    out.append('"').append(text).append('"');
  }

  static ObjectValue header(
      Chain chain,
      long seq,
      Instant time,
      String event,
      String decision,
      String run,
      String prev,
      String commitment) {
    return ObjectValue.builder(10)
        .put("decision", decision)
        .put("event", event)
        .put("identity", chain.identity())
        .put("log", chain.log().text())
        .put("payload", commitment)
        .put("prev", prev)
        .put("run", run)
        .put("seq", NumberValue.of(seq))
        .put("time", time.toString())
        .put("writer", chain.writer())
        .build();
  }

  /**
   * The record for people and scripts: the header, and the payload under {@code data}, or {@code
   * erased} with the names of the fields that are gone ({@code ["*"]} for all).
   */
  public ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(12);
    header(chain, seq, time, event, decision, run, prev, commitment)
        .forEach((key, value) -> out.put(key, value));
    out.put("hash", hash);
    payload.ifPresent(kept -> out.put("data", kept.value()));
    if (payload.isEmpty() || !payload.get().erased().isEmpty()) {
      out.put(
          "erased",
          Value.of(
              payload.isEmpty() ? List.of("*") : List.copyOf(payload.get().erased().keySet())));
    }
    return out.build();
  }
}
