package dev.bylaw.actions.http;

import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static dev.bylaw.actions.Calls.object;
import static dev.bylaw.actions.Calls.perform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import dev.bylaw.actions.http.HttpExchanges.Limits;
import dev.bylaw.actions.sandbox.ApiSandbox;
import dev.bylaw.actions.sandbox.PaymentSandbox;
import dev.bylaw.actions.sandbox.PaymentSandbox.Trouble;
import dev.bylaw.actions.sandbox.RecordedRequest;
import dev.bylaw.playbook.action.Action.Resource;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code http} and {@code call_payment_api} against the sandbox, over real connections. */
class WebActionsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-05T10:00:00Z"));
  private static final Duration SHORT = Duration.ofMillis(400);

  private final PaymentSandbox payments = PaymentSandbox.start();
  private final ApiSandbox api = ApiSandbox.start();
  private final HttpExchanges exchanges =
      new HttpExchanges(
          Outbound.of(
              List.of(payments.url().toString(), api.url().toString(), "http://127.0.0.1:1")),
          new Limits(Duration.ofSeconds(2), 4096, 3),
          CLOCK);
  private PaymentAction pay = new PaymentAction(exchanges, PaymentGateway.UNKNOWN);
  private final HttpAction http = new HttpAction(exchanges);

  @BeforeEach
  void knowTheGateway() throws MalformedEndpointException {
    pay = new PaymentAction(exchanges, gateway(false));
  }

  private PaymentGateway gateway(boolean honoursKeys) throws MalformedEndpointException {
    return new PaymentGateway(
        Optional.of(Endpoint.parse(payments.url().toString())),
        "USD",
        Map.of("Authorization", "Bearer sk_secret"),
        honoursKeys);
  }

  @AfterEach
  void stop() {
    exchanges.close();
    payments.close();
    api.close();
  }

  @Test
  void aRefundIsMadeOnceUnderItsKeyWithItsExactAmount() throws InterruptedException {
    ObjectValue output =
        done(
            pay,
            Map.of(
                "endpoint",
                payments.url() + "/refund",
                "amount",
                new BigDecimal("99.99"),
                "order_id",
                "o-1001"));
    assertThat(output.text("id")).isEqualTo("re_1");
    assertThat(output.get("status")).isEqualTo(json("201"));
    assertThat(payments.transactions()).hasSize(1);
    var transaction = payments.transactions().getFirst();
    assertThat(transaction.amount()).isEqualTo("99.99");
    assertThat(transaction.currency()).isEqualTo("USD");
    assertThat(transaction.key()).isEqualTo("run-1/step/0");
    RecordedRequest request = payments.requests().getFirst();
    assertThat(request.body())
        .isEqualTo("{\"amount\":99.99,\"currency\":\"USD\",\"order_id\":\"o-1001\"}");
    assertThat(request.headers()).containsEntry("Authorization", "Bearer sk_secret");
  }

  @Test
  void theSameKeyMovesMoneyOnce() throws InterruptedException {
    Map<String, Object> refund = Map.of("endpoint", "/refund", "amount", "10.00");
    assertThat(done(pay, refund)).isEqualTo(done(pay, refund));
    assertThat(payments.requests()).hasSize(2);
    assertThat(payments.transactions()).hasSize(1);
  }

  @Test
  void theSameKeyForAnotherAmountIsRefusedWithoutEffect() throws InterruptedException {
    done(pay, Map.of("endpoint", "/refund", "amount", 10));
    Failed failed = failed(pay, Map.of("endpoint", "/refund", "amount", 11));
    assertThat(failed.code()).isEqualTo("refused");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(payments.transactions()).hasSize(1);
  }

  @Test
  void policiesSeeTheWholeUrlTheAmountAsANumberAndTheCurrency() {
    var prepared =
        pay.prepare(object(Map.of("endpoint", "/refund", "amount", "10.50")), ObjectValue.EMPTY);
    assertThat(prepared.params().text("endpoint")).isEqualTo(payments.url() + "/refund");
    assertThat(prepared.params().get("amount")).isEqualTo(json("10.5"));
    assertThat(prepared.params().text("currency")).isEqualTo("USD");
    assertThat(prepared.resources()).containsExactly(new Resource("host", "127.0.0.1"));
  }

  @Test
  void wrongParametersAreToldAllAtOnceAndNothingIsSent() throws InterruptedException {
    Failed failed =
        failed(
            pay,
            Map.of(
                "endpoint", "https://u:p@evil.example",
                "amount", 0,
                "currency", "dollars",
                "custmer_id", "c-1",
                "payload", Map.of("amount", 1_000_000)));
    assertThat(failed.message())
        .contains(
            "names a user",
            "`amount` is not greater",
            "`currency`",
            "did you mean `customer_id`?",
            "`payload` has `amount`")
        .doesNotContain("u:p");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(payments.requests()).isEmpty();
  }

  @Test
  void theGatewaysSecretGoesToNoOtherHost() throws InterruptedException {
    done(pay, Map.of("endpoint", api.url() + "/tickets", "amount", 1));
    assertThat(api.requests().getFirst().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void aRefusedConnectionHasNoEffect() throws InterruptedException {
    Failed failed = failed(pay, Map.of("endpoint", "http://127.0.0.1:1/refund", "amount", 1));
    assertThat(failed.code()).isEqualTo("unreachable");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void aHostThatIsNotListedIsNeverCalled() throws InterruptedException {
    Failed failed =
        failed(pay, Map.of("endpoint", "https://evil.example/refund?key=secret", "amount", 1));
    assertThat(failed.code()).isEqualTo("host_not_listed");
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(failed.message()).doesNotContain("secret");
  }

  @Test
  void aGatewayThatHangsUpAfterReadingMayHaveMovedTheMoney() throws InterruptedException {
    for (boolean moved : new boolean[] {false, true}) {
      payments.nextTime(new Trouble.HangUp(moved));
      Failed failed = failed(pay, Map.of("endpoint", "/refund", "amount", 1));
      assertThat(failed.code()).isEqualTo("connection_lost");
      assertThat(failed.effect()).isEqualTo(Effect.POSSIBLE);
    }
    assertThat(payments.requests()).hasSize(2);
    assertThat(payments.transactions()).hasSize(1);
  }

  @Test
  void aGatewayThatFallsSilentMayHaveMovedTheMoney() throws InterruptedException {
    payments.nextTime(new Trouble.Silence(Duration.ofSeconds(60), true));
    var outcome =
        perform(pay, Map.of("endpoint", "/refund", "amount", 1), "k", SHORT, Optional.empty());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("timeout");
              assertThat(failed.effect()).isEqualTo(Effect.POSSIBLE);
            });
    assertThat(payments.transactions()).hasSize(1);
  }

  @Test
  void aServerThatTakesTheConnectionAndNothingMoreMayHaveGotTheRequest() throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var own =
            new HttpExchanges(
                Outbound.of(List.of("http://127.0.0.1:" + listener.getLocalPort())),
                Limits.USUAL,
                CLOCK)) {
      var outcome =
          perform(
              new PaymentAction(own, PaymentGateway.UNKNOWN),
              Map.of(
                  "endpoint",
                  "http://127.0.0.1:" + listener.getLocalPort() + "/refund",
                  "amount",
                  1,
                  "currency",
                  "USD"),
              "k",
              SHORT,
              Optional.empty());
      assertThat(((Failed) outcome).effect()).isEqualTo(Effect.POSSIBLE);
    }
  }

  @Test
  void whatAStatusSaysOfTheEffectIsExact() throws InterruptedException {
    Map<Integer, Effect> effects =
        Map.of(
            400, Effect.NONE,
            401, Effect.NONE,
            402, Effect.NONE,
            404, Effect.NONE,
            409, Effect.POSSIBLE,
            422, Effect.NONE,
            500, Effect.POSSIBLE,
            503, Effect.POSSIBLE,
            302, Effect.POSSIBLE);
    for (var expected : effects.entrySet()) {
      payments.nextTime(Trouble.Status.of(expected.getKey()));
      Failed failed = failed(pay, Map.of("endpoint", "/refund", "amount", 1));
      assertThat(failed.effect()).as("status " + expected.getKey()).isEqualTo(expected.getValue());
      assertThat(failed.output().get("status")).isEqualTo(json(expected.getKey().toString()));
    }
    assertThat(payments.requests()).hasSize(effects.size());
  }

  @Test
  void aPaymentIsRepeatedOnlyWhereTheGatewayHonoursKeys() throws Exception {
    payments.nextTime(new Trouble.HangUp(true));
    failed(pay, Map.of("endpoint", "/refund", "amount", 1));
    assertThat(payments.requests()).hasSize(1);

    var keyed = new PaymentAction(exchanges, gateway(true));
    assertThat(keyed.spec().idempotent()).isTrue();
    assertThat(pay.spec().idempotent()).isFalse();
    payments.nextTime(new Trouble.HangUp(true));
    var outcome =
        perform(
            keyed,
            Map.of("endpoint", "/refund", "amount", 2),
            "other",
            Duration.ofSeconds(10),
            Optional.empty());
    assertThat(outcome.output().text("id")).isEqualTo("re_2");
    assertThat(payments.requests()).hasSize(3);
    assertThat(payments.transactions()).hasSize(2);
  }

  @Test
  void aRefusalAfterASilenceDoesNotTakeTheSilenceBack() throws Exception {
    var keyed = new PaymentAction(exchanges, gateway(true));
    payments.nextTime(new Trouble.HangUp(true));
    payments.nextTime(Trouble.Status.of(400));
    Failed failed = failed(keyed, Map.of("endpoint", "/refund", "amount", 1));
    assertThat(failed.output().get("status")).isEqualTo(json("400"));
    assertThat(failed.effect()).isEqualTo(Effect.POSSIBLE);
  }

  @Test
  void aGatewayThatAsksToWaitIsAskedAgainAfterThat() throws InterruptedException {
    payments.nextTime(new Trouble.Status(429, Map.of("Retry-After", "0"), false));
    payments.nextTime(
        new Trouble.Status(429, Map.of("Retry-After", "Mon, 05 Jan 2026 09:00:00 GMT"), false));
    assertThat(done(pay, Map.of("endpoint", "/refund", "amount", 1)).text("id")).isEqualTo("re_1");
    assertThat(payments.requests()).hasSize(3);
  }

  @Test
  void aWaitThatIsLongerThanTheTimeoutIsNotWaitedFor() throws InterruptedException {
    payments.nextTime(new Trouble.Status(429, Map.of("Retry-After", "3600"), false));
    Failed failed = failed(pay, Map.of("endpoint", "/refund", "amount", 1));
    assertThat(failed.code()).isEqualTo("rate_limited");
    assertThat(failed.retryable()).isTrue();
    assertThat(failed.effect()).isEqualTo(Effect.NONE);
    assertThat(payments.requests()).hasSize(1);
  }

  @Test
  void aTicketIsPostedAsJsonAndTheAnswerIsRead() throws InterruptedException {
    ObjectValue output =
        done(
            http,
            Map.of(
                "endpoint",
                api.url() + "/tickets",
                "payload",
                Map.of("text", "hello"),
                "headers",
                Map.of("X-Request-Id", "r-1")));
    assertThat(output.at("body", "id")).contains(json("\"t-1\""));
    assertThat(output.get("status")).isEqualTo(json("201"));
    RecordedRequest request = api.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body()).isEqualTo("{\"text\":\"hello\"}");
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-Request-Id", "r-1")
        .containsEntry("Idempotency-Key", "run-1/step/0");
  }

  @Test
  void aChatMessageIsPosted() throws InterruptedException {
    ObjectValue output =
        done(
            http,
            Map.of(
                "endpoint",
                api.url() + "/hooks/team",
                "payload",
                Map.of("text", "please approve")));
    assertThat(output.get("body")).isEqualTo(json("\"ok\""));
  }

  @Test
  void anAnswerThatIsNoSuccessIsAFailureThatKeepsIt() throws InterruptedException {
    Failed failed = failed(http, Map.of("endpoint", api.url() + "/nowhere"));
    assertThat(failed.code()).isEqualTo("not_found");
    assertThat(failed.output().at("body", "error")).contains(json("\"unknown_path\""));
  }

  @Test
  void headersOfTheConnectionAndLineBreaksAreRefused() throws InterruptedException {
    for (var header :
        Map.of(
                "Host",
                "evil",
                "Content-Length",
                "1",
                "Idempotency-Key",
                "x",
                "X-A",
                "a\r\nX-B: c",
                "X B",
                "c",
                "Proxy-Authorization",
                "x")
            .entrySet()) {
      Failed failed =
          failed(
              http,
              Map.of(
                  "endpoint",
                  api.url() + "/tickets/1",
                  "headers",
                  Map.of(header.getKey(), header.getValue())));
      assertThat(failed.code()).as(header.getKey()).isEqualTo("bad_params");
    }
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void aRedirectionToAListedHostIsFollowedWithoutTheHeadersOfAnother() throws InterruptedException {
    api.movedTo("/tickets/7");
    assertThat(done(http, Map.of("endpoint", api.url() + "/moved")).at("body", "id"))
        .contains(json("\"t-7\""));
    api.movedTo(payments.url() + "/x");
    failed(
        http,
        Map.of("endpoint", api.url() + "/moved", "headers", Map.of("Authorization", "secret")));
    assertThat(payments.requests().getLast().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void aRedirectionToAnUnlistedHostIsNotFollowed() throws InterruptedException {
    for (String location :
        List.of(
            "http://127.0.0.1:2/",
            "http://169.254.169.254/latest",
            "//evil.example/",
            "file:///etc/passwd")) {
      api.movedTo(location);
      Failed failed = failed(http, Map.of("endpoint", api.url() + "/moved"));
      assertThat(failed.code()).as(location).isIn("host_not_listed", "redirected");
    }
  }

  @Test
  void aRedirectionInACircleEnds() throws InterruptedException {
    api.movedTo("/moved");
    assertThat(failed(http, Map.of("endpoint", api.url() + "/moved")).code())
        .isEqualTo("redirected");
    assertThat(api.requests()).hasSize(6);
  }

  @Test
  void aBodyThatIsTooLargeIsNotRead() throws IOException, InterruptedException {
    try (var small =
        new HttpExchanges(
            Outbound.of(List.of(api.url().toString())),
            new Limits(Duration.ofSeconds(2), 8, 1),
            CLOCK)) {
      Failed failed = failed(new HttpAction(small), Map.of("endpoint", api.url() + "/tickets/1"));
      assertThat(failed.code()).isEqualTo("too_large");
      assertThat(failed.effect()).isEqualTo(Effect.POSSIBLE);
    }
  }

  @Test
  void aCallThatIsInterruptedEnds() throws InterruptedException {
    payments.nextTime(new Trouble.Silence(Duration.ofSeconds(60), false));
    var ended = new java.util.concurrent.atomic.AtomicBoolean();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                perform(pay, Map.of("endpoint", "/refund", "amount", 1));
              } catch (InterruptedException _) {
                ended.set(true);
              }
            });
    while (payments.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();
    assertThat(ended).isTrue();
  }

  @Test
  void theUrlOfTheSandboxIsOnThisMachineOnly() {
    for (URI url : List.of(payments.url(), api.url())) {
      assertThat(url.getHost()).isEqualTo("127.0.0.1");
    }
  }
}
