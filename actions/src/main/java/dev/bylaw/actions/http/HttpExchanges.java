package dev.bylaw.actions.http;

import dev.bylaw.actions.http.Answer.Broken;
import dev.bylaw.actions.http.Answer.Received;
import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Makes HTTP calls, each within one deadline that covers everything: looking up, connecting,
 * waiting, reading, and trying again.
 *
 * <p>A call is tried again where that cannot do it twice: it never left, the other side says that
 * it refused for now (429), or it may be repeated and the other side is out of order (502, 503,
 * 504) or fell silent. {@code Retry-After} is kept where it ends before the deadline; where it does
 * not, the answer is given at once. Redirections are followed for GET and HEAD only, each through
 * the list of hosts, and lose all headers at another origin.
 *
 * <p>Thread-safe; holds connections until closed.
 */
public final class HttpExchanges implements AutoCloseable {
  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final int MOST_REDIRECTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /**
   * Bounds of a call.
   *
   * @param connect how long a connection may take
   * @param responseBytes how much of a body is read
   * @param attempts how often a call is made at most
   */
  public record Limits(Duration connect, int responseBytes, int attempts) {
    /** 5 s, 1 MiB, three times. */
    public static final Limits USUAL = new Limits(Duration.ofSeconds(5), 1024 * 1024, 3);
  }

  /**
   * A call.
   *
   * @param headers by name
   * @param body empty for none
   * @param repeatable whether making it twice does no more than once
   */
  record Call(
      String method,
      Endpoint endpoint,
      Map<String, String> headers,
      Optional<byte[]> body,
      boolean repeatable) {
    Call {
      headers = Map.copyOf(headers);
    }

    Call to(Endpoint other) {
      return new Call(
          method, other, other.sameOrigin(endpoint) ? headers : Map.of(), body, repeatable);
    }
  }

  private final Outbound outbound;
  private final Limits limits;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  /** Makes calls to the hosts of a list; the clock is for dates in {@code Retry-After}. */
  public HttpExchanges(Outbound outbound, Limits limits, InstantSource clock) {
    this.outbound = outbound;
    this.limits = limits;
    this.clock = clock;
    // A proxy would look names up by itself, past the check of addresses.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(threads)
            .build();
  }

  /** Makes a call, again where that is safe, and gives the last answer. */
  Answer exchange(Call call, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean possible = false;
    for (int attempt = 1; ; attempt++) {
      Answer answer = redirected(call, deadline);
      Optional<Duration> pause = pause(call, answer, attempt);
      if (attempt >= limits.attempts()
          || pause.isEmpty()
          || System.nanoTime() + pause.get().toNanos() >= deadline) {
        return possible ? answer.afterPossible() : answer;
      }
      // What was refused for now was not done; all else that left may have been.
      possible |= answer.sent() && !(answer instanceof Received received && received.refused());
      Thread.sleep(pause.get());
    }
  }

  private Answer redirected(Call first, long deadline) throws InterruptedException {
    Call call = first;
    for (int hop = 0; ; hop++) {
      Optional<Outbound.Refused> refused = lookedUp(call.endpoint(), deadline);
      if (refused.isPresent()) {
        var why = refused.get();
        return new Broken(why.code(), why.reason(), why.retryable(), hop > 0);
      }
      Answer answer = once(call, deadline);
      Optional<String> location = location(call, answer);
      if (location.isEmpty()) {
        return answer;
      }
      if (hop == MOST_REDIRECTS) {
        return new Broken("redirected", "more than 5 redirections", false, true);
      }
      try {
        call = call.to(Endpoint.parse(call.endpoint().uri().resolve(location.get()).toString()));
      } catch (MalformedEndpointException | IllegalArgumentException _) {
        return new Broken("redirected", "a redirection to no URL", false, true);
      }
    }
  }

  /** The check of hosts and addresses, within the deadline: looking up may take its time. */
  private Optional<Outbound.Refused> lookedUp(Endpoint endpoint, long deadline)
      throws InterruptedException {
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    Future<Optional<Outbound.Refused>> check = threads.submit(() -> outbound.admit(endpoint, left));
    try {
      return check.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return Optional.of(
          new Outbound.Refused("timeout", "no time was left to look " + endpoint + " up", true));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the check of a host failed", e.getCause());
    } finally {
      check.cancel(true);
    }
  }

  private static Optional<String> location(Call call, Answer answer) {
    return answer instanceof Received received
            && SAFE.contains(call.method())
            && Set.of(301, 302, 303, 307, 308).contains(received.status())
        ? Optional.of(received.headers().text("location")).filter(to -> !to.isEmpty())
        : Optional.empty();
  }

  private Answer once(Call call, long deadline) throws InterruptedException {
    long remaining = deadline - System.nanoTime();
    if (remaining <= 0) {
      return new Broken("timeout", "no time was left to call " + call.endpoint(), true, false);
    }
    var body = call.body().map(OnceSent::new);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.endpoint().uri())
            .timeout(Duration.ofNanos(remaining))
            .method(
                call.method(),
                body.<HttpRequest.BodyPublisher>map(sent -> sent)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    call.headers().forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> future =
        client.sendAsync(
            request.build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.responseBytes()));
    try {
      HttpResponse<byte[]> response = future.get(remaining, TimeUnit.NANOSECONDS);
      return Messages.received(response);
    } catch (TimeoutException _) {
      boolean sent = body.map(OnceSent::stop).orElse(true);
      future.cancel(true);
      return timedOut(call, sent);
    } catch (ExecutionException e) {
      boolean sent = body.map(OnceSent::stop).orElse(true);
      return broken(call, e.getCause() == null ? e : e.getCause(), sent);
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    }
  }

  private static Answer timedOut(Call call, boolean sent) {
    return new Broken("timeout", call.endpoint() + " did not answer in time", true, sent);
  }

  /** What went wrong; the exception's own text may quote the request, so it is not given. */
  private static Answer broken(Call call, Throwable cause, boolean sent) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          new Broken("unreachable", call.endpoint() + " takes no connection in time", true, false);
      case HttpTimeoutException _ -> timedOut(call, sent);
      case ConnectException _ ->
          new Broken("unreachable", call.endpoint() + " refuses the connection", true, false);
      case UnresolvedAddressException _ ->
          new Broken(
              "unknown_host", "the host of " + call.endpoint() + " has no address", true, false);
      // The JDK has no type for it; a test holds it to these words.
      case IOException tooMuch
          when String.valueOf(tooMuch.getMessage()).contains("body exceeds capacity") ->
          new Broken("too_large", call.endpoint() + " answers with too much", false, sent);
      case SSLException _ ->
          new Broken("tls", "no trusted TLS connection to " + call.endpoint(), false, sent);
      default ->
          new Broken("connection_lost", call.endpoint() + " ended the connection", true, sent);
    };
  }

  /** How long to wait before the call is made again; empty if it must not be. */
  private Optional<Duration> pause(Call call, Answer answer, int attempt) {
    Duration usual = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
    return switch (answer) {
      case Broken broken when broken.retryable() && (!broken.sent() || call.repeatable()) ->
          Optional.of(usual);
      case Broken _ -> Optional.empty();
      case Received received
          when received.refused() || (received.outOfOrder() && call.repeatable()) ->
          Optional.of(retryAfter(received).orElse(usual));
      case Received _ -> Optional.empty();
    };
  }

  private Optional<Duration> retryAfter(Received received) {
    return delay(received.headers().text("retry-after"));
  }

  /** Seconds or a date (RFC 9110, 10.2.3). */
  private Optional<Duration> delay(String text) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration delay = Duration.between(clock.instant(), at);
      return Optional.of(delay.isNegative() ? Duration.ZERO : delay);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
