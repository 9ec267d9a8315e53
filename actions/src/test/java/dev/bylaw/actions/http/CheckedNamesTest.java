package dev.bylaw.actions.http;

import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import dev.bylaw.actions.http.HttpExchanges.Limits;
import dev.bylaw.actions.sandbox.ApiSandbox;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Names whose servers change their minds. This module's tests run with the JDK's own memory of
 * look-ups off ({@code sun.net.inetaddr.ttl=0}), so that each look-up is really made.
 */
class CheckedNamesTest {
  private static final Limits ONCE = new Limits(Duration.ofSeconds(2), 4096, 1);

  private final ApiSandbox trap = ApiSandbox.start();

  @AfterEach
  void stop() {
    trap.close();
  }

  /** Names on the trap's port, at 127.0.0.2 only; the trap is at 127.0.0.1. */
  private HttpExchanges elsewhereOnly(String host) {
    return new HttpExchanges(
        Outbound.of(List.of("http://" + host + ":" + port(), "127.0.0.2/32")),
        ONCE,
        InstantSource.system());
  }

  private int port() {
    return trap.url().getPort();
  }

  private String at(String host) {
    return "http://" + host + ":" + port() + "/tickets/1";
  }

  @Test
  void aNameThatLeadsElsewhereAfterItWasCheckedLeadsNowhere() throws InterruptedException {
    ScriptedNames.script("rebind.test", "127.0.0.2", "127.0.0.2", "127.0.0.1");
    try (var exchanges = elsewhereOnly("rebind.test")) {
      Failed failed = failed(new HttpAction(exchanges), Map.of("endpoint", at("rebind.test")));
      assertThat(failed.code()).isIn("unknown_host", "unreachable");
      assertThat(failed.effect()).isEqualTo(Effect.NONE);
    }
    assertThat(ScriptedNames.asked("rebind.test")).as("look-ups").isGreaterThan(2);
    assertThat(trap.requests()).isEmpty();
  }

  @Test
  void aNameThatChangesBetweenTheTwoChecksIsRefused() throws InterruptedException {
    ScriptedNames.script("between.test", "127.0.0.2", "127.0.0.1");
    try (var exchanges = elsewhereOnly("between.test")) {
      failed(new HttpAction(exchanges), Map.of("endpoint", at("between.test")));
    }
    assertThat(trap.requests()).isEmpty();
  }

  @Test
  void aDotAtTheEndOrLargeLettersAreTheSameName() throws InterruptedException {
    for (String written : List.of("dotted.test.", "Dotted.Test")) {
      ScriptedNames.script(written, "127.0.0.2", "127.0.0.2", "127.0.0.1");
      try (var exchanges = elsewhereOnly("dotted.test")) {
        failed(new HttpAction(exchanges), Map.of("endpoint", at(written)));
      }
      assertThat(ScriptedNames.asked(written)).as(written).isGreaterThan(2);
      assertThat(trap.requests()).as(written).isEmpty();
    }
  }

  @Test
  void aRedirectionToANameIsKeptToItsAddressesToo() throws InterruptedException {
    ScriptedNames.script("hop.test", "127.0.0.2", "127.0.0.2", "127.0.0.1");
    try (ApiSandbox first = ApiSandbox.start();
        var exchanges =
            new HttpExchanges(
                Outbound.of(
                    List.of(first.url().toString(), "http://hop.test:" + port(), "127.0.0.2/32")),
                ONCE,
                InstantSource.system())) {
      first.movedTo(at("hop.test"));
      failed(new HttpAction(exchanges), Map.of("endpoint", first.url() + "/moved"));
      assertThat(first.requests()).hasSize(1);
    }
    assertThat(ScriptedNames.asked("hop.test")).isGreaterThan(2);
    assertThat(trap.requests()).isEmpty();
  }

  @Test
  void aNameThatStaysIsCalled() throws InterruptedException {
    ScriptedNames.script("steady.test", "127.0.0.1");
    try (var exchanges =
        new HttpExchanges(
            Outbound.of(List.of("http://steady.test:" + port(), "127.0.0.0/8")),
            ONCE,
            InstantSource.system())) {
      assertThat(
              done(new HttpAction(exchanges), Map.of("endpoint", at("steady.test"))).get("status"))
          .isEqualTo(json("200"));
    }
    assertThat(trap.requests()).hasSize(1);
  }

  @Test
  void aNameThatACallIsRefusedStaysAsItIsForOthers()
      throws MalformedEndpointException, UnknownHostException {
    ScriptedNames.script("inside.test", "10.0.0.7");
    var anyHost = Outbound.of(List.of("http://*:" + port()));
    assertThat(anyHost.admit(Endpoint.parse(at("inside.test")), Duration.ofMinutes(1)))
        .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo("private_address"));
    assertThat(InetAddress.getAllByName("inside.test")[0].getHostAddress()).isEqualTo("10.0.0.7");
  }

  @Test
  void aNameIsFreeAgainWhenTheCallIsOver() throws MalformedEndpointException, UnknownHostException {
    ScriptedNames.script("later.test", "127.0.0.2", "127.0.0.2", "10.0.0.7");
    var outbound = Outbound.of(List.of("http://later.test:" + port(), "127.0.0.2/32"));
    assertThat(outbound.admit(Endpoint.parse(at("later.test")), Duration.ZERO)).isEmpty();
    assertThat(InetAddress.getAllByName("later.test")[0].getHostAddress()).isEqualTo("10.0.0.7");

    ScriptedNames.script("now.test", "127.0.0.2", "127.0.0.2", "10.0.0.7");
    outbound = Outbound.of(List.of("http://now.test:" + port(), "127.0.0.2/32"));
    assertThat(outbound.admit(Endpoint.parse(at("now.test")), Duration.ofHours(1))).isEmpty();
    assertThatThrownBy(() -> InetAddress.getAllByName("now.test"))
        .isInstanceOf(UnknownHostException.class);
  }
}
