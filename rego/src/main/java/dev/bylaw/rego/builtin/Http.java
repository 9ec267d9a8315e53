package dev.bylaw.rego.builtin;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code http.send}, to hosts that the request allows; the same question is asked once a query. */
final class Http {
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final Set<String> KNOWN =
      Set.of(
          "method",
          "url",
          "body",
          "enable_redirect",
          "force_json_decode",
          "force_yaml_decode",
          "headers",
          "raw_body",
          "tls_use_system_certs",
          "tls_ca_cert",
          "tls_ca_cert_file",
          "tls_ca_cert_env_variable",
          "tls_client_cert",
          "tls_client_cert_file",
          "tls_client_cert_env_variable",
          "tls_client_key",
          "tls_client_key_file",
          "tls_client_key_env_variable",
          "tls_insecure_skip_verify",
          "tls_server_name",
          "timeout",
          "cache",
          "force_cache",
          "force_cache_duration_seconds",
          "raise_error",
          "caching_mode",
          "max_retry_attempts",
          "cache_ignored_headers");

  private Http() {}

  static Value send(BuiltinContext c, Value a) {
    ObjectValue request = Operands.object(a, 1);
    List<Value> unknown = new ArrayList<>();
    request.forEach((k, v) -> {
      if (!KNOWN.contains(Strings.text(k))) {
        unknown.add(k);
      }
    });
    if (!unknown.isEmpty()) {
      throw BuiltinFailure.type(
          "operand 1 invalid request parameters(s): " + TermText.of(SetValue.of(unknown)));
    }
    List<Value> missing = new ArrayList<>();
    for (String name : List.of("method", "url")) {
      if (!request.has(name)) {
        missing.add(StringValue.of(name));
      }
    }
    if (!missing.isEmpty()) {
      throw BuiltinFailure.type(
          "operand 1 missing required request parameters(s): " + TermText.of(SetValue.of(missing)));
    }
    Object key = Map.entry("http.send", request);
    Value known = c.memory().get(key);
    if (known == null) {
      known = answer(c, request);
      c.memory().put(key, known);
    }
    return known;
  }

  private static Value answer(BuiltinContext c, ObjectValue request) {
    try {
      return exchange(c, request);
    } catch (BuiltinFailure e) {
      if (request.get("raise_error") != BooleanValue.FALSE) {
        throw e;
      }
      return ObjectValue.builder(2)
          .put("status_code", NumberValue.of(0))
          .put(
              "error",
              ObjectValue.of(
                  "code", StringValue.of("eval_http_send_network_error"),
                  "message", StringValue.of(e.text())))
          .build();
    }
  }

  private static Value exchange(BuiltinContext c, ObjectValue request) {
    URI uri;
    try {
      uri = URI.create(request.text("url"));
    } catch (IllegalArgumentException e) {
      throw BuiltinFailure.error("invalid url: " + e.getMessage());
    }
    String host = uri.getHost();
    if (host == null || !c.mayCall(String.valueOf(uri.getScheme()), host, uri.getPort())) {
      throw BuiltinFailure.error("connecting to " + host + " is not allowed");
    }
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(timeout(request));
    if (request.get("headers") instanceof ObjectValue headers) {
      for (int i = 0; i < headers.size(); i++) {
        String name = Strings.text(headers.key(i));
        if (!name.equalsIgnoreCase("host")) {
          builder.header(name, Strings.text(headers.value(i)));
        }
      }
    }
    String body = body(request);
    builder.method(
        request.text("method").toUpperCase(Locale.ROOT),
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    // Redirects are not followed: they would leave what the host allowed. A proxy would look names
    // up by itself, past what the host allowed.
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(timeout(request))
            .build()) {
      HttpResponse<InputStream> response =
          client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
      return response(request, response);
    } catch (IOException e) {
      throw BuiltinFailure.error("request failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BuiltinFailure.error("request interrupted");
    }
  }

  private static Duration timeout(ObjectValue request) {
    Value timeout = request.get("timeout");
    if (timeout instanceof NumberValue n && n.isLong() && n.longValue() > 0) {
      return Duration.ofNanos(n.longValue());
    }
    if (timeout instanceof StringValue s
        && Times.duration(s.text()) instanceof NumberValue n
        && n.longValue() > 0) {
      return Duration.ofNanos(n.longValue());
    }
    return Duration.ofSeconds(5);
  }

  private static String body(ObjectValue request) {
    Value raw = request.get("raw_body");
    Value body = request.get("body");
    return raw != null ? Strings.text(raw) : body == null ? "" : JsonText.compact(body);
  }

  private static Value response(ObjectValue request, HttpResponse<InputStream> response)
      throws IOException {
    String text;
    try (InputStream in = response.body()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw BuiltinFailure.error("answer of more than " + MOST_BYTES + " bytes");
      }
      text = new String(bytes, StandardCharsets.UTF_8);
    }
    ObjectValue.Builder headers = ObjectValue.builder();
    response
        .headers()
        .map()
        .forEach((k, v) ->
            headers.put(
                k.toLowerCase(Locale.ROOT),
                ArrayValue.of(v.stream().map(StringValue::of).toList())));
    String type = response.headers().firstValue("content-type").orElse("");
    boolean json = type.contains("json") || request.get("force_json_decode") == BooleanValue.TRUE;
    return ObjectValue.builder(5)
        .put("status", Integer.toString(response.statusCode()))
        .put("status_code", NumberValue.of(response.statusCode()))
        .put("body", json ? parsed(text) : NullValue.NULL)
        .put("raw_body", text)
        .put("headers", headers.build())
        .build();
  }

  private static Value parsed(String text) {
    try {
      return Json.parseLastKeyWins(text);
    } catch (JsonException e) {
      return NullValue.NULL;
    }
  }
}
