package dev.bylaw.actions.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server on the loopback address that records each request before it answers. */
final class LocalHttp implements AutoCloseable {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_RECORDED = 10_000;

  /** What answers requests. */
  interface Handler {
    Reply reply(RecordedRequest request);
  }

  /** What is done with a connection after a request was read. */
  sealed interface Reply {
    /** An answer. */
    record Answer(int status, Map<String, String> headers, String body) implements Reply {
      static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
      }
    }

    /** Closes the connection without a byte. */
    record HangUp() implements Reply {}

    /** Says nothing for so long, then hangs up. */
    record Silence(Duration length) implements Reply {}
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<RecordedRequest> requests = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private LocalHttp(HttpServer server) {
    this.server = server;
  }

  /** Starts a server; port 0 is one that the system chooses. */
  static LocalHttp start(int port, Handler handler) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var local = new LocalHttp(HttpServer.create(address, 64));
      local.server.setExecutor(local.threads);
      local.server.createContext("/", exchange -> local.handle(exchange, handler));
      local.server.start();
      return local;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "port " + port + " of the loopback address cannot be opened", e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<RecordedRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  private void handle(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      Optional<RecordedRequest> request = read(exchange);
      if (request.isEmpty()) {
        send(exchange, Reply.Answer.json(413, "{\"error\":\"too_large\"}"));
        return;
      }
      synchronized (requests) {
        if (requests.size() < MOST_RECORDED) {
          requests.add(request.get());
        }
      }
      switch (handler.reply(request.get())) {
        case Reply.Answer answer -> send(exchange, answer);
        case Reply.HangUp _ -> {}
        case Reply.Silence silence -> pause(silence.length());
      }
    }
  }

  private void pause(Duration length) {
    try {
      // Ends early when the server is closed, so that no test waits for it.
      boolean _ = closed.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<RecordedRequest> read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    return Optional.of(
        new RecordedRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            headers,
            new String(body, StandardCharsets.UTF_8)));
  }

  private static void send(HttpExchange exchange, Reply.Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
