package dev.bylaw.actions.sandbox;

import dev.bylaw.actions.sandbox.LocalHttp.Reply;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A payment gateway: {@code POST /refund} and {@code POST /charge} with {@code amount} and {@code
 * currency}, each under an {@code Idempotency-Key}.
 *
 * <p>A key that was seen before, with the same body, gets the same answer and moves nothing; with
 * another body it is refused (422). What was moved stays while the gateway runs, and longer where
 * it has a file to keep it in. {@link #nextTime(Trouble)} makes one of the next requests go wrong.
 */
public final class PaymentSandbox implements AutoCloseable {
  private static final Set<String> KINDS = Set.of("/refund", "/charge");
  private static final BigDecimal MOST = new BigDecimal("1000000");

  /**
   * Money that was moved.
   *
   * @param id {@code re_1}, {@code ch_2}, …
   * @param kind {@code refund} or {@code charge}
   * @param amount exact
   * @param currency ISO 4217
   * @param key the idempotency key
   * @param request the whole request
   */
  public record Transaction(
      String id,
      String kind,
      BigDecimal amount,
      String currency,
      String key,
      ObjectValue request) {}

  /** How a request goes wrong. */
  public sealed interface Trouble {
    /**
     * An answer that is no success.
     *
     * @param status {@code 503}, say
     * @param headers {@code Retry-After}, say
     * @param moved whether the money is moved all the same
     */
    record Status(int status, Map<String, String> headers, boolean moved) implements Trouble {
      public Status {
        headers = Map.copyOf(headers);
      }

      /** A status without more. */
      public static Status of(int status) {
        return new Status(status, Map.of(), false);
      }
    }

    /**
     * The connection is closed without an answer.
     *
     * @param moved whether the money is moved before that
     */
    record HangUp(boolean moved) implements Trouble {}

    /**
     * No answer for so long, then the connection is closed.
     *
     * @param length how long
     * @param moved whether the money is moved before that
     */
    record Silence(Duration length, boolean moved) implements Trouble {}
  }

  private record Seen(String body, Reply.Answer answer) {}

  private final LocalHttp http;
  private final Map<String, Seen> seen = new HashMap<>();
  private final List<Transaction> transactions = new ArrayList<>();
  private final Deque<Trouble> troubles = new ArrayDeque<>();

  private final Optional<Path> file;

  private PaymentSandbox(int port, Optional<Path> file) {
    this.file = file;
    file.filter(Files::exists).ifPresent(this::remember);
    this.http = LocalHttp.start(port, this::reply);
  }

  /** Starts one on a port that the system chooses. */
  public static PaymentSandbox start() {
    return new PaymentSandbox(0, Optional.empty());
  }

  /**
   * Starts one that knows after a restart what it did before.
   *
   * @param port where it listens
   * @param file where it keeps what it did; made at the first payment
   */
  public static PaymentSandbox start(int port, Path file) {
    return new PaymentSandbox(port, Optional.of(file));
  }

  /** Its address: {@code http://127.0.0.1:PORT}. */
  public URI url() {
    return http.url();
  }

  /** Every request, in order of arrival, those that went wrong included. */
  public List<RecordedRequest> requests() {
    return http.requests();
  }

  /** The money that was moved, in order. */
  public synchronized List<Transaction> transactions() {
    return List.copyOf(transactions);
  }

  /** Makes the next request that has no trouble yet go wrong. */
  public synchronized void nextTime(Trouble trouble) {
    troubles.add(trouble);
  }

  private synchronized Reply reply(RecordedRequest request) {
    Trouble trouble = troubles.poll();
    return switch (trouble) {
      case null -> answer(request);
      case Trouble.Status(int status, var headers, boolean moved) -> {
        move(request, moved);
        yield new Reply.Answer(status, headers, "");
      }
      case Trouble.HangUp(boolean moved) -> {
        move(request, moved);
        yield new Reply.HangUp();
      }
      case Trouble.Silence(Duration length, boolean moved) -> {
        move(request, moved);
        yield new Reply.Silence(length);
      }
    };
  }

  private void move(RecordedRequest request, boolean moved) {
    if (moved) {
      Reply.Answer _ = answer(request);
    }
  }

  private Reply.Answer answer(RecordedRequest request) {
    String key = request.headers().getOrDefault("Idempotency-Key", "");
    if (!request.method().equals("POST") || !KINDS.contains(request.path())) {
      return error(404, "unknown_path");
    }
    if (key.isEmpty() || key.length() > 255) {
      return error(400, "idempotency_key_missing");
    }
    String whole = request.path() + "\n" + request.body();
    Seen before = seen.get(key);
    if (before != null) {
      return before.body().equals(whole)
          ? before.answer()
          : error(422, "idempotency_key_used_for_another_request");
    }
    Reply.Answer answer = moneyMoved(request, key);
    seen.put(key, new Seen(whole, answer));
    file.ifPresent(to -> keep(to, key, request));
    return answer;
  }

  /** Appends a request that was answered; it is on the disk before the answer goes out. */
  private static void keep(Path file, String key, RecordedRequest request) {
    Value line =
        ObjectValue.builder(3)
            .put("key", key)
            .put("path", request.path())
            .put("body", request.body())
            .build();
    try {
      Files.writeString(
          file,
          Json.write(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's payments cannot be kept in " + file, e);
    }
  }

  /** Answers again what was answered before; a last line that a kill cut off is passed over. */
  private void remember(Path from) {
    try {
      for (String line : Files.readAllLines(from)) {
        if (Json.parse(line) instanceof ObjectValue kept) {
          var request = new RecordedRequest("POST", kept.text("path"), Map.of(), kept.text("body"));
          String key = kept.text("key");
          seen.put(key, new Seen(request.path() + "\n" + request.body(), moneyMoved(request, key)));
        }
      }
    } catch (JsonException e) {
      // Only the last line can be incomplete: its payment was never answered.
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's payments cannot be read from " + from, e);
    }
  }

  private Reply.Answer moneyMoved(RecordedRequest request, String key) {
    if (!(request.json() instanceof ObjectValue body)
        || !(body.get("amount") instanceof NumberValue amount)) {
      return error(400, "amount_missing");
    }
    String currency = body.text("currency");
    if (amount.decimal().signum() <= 0
        || amount.decimal().scale() > 2
        || amount.decimal().compareTo(MOST) > 0
        || !currency.matches("[A-Z]{3}")) {
      return error(400, "amount_invalid");
    }
    String kind = request.path().substring(1);
    String id = (kind.equals("refund") ? "re_" : "ch_") + (transactions.size() + 1);
    transactions.add(new Transaction(id, kind, amount.decimal(), currency, key, body));
    Value answer =
        ObjectValue.builder()
            .put("id", id)
            .put("kind", kind)
            .put("status", "succeeded")
            .put("amount", amount)
            .put("currency", currency)
            .build();
    return Reply.Answer.json(201, Json.write(answer));
  }

  private static Reply.Answer error(int status, String error) {
    return Reply.Answer.json(status, "{\"error\":\"" + error + "\"}");
  }

  @Override
  public void close() {
    http.close();
  }
}
