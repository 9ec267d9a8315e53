package dev.bylaw.store.log;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept beside a record's header.
 *
 * @param value the fields that are still there
 * @param salts the record's seed under the empty name, or once a field was erased, each field's own
 * @param erased the leaves of the fields that were erased
 */
public record Payload(
    ObjectValue value, SortedMap<String, String> salts, SortedMap<String, String> erased) {

  private static final String SEED = "";

  /** Reads what {@link #saltText} and {@link #erasedText} wrote; empty if it is damaged. */
  static Optional<Payload> parse(String value, String salt, String erased) {
    try {
      return Json.parse(value) instanceof ObjectValue fields
          ? of(fields, salt, erased)
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  /** The payload of fields and what {@link #saltText} and {@link #erasedText} wrote. */
  static Optional<Payload> of(ObjectValue fields, String salt, String erased) {
    try {
      SortedMap<String, String> salts = new TreeMap<>();
      if (salt.startsWith("{")) {
        salts = texts(salt);
      } else {
        salts.put(SEED, salt);
      }
      return Optional.of(
          new Payload(fields, salts, erased.isEmpty() ? new TreeMap<>() : texts(erased)));
    } catch (JsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The commitment that this payload adds up to; empty if a salt is missing or no salt. */
  Optional<String> commitment() {
    SortedMap<String, String> leaves = new TreeMap<>(erased);
    try {
      for (var field : Commitment.sorted(value).entrySet()) {
        Optional<String> salt = salt(field.getKey());
        if (salt.isEmpty()) {
          return Optional.empty();
        }
        leaves.put(field.getKey(), Commitment.leafOf(salt.get(), field.getValue()));
      }
      return Optional.of(Commitment.ofLeaves(leaves));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same without some fields: their leaves stay, their values and salts do not. */
  Payload without(Set<String> fields) {
    ObjectValue rest = value;
    SortedMap<String, String> salts = new TreeMap<>();
    SortedMap<String, String> gone = new TreeMap<>(erased);
    for (var field : Commitment.sorted(value).entrySet()) {
      String salt =
          salt(field.getKey())
              .orElseThrow(() -> new IllegalArgumentException("a field without salt"));
      if (fields.contains(field.getKey())) {
        gone.put(field.getKey(), Commitment.leafOf(salt, field.getValue()));
        rest = rest.without(field.getKey());
      } else {
        salts.put(field.getKey(), salt);
      }
    }
    return new Payload(rest, salts, gone);
  }

  String saltText() {
    String seed = salts.get(SEED);
    return seed != null ? seed : object(salts);
  }

  String erasedText() {
    return erased.isEmpty() ? "" : object(erased);
  }

  private Optional<String> salt(String field) {
    String seed = salts.get(SEED);
    return seed != null
        ? Optional.of(Commitment.saltOf(seed, field))
        : Optional.ofNullable(salts.get(field));
  }

  static String object(SortedMap<String, String> texts) {
    ObjectValue.Builder builder = ObjectValue.builder(texts.size());
    texts.forEach(builder::put);
    return Json.write(builder.build());
  }

  static SortedMap<String, String> texts(String json) throws JsonException {
    SortedMap<String, String> texts = new TreeMap<>();
    if (Json.parse(json) instanceof ObjectValue object) {
      object.forEach((key, value) -> texts.put(text(key), text(value)));
    }
    return texts;
  }

  private static String text(Value value) {
    if (value instanceof StringValue text) {
      return text.text();
    }
    throw new IllegalArgumentException("expected a text, found " + value.kind().word());
  }
}
