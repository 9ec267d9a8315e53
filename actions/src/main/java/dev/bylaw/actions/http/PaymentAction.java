package dev.bylaw.actions.http;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.actions.http.Answer.Broken;
import dev.bylaw.actions.http.Answer.Received;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code call_payment_api}: asks a gateway to move an amount, under the call's idempotency key.
 *
 * <p>What a failure says of its effect is what the ledger stands on. None: the request never left,
 * or the gateway refused it (4xx). Possible: everything else, a silence, a lost connection, 5xx, a
 * redirection, and 409, by which gateways also say that the same key is still being worked on.
 *
 * @param exchanges makes the calls
 * @param gateway where payments go
 */
public record PaymentAction(HttpExchanges exchanges, PaymentGateway gateway) implements Action {
  private static final List<String> FIELDS =
      List.of("customer_id", "order_id", "payment_id", "reason");

  @Override
  public ActionSpec spec() {
    ActionSpec row = ActionTable.CALL_PAYMENT_API;
    return new ActionSpec(
        row.name(),
        row.capability(),
        row.resourceType(),
        row.summary(),
        row.inputs(),
        row.outputs(),
        gateway.honoursKeys());
  }

  /** The whole URL, the amount as a number and the currency, so that policies see them. */
  @Override
  public Prepared prepare(ObjectValue params, ObjectValue inputs) {
    ObjectValue whole = params;
    if (params.get("endpoint") instanceof StringValue endpoint) {
      whole = whole.with("endpoint", StringValue.of(gateway.inFull(endpoint.text())));
    }
    @Nullable Value amount = params.get("amount");
    if (amount instanceof StringValue text && Params.number(text).isPresent()) {
      whole = whole.with("amount", Params.number(text).get());
    }
    if (!params.has("currency") && !gateway.currency().isEmpty()) {
      whole = whole.with("currency", StringValue.of(gateway.currency()));
    }
    // Policies count by customer; a step that does not say whose payment it is means the run's.
    for (String about : List.of("customer_id", "order_id")) {
      if (!params.has(about) && inputs.get(about) instanceof StringValue given) {
        whole = whole.with(about, given);
      }
    }
    return new Prepared(whole, CheckVendor.hosts(whole));
  }

  @Override
  public ActionOutcome perform(ActionCall call) throws InterruptedException {
    Params params = Params.of(spec(), prepare(call.params(), ObjectValue.EMPTY).params());
    @Nullable NumberValue amount = params.number("amount");
    if (amount != null && amount.decimal().signum() <= 0) {
      params.wrong("`amount` is not greater than zero");
    }
    String currency = params.text("currency");
    if (!currency.matches("[A-Z]{3}")) {
      params.wrong("`currency` is missing or no code like `USD`");
    }
    params
        .object("payload")
        .forEach((key, _) -> {
          if (key instanceof StringValue name && spec().input(name.text()).isPresent()) {
            params.wrong("`payload` has `" + name.text() + "`, which is a parameter");
          }
        });
    Map<String, String> headers = Messages.headers(params);
    Optional<Endpoint> endpoint = HttpAction.endpoint(params);
    if (params.problem().isPresent() || amount == null) {
      return params.problem().orElseThrow();
    }
    ObjectValue body = body(params, amount, currency);
    var request =
        new HttpExchanges.Call(
            "POST",
            endpoint.orElseThrow(),
            headers(call, headers, endpoint.get()),
            Optional.of(Json.bytes(body)),
            gateway.honoursKeys());
    return switch (exchanges.exchange(request, call.timeout())) {
      case Received received when received.successful() ->
          new Done(
              output(received).with("amount", amount).with("currency", StringValue.of(currency)));
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

  private static ObjectValue body(Params params, NumberValue amount, String currency) {
    var body = ObjectValue.builder().put("amount", amount).put("currency", currency);
    for (String field : FIELDS) {
      if (params.has(field)) {
        body.put(field, params.text(field));
      }
    }
    params.object("payload").forEach(body::put);
    return body.build();
  }

  private Map<String, String> headers(
      ActionCall call, Map<String, String> given, Endpoint endpoint) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(given);
    headers.putAll(gateway.headersFor(endpoint));
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    headers.put("Idempotency-Key", call.idempotencyKey());
    return headers;
  }

  private static ActionOutcome failed(Received received) {
    int status = received.status();
    boolean refused = status >= 400 && status < 500 && status != 409 && !received.possibleBefore();
    return new Failed(
        Statuses.code(status),
        "the payment gateway answered with status " + status,
        Statuses.retryable(status),
        refused ? Effect.NONE : Effect.POSSIBLE,
        output(received));
  }

  private static ObjectValue output(Received received) {
    Value body = received.body();
    var output = ObjectValue.builder();
    if (body instanceof ObjectValue object && object.get("id") instanceof StringValue id) {
      output.put("id", id);
    }
    return output.put("status", NumberValue.of(received.status())).put("body", body).build();
  }
}
