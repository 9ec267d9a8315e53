package dev.bylaw.actions.sandbox;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.Value;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it arrived.
 *
 * @param method {@code POST}
 * @param path without the query
 * @param headers by name, whatever its case
 * @param body the whole body
 */
public record RecordedRequest(
    String method, String path, Map<String, String> headers, String body) {
  public RecordedRequest {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /** The body as JSON; null if it is none. */
  public Value json() {
    try {
      return Json.parse(body);
    } catch (JsonException _) {
      return NullValue.NULL;
    }
  }
}
