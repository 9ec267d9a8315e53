package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.actions.sandbox.PaymentSandbox.Trouble;
import dev.bylaw.actions.sandbox.RecordedRequest;
import dev.bylaw.actions.sandbox.Sandbox;
import dev.bylaw.playbook.machine.Event;
import dev.bylaw.runtime.approve.Approvals;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.approval.KeptApproval;
import dev.bylaw.store.journal.Run;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process is killed while it runs a playbook; the next one goes on. The gateway lives in the
 * test's own process, so that it knows what was really done.
 */
class KilledTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final BigDecimal AMOUNT = new BigDecimal("10.00");

  private static final String STEP =
      """
          - id: NAME
            action: call_payment_api
            params:
              endpoint: "{{payment_gateway}}/charge"
              amount: "{{amount}}"
              customer_id: "{{customer_id}}"
            policy_check: financial_transaction
      """;

  private static final String PLAYBOOK =
      """
      playbook:
        name: pay_NAME
        version: "1.0.0"
        description: Charges a customer again and again.
        inputs:
          type: object
          required: [customer_id, amount]
          properties:
            customer_id: { type: string }
            amount: { type: [number, string] }
            customer_email: { type: string }
        steps:
      """;

  @TempDir Path folder;
  private Path dir;
  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    dir = Acme.in(folder);
    Path outside = Files.createDirectories(folder.resolve("outside"));
    sandbox = Sandbox.start(outside);
    Path config = dir.resolve("bylaw.yaml");
    for (Map.Entry<String, String> each : Sandbox.addresses(outside).entrySet()) {
      Acme.replace(config, "{{sandbox." + each.getKey() + "}}", each.getValue());
    }
    Acme.replace(config, "sandbox: true", "sandbox: false");
    playbook("once", "one");
    playbook("thrice", "one", "two", "three");
  }

  private void playbook(String name, String... steps) throws IOException {
    var text = new StringBuilder(PLAYBOOK.replace("NAME", name));
    for (String step : steps) {
      text.append(STEP.replace("NAME", step).indent(2));
    }
    Files.writeString(dir.resolve("playbooks/pay_" + name + ".yaml"), text);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Process process(String playbook, String cut) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Cut.class.getName(),
            dir.toString(),
            playbook,
            cut)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("process.txt").toFile())
        .start();
  }

  /** Runs a process until it ends; how it did. */
  private int ended(Process process) throws InterruptedException, IOException {
    try {
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
          .as(Files.readString(folder.resolve("process.txt")))
          .isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Runs a process until the gateway has a request that it keeps silent about, then kills it. */
  private void killedWhileTheGatewayIsSilent(boolean moved) throws Exception {
    sandbox.payments().nextTime(new Trouble.Silence(LONG, moved));
    Process process = process("pay_once", Cut.never());
    try {
      long end = System.nanoTime() + LONG.toNanos();
      while (requests().isEmpty() && process.isAlive() && System.nanoTime() < end) {
        Thread.sleep(5);
      }
      assertThat(requests()).as(Files.readString(folder.resolve("process.txt"))).hasSize(1);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<RecordedRequest> requests() {
    return sandbox.payments().requests();
  }

  private int moved() {
    return sandbox.payments().transactions().size();
  }

  private static BigDecimal used(Bylaw bylaw) {
    return bylaw.caps().lines(Optional.of(Acme.AGENT)).stream()
        .filter(line -> line.rule().equals("daily-total"))
        .map(line -> line.used())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal times(long count) {
    return AMOUNT.multiply(BigDecimal.valueOf(count));
  }

  private Bylaw next() {
    return Acme.open(dir, new Acme.Clock());
  }

  /** What a look, before anything goes on, finds in the journal and the ledger. */
  private record Found(Optional<Run> run, long completed, BigDecimal used) {}

  private Found look() {
    try (var bylaw = Bylaw.open(dir, Bylaw.Options.looking().withClock(new Acme.Clock()))) {
      Optional<Run> run = bylaw.runs().latest(1).stream().findFirst();
      List<String> events =
          run.map(it -> Acme.events(bylaw, it.id(), LogName.PLAYBOOK)).orElse(List.of());
      assertThat(bylaw.audit().verify(Optional.empty()).findings()).isEmpty();
      return new Found(run, Collections.frequency(events, "step_completed"), used(bylaw));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 9, 10, 12, 16, 21, 22, 26, 33, 38})
  void aRunThatIsCutOffAnywhereGoesOnAndPaysEachTimeOnce(int cut) throws Exception {
    int how = ended(process("pay_thrice", Cut.at(cut)));
    assertThat(how).as(Files.readString(folder.resolve("process.txt"))).isIn(Cut.HALTED, Cut.WHOLE);
    Found found = look();
    assertThat(found.used()).isGreaterThanOrEqualTo(times(moved()));
    goesOn(found);
  }

  /**
   * Each step's position is where the journal, the ledger and the gateway say it is.
   *
   * @param intended how many intents are durable
   * @param completed how many results are
   * @param asked how many requests the gateway has seen
   */
  @ParameterizedTest
  @CsvSource({
    "BEFORE_INTENT, 1, 0, 0, 0",
    "AFTER_INTENT,  1, 1, 0, 0",
    "AFTER_EFFECT,  1, 1, 0, 1",
    "AFTER_COMMIT,  1, 2, 1, 1",
    "BEFORE_INTENT, 3, 2, 1, 2",
    "AFTER_INTENT,  3, 3, 2, 2",
    "AFTER_EFFECT,  3, 3, 2, 3",
    "AFTER_COMMIT,  3, 3, 3, 3"
  })
  void aRunThatIsKilledAtAPositionOfTheJournalGoesOnAndPaysEachTimeOnce(
      Cut.Position position, int step, int intended, int completed, int asked) throws Exception {
    int how = ended(process("pay_thrice", Cut.at(position, step)));
    assertThat(how).as(Files.readString(folder.resolve("process.txt"))).isEqualTo(Cut.HALTED);
    assertThat(requests()).hasSize(asked);
    assertThat(moved()).isEqualTo(asked);
    Found found = look();
    assertThat(found.completed()).isEqualTo(completed);
    // Opening the store has given back what was reserved without an intent.
    assertThat(found.used()).isEqualByComparingTo(times(intended));
    goesOn(found);
    // Only what had its effect and was not written is sent twice, under one key.
    boolean again = asked > completed;
    assertThat(requests()).hasSize(found.run().isEmpty() ? 0 : again ? 4 : 3);
  }

  /** Nothing that was completed is done again, nothing that was paid is paid again. */
  private void goesOn(Found found) {
    try (var bylaw = next()) {
      List<RunStanding> standings = bylaw.resumed(LONG);
      assertThat(standings).allMatch(standing -> standing.status().word().equals("completed"));
      long runs = found.run().stream().count();
      assertThat(bylaw.runs().unfinished()).isEmpty();
      assertThat(moved()).isEqualTo((int) (3 * runs));
      assertThat(used(bylaw)).isEqualByComparingTo(times(3 * runs));
      assertThat(bylaw.audit().verify(Optional.empty()).findings()).isEmpty();
    }
    Map<String, Long> byKey =
        requests().stream()
            .collect(
                Collectors.groupingBy(
                    request -> request.headers().getOrDefault("Idempotency-Key", ""),
                    Collectors.counting()));
    assertThat(byKey.keySet()).doesNotContain("");
    // Each key that was completed before the cut was sent once, and only one can have been cut off.
    assertThat(byKey.values().stream().filter(count -> count == 1).count())
        .isGreaterThanOrEqualTo(found.completed());
    requests().stream()
        .limit(found.completed())
        .forEach(request ->
            assertThat(byKey.get(request.headers().get("Idempotency-Key"))).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPaymentThatWasCutOffIsSentAgainUnderItsKey(boolean moved) throws Exception {
    killedWhileTheGatewayIsSilent(moved);
    assertThat(look().used()).isEqualByComparingTo(AMOUNT);
    try (var bylaw = next()) {
      assertThat(bylaw.resumed(LONG))
          .extracting(standing -> standing.status().word())
          .containsExactly("completed");
      assertThat(used(bylaw)).isEqualByComparingTo(AMOUNT);
    }
    assertThat(moved()).isEqualTo(1);
    assertThat(requests())
        .extracting(request -> request.headers().get("Idempotency-Key"))
        .hasSize(2)
        .containsOnly(requests().getFirst().headers().get("Idempotency-Key"));
  }

  @ParameterizedTest
  @CsvSource({
    "true, DONE, completed, 1, 10.00",
    "false, RETRY, completed, 2, 10.00",
    "false, NOT_DONE, failed, 1, 0"
  })
  void whereTheGatewayKnowsNoKeysAPersonSaysWhatBecameOfThePayment(
      boolean moved, Event.Answer answer, String end, int requests, BigDecimal used)
      throws Exception {
    Acme.replace(dir.resolve("bylaw.yaml"), "idempotency_keys: true", "idempotency_keys: false");
    killedWhileTheGatewayIsSilent(moved);
    try (var bylaw = next()) {
      List<RunStanding> standings = bylaw.resumed(LONG);
      assertThat(standings)
          .extracting(standing -> standing.status().word())
          .containsExactly("waiting_for_approval");
      assertThat(requests()).hasSize(1);
      assertThat(used(bylaw)).isEqualByComparingTo(AMOUNT);

      KeptApproval asked = Acme.asked(bylaw, standings.getFirst());
      assertThat(((ObjectValue) asked.value()).text("kind")).isEqualTo("unknown_outcome");
      Approvals.Answered answered =
          bylaw
              .approvals()
              .approve(asked.id(), Acme.DANA, "looked", Optional.empty(), Optional.of(answer));

      assertThat(answered.runs())
          .extracting(standing -> standing.status().word())
          .containsExactly(end);
      assertThat(requests()).hasSize(requests);
      assertThat(moved()).isEqualTo(used.signum());
      assertThat(used(bylaw)).isEqualByComparingTo(used);
    }
  }

  @Test
  void aProcessThatIsNotCutOffLeavesNothingToDo() throws Exception {
    assertThat(ended(process("pay_thrice", Cut.never()))).isEqualTo(Cut.WHOLE);
    try (var bylaw = next()) {
      assertThat(bylaw.resumed(LONG)).isEmpty();
      assertThat(used(bylaw)).isEqualByComparingTo(times(3));
    }
    assertThat(moved()).isEqualTo(3);
    assertThat(requests()).hasSize(3);
  }
}
