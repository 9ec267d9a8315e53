package dev.bylaw.actions.sandbox;

import dev.bylaw.actions.sandbox.LocalHttp.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody else's API: {@code POST /tickets} takes a support ticket, {@code POST /hooks/…} a chat
 * message as Slack's incoming webhooks do, {@code GET /moved} leads elsewhere. Every body is kept.
 */
public final class ApiSandbox implements AutoCloseable {
  private final LocalHttp http;
  private final AtomicInteger tickets = new AtomicInteger();
  private volatile String elsewhere = "/tickets/1";

  private ApiSandbox(int port) {
    this.http = LocalHttp.start(port, this::reply);
  }

  /** Starts one on a port that the system chooses. */
  public static ApiSandbox start() {
    return start(0);
  }

  /** Starts one on a port. */
  public static ApiSandbox start(int port) {
    return new ApiSandbox(port);
  }

  /** Its address: {@code http://127.0.0.1:PORT}. */
  public URI url() {
    return http.url();
  }

  /** Every request, in order of arrival. */
  public List<RecordedRequest> requests() {
    return http.requests();
  }

  /** Says where {@code GET /moved} leads. */
  public void movedTo(String location) {
    elsewhere = location;
  }

  private Reply reply(RecordedRequest request) {
    String path = request.path();
    boolean post = request.method().equals("POST");
    if (post && path.equals("/tickets")) {
      return Reply.Answer.json(
          201, "{\"id\":\"t-" + tickets.incrementAndGet() + "\",\"status\":\"open\"}");
    }
    if (post && path.startsWith("/hooks/")) {
      return new Reply.Answer(200, Map.of("Content-Type", "text/plain"), "ok");
    }
    if (!post && path.equals("/moved")) {
      return new Reply.Answer(302, Map.of("Location", elsewhere), "");
    }
    if (!post && path.startsWith("/tickets/")) {
      return Reply.Answer.json(200, "{\"id\":\"t-" + path.substring(9) + "\",\"status\":\"open\"}");
    }
    return Reply.Answer.json(404, "{\"error\":\"unknown_path\"}");
  }

  @Override
  public void close() {
    http.close();
  }
}
