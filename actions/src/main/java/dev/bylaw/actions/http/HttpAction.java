package dev.bylaw.actions.http;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.actions.http.Answer.Broken;
import dev.bylaw.actions.http.Answer.Received;
import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.Json;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code http}: a call of a web API.
 *
 * <p>Anything but 2xx is a failure. A call that left may have had its effect whatever was answered:
 * it counts as a call, and only the API knows what it did.
 *
 * @param exchanges makes the calls
 */
public record HttpAction(HttpExchanges exchanges) implements Action {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE");

  @Override
  public ActionSpec spec() {
    return ActionTable.HTTP;
  }

  @Override
  public Prepared prepare(ObjectValue params, ObjectValue inputs) {
    return new Prepared(params, CheckVendor.hosts(params));
  }

  @Override
  public ActionOutcome perform(ActionCall call) throws InterruptedException {
    Params params = Params.of(spec(), call.params());
    @Nullable Value payload = params.any("payload");
    String usual = payload == null ? "GET" : "POST";
    String method = params.has("method") ? params.text("method").toUpperCase(Locale.ROOT) : usual;
    if (!METHODS.contains(method)) {
      params.wrong("`method` is none of GET, HEAD, POST, PUT, PATCH, DELETE");
    } else if (payload != null && (method.equals("GET") || method.equals("HEAD"))) {
      params.wrong("a " + method + " has no payload");
    }
    Map<String, String> headers = Messages.headers(params);
    Optional<Endpoint> endpoint = endpoint(params);
    if (params.problem().isPresent()) {
      return params.problem().get();
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      headers.put("Idempotency-Key", call.idempotencyKey());
    }
    var request =
        new HttpExchanges.Call(
            method,
            endpoint.orElseThrow(),
            withType(headers, payload),
            body(payload),
            REPEATABLE.contains(method));
    return switch (exchanges.exchange(request, call.timeout())) {
      case Received received when received.successful() -> new Done(output(received));
      case Received received -> failed(received);
      case Broken broken ->
          new Failed(
              broken.code(),
              broken.message(),
              broken.retryable(),
              broken.sent() ? Effect.POSSIBLE : Effect.NONE,
              ObjectValue.EMPTY);
    };
  }

  static Optional<Endpoint> endpoint(Params params) {
    try {
      return params.has("endpoint")
          ? Optional.of(Endpoint.parse(params.text("endpoint")))
          : Optional.empty();
    } catch (MalformedEndpointException e) {
      params.wrong(e.reason());
      return Optional.empty();
    }
  }

  private static Optional<byte[]> body(@Nullable Value payload) {
    return switch (payload) {
      case null -> Optional.empty();
      case StringValue text -> Optional.of(text.text().getBytes(StandardCharsets.UTF_8));
      default -> Optional.of(Json.bytes(payload));
    };
  }

  private static Map<String, String> withType(
      Map<String, String> headers, @Nullable Value payload) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Accept", "application/json, */*;q=0.5");
    if (payload != null) {
      all.put(
          "Content-Type",
          payload instanceof StringValue ? "text/plain; charset=utf-8" : "application/json");
    }
    all.putAll(headers);
    return all;
  }

  private static ObjectValue output(Received received) {
    return ObjectValue.builder()
        .put("status", NumberValue.of(received.status()))
        .put("headers", received.headers())
        .put("body", received.body())
        .build();
  }

  private static ActionOutcome failed(Received received) {
    return new Failed(
        Statuses.code(received.status()),
        "the API answered with status " + received.status(),
        Statuses.retryable(received.status()),
        Effect.POSSIBLE,
        output(received));
  }
}
