package dev.bylaw.actions.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where payments go.
 *
 * @param base the gateway's URL, below which an endpoint may be a path; its headers go nowhere else
 * @param currency what is meant where a call names none; empty if it must name one
 * @param headers what proves who we are, for instance {@code Authorization}
 * @param honoursKeys whether a request with an idempotency key that was seen before does nothing
 *     more: then a call is repeated after a silence or a crash
 */
public record PaymentGateway(
    Optional<Endpoint> base, String currency, Map<String, String> headers, boolean honoursKeys) {
  /** Nothing is known of it: endpoints are whole URLs and calls name their currency. */
  public static final PaymentGateway UNKNOWN =
      new PaymentGateway(Optional.empty(), "", Map.of(), false);

  public PaymentGateway {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = java.util.Collections.unmodifiableMap(copy);
  }

  /** An endpoint in full: a path stands below the base. */
  String inFull(String endpoint) {
    if (base.isEmpty() || !endpoint.startsWith("/") || endpoint.startsWith("//")) {
      return endpoint;
    }
    String start = base.get().uri().toString();
    return (start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + endpoint;
  }

  /** What proves who we are, but only to the gateway. */
  Map<String, String> headersFor(Endpoint endpoint) {
    return base.filter(endpoint::sameOrigin).isPresent() ? headers : Map.of();
  }

  @Override
  public String toString() {
    return "PaymentGateway[base=" + base + ", currency=" + currency + "]";
  }
}
