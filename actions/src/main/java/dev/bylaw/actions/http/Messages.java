package dev.bylaw.actions.http;

import dev.bylaw.actions.call.Params;
import dev.bylaw.actions.http.Answer.Received;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Headers and bodies between values and bytes. */
final class Messages {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern TEXT = Pattern.compile("[\\t -~\\u0080-\\u00ff]{0,8000}");

  /** Headers that the connection, or we, set. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "cookie2",
          "expect",
          "host",
          "idempotency-key",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private Messages() {}

  /** The request headers that a call gives; others are a problem of the parameters. */
  static Map<String, String> headers(Params params) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    params
        .object("headers")
        .forEach((key, value) -> {
          String name = key instanceof StringValue text ? text.text() : "";
          String lower = name.toLowerCase(Locale.ROOT);
          if (!NAME.matcher(name).matches()) {
            params.wrong("`headers` has a name that is none");
          } else if (OURS.contains(lower) || lower.startsWith("proxy-")) {
            params.wrong("the header `" + lower + "` is not for a call to set");
          } else if (!(value instanceof StringValue text) || !TEXT.matcher(text.text()).matches()) {
            params.wrong("the header `" + lower + "` is no text of one line");
          } else if (headers.put(name, text.text()) != null) {
            params.wrong("the header `" + lower + "` is given twice");
          }
        });
    return headers;
  }

  /** A response as values. */
  static Received received(HttpResponse<byte[]> response) {
    var headers = ObjectValue.builder();
    new TreeMap<>(response.headers().map())
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!lower.equals("set-cookie") && !lower.startsWith(":")) {
            headers.put(lower, String.join(", ", values));
          }
        });
    ObjectValue all = headers.build();
    return new Received(
        response.statusCode(), all, body(response.body(), all.text("content-type")), false);
  }

  /** JSON where it is declared and is JSON, else text, else base64; null for none. */
  private static Value body(byte[] bytes, String type) {
    if (bytes.length == 0) {
      return NullValue.NULL;
    }
    String media = type.toLowerCase(Locale.ROOT).replaceFirst(";.*", "").strip();
    if (media.equals("application/json") || media.endsWith("+json")) {
      try {
        return Json.parse(bytes);
      } catch (JsonException _) {
        // It is given as the text it is.
      }
    }
    try {
      return StringValue.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return StringValue.of(Base64.getEncoder().encodeToString(bytes));
    }
  }
}
