package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's scenarios and its refund playbook, through real policies and playbooks. */
class ScenariosTest {
  @TempDir Path folder;
  private Path dir;
  private Bylaw bylaw;

  @BeforeEach
  void open() throws IOException {
    dir = Acme.in(folder);
    bylaw = Acme.open(dir, new Acme.Clock());
    assertThat(bylaw.diagnostics()).isEmpty();
  }

  @AfterEach
  void close() {
    bylaw.close();
  }

  // 1: data protection.

  private Decision send(String field, String value) {
    return bylaw
        .decide(
            ActionRequest.of(
                Acme.AGENT,
                "api_call",
                ObjectValue.of(
                    "endpoint",
                    StringValue.of("https://untrusted-api.com"),
                    "payload",
                    ObjectValue.of(field, StringValue.of(value)))))
        .decision();
  }

  @Test
  void aSocialSecurityNumberNeverReachesAnUntrustedApi() {
    Decision decision = send("ssn", "123-45-6789");
    assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
    assertThat(decision.violations())
        .extracting(violation -> violation.part() + " " + violation.file() + ":" + violation.line())
        .containsExactly("deny_external_api packs/data_protection.rego:3");
  }

  @Test
  void aProductIdReachesAnybody() {
    assertThat(send("product_id", "ABC123").effect()).isEqualTo(Effect.ALLOW);
  }

  @Test
  void aTicketIsRedactedBeforeItIsPassedOn() {
    RunStanding run =
        bylaw.run(
            "forward_support_ticket",
            Acme.AGENT,
            ObjectValue.of(
                "ticket_id",
                StringValue.of("t-501"),
                "endpoint",
                StringValue.of(bylaw.sandbox().addresses().get("api") + "/tickets")));
    assertThat(run.status().word()).isEqualTo("completed");
    assertThat(bylaw.sandbox().received()).hasSize(1);
    assertThat(bylaw.sandbox().received().getFirst())
        .doesNotContain("123-45-6789")
        .doesNotContain("@")
        .doesNotContain("Fernandez");
    // The name is what only the model can see.
    assertThat(run.output().get("found")).asString().contains("ssn", "email", "phone", "person");
    assertThat(Acme.steps(bylaw, run.id()))
        .contains("step_completed transmit", "step_completed log_transmission")
        .endsWith("run_completed");
  }

  // 2: authorization and access control.

  private RunStanding query(String agent, String sql) {
    return bylaw.run("query_data", agent, ObjectValue.of("sql", StringValue.of(sql)));
  }

  @Test
  void anAgentReadsOrders() {
    RunStanding run = query(Acme.AGENT, "SELECT id, status FROM orders WHERE id = 'o-1001'");
    assertThat(run.status().word()).isEqualTo("completed");
    assertThat(run.output().toString()).contains("o-1001");
  }

  @Test
  void anAgentReadsNoPersonalData() {
    RunStanding run = query(Acme.AGENT, "SELECT email, ssn FROM customers");
    assertThat(run.status().word()).isEqualTo("blocked");
    assertThat(Acme.violated(bylaw, run.id())).containsExactly("access_control");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id",
        "SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers)",
        "WITH c AS (SELECT * FROM customers) SELECT * FROM c",
        "SELECT id FROM orders UNION SELECT email FROM CUSTOMERS",
        "SELECT id FROM main.\"customers\""
      })
  void personalDataIsFoundWhereverAQueryReadsIt(String sql) {
    assertThat(query(Acme.AGENT, sql).status().word()).isIn("blocked", "failed");
  }

  @Test
  void aProductionAgentWithAUsersKeyInsteadOfAServiceAccountIsBlocked() throws IOException {
    Path config = dir.resolve("bylaw.yaml");
    Acme.replace(
        config,
        "dana-laptop: { kind: user, permissions: [read, write] }",
        "dana-laptop: { kind: user, permissions: [read] }");
    assertThat(bylaw.reload()).isEmpty();
    RunStanding run = query("dev-agent", "SELECT id FROM orders");
    assertThat(run.status().word()).isEqualTo("blocked");
    assertThat(Acme.violated(bylaw, run.id())).containsExactly("service-account-in-production");
    assertThat(Acme.events(bylaw, run.id(), LogName.PLAYBOOK)).doesNotContain("step_intended");

    Acme.replace(config, "dana-laptop: { kind: user,", "dana-laptop: { kind: service_account,");
    assertThat(bylaw.reload()).isEmpty();
    assertThat(query("dev-agent", "SELECT id FROM orders").status().word()).isEqualTo("completed");
  }

  @Test
  void aWriteInDisguiseIsNotDone() {
    RunStanding run =
        query(Acme.AGENT, "WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone");
    // The connection may be read; the action refuses what does more than that.
    assertThat(run.status().word()).isEqualTo("failed");
    assertThat(run.error().toString()).contains("E0507");
    assertThat(query(Acme.AGENT, "SELECT id FROM orders").output().toString()).contains("o-1001");
  }

  @Test
  void aWriteThatNobodyIsAskedAboutIsForbidden() {
    Decision decision =
        bylaw
            .decide(
                ActionRequest.of(
                    Acme.AGENT,
                    "modify_database",
                    ObjectValue.of("query", StringValue.of("UPDATE orders SET total = 0"))))
            .decision();
    assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
    assertThat(decision.violations())
        .extracting(each -> each.part() + " " + each.file() + ":" + each.line())
        .containsExactly("policy1 packs/access_control.cedar:10");
  }

  @Test
  void theExamplesPoliciesAreTheSpecificationsUnedited() throws IOException {
    Path examples = Path.of("..", "examples");
    for (String name : List.of("data_protection.rego", "access_control.cedar")) {
      assertThat(examples.resolve("acme/packs").resolve(name))
          .hasSameTextualContentAs(examples.resolve("specification").resolve(name));
    }
  }

  @Test
  void aChangeWaitsForAPersonAndIsThenDone() {
    ObjectValue change =
        ObjectValue.of(
            "sql", StringValue.of("UPDATE orders SET status = 'returned' WHERE id = 'o-1001'"));
    RunStanding waiting = bylaw.run("modify_data", Acme.AGENT, change);
    assertThat(waiting.status().word()).isEqualTo("waiting_for_approval");
    assertThat(status("o-1001")).doesNotContain("returned");

    var answered = Acme.approve(bylaw, Acme.asked(bylaw, waiting), Acme.DANA);

    assertThat(answered.runs()).extracting(run -> run.status().word()).containsExactly("completed");
    assertThat(status("o-1001")).contains("returned");
  }

  @Test
  void aChangeThatAPersonRefusesIsNotDone() {
    ObjectValue change =
        ObjectValue.of(
            "sql", StringValue.of("UPDATE orders SET status = 'returned' WHERE id = 'o-1001'"));
    RunStanding waiting = bylaw.run("modify_data", Acme.AGENT, change);
    var answered =
        bylaw.approvals().reject(Acme.asked(bylaw, waiting).id(), Acme.DANA, "not today");
    assertThat(answered.runs()).extracting(run -> run.status().word()).containsExactly("rejected");
    assertThat(status("o-1001")).doesNotContain("returned");
  }

  private String status(String order) {
    return query(Acme.AGENT, "SELECT status FROM orders WHERE id = '" + order + "'")
        .output()
        .toString();
  }

  @Test
  void aCallerThatSendsHasHumanApprovalIsRefused() {
    var request =
        new ActionRequest(
            Acme.AGENT,
            "modify_database",
            "data_change",
            ObjectValue.EMPTY,
            ObjectValue.of("query", StringValue.of("DELETE FROM orders")),
            ObjectValue.of("has_human_approval", BooleanValue.TRUE),
            "");
    Decision decision = bylaw.decide(request).decision();
    assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
    assertThat(decision.reason()).isEqualTo(Reason.FORGED_FACT);
    assertThat(bylaw.evaluate(request).reason()).isEqualTo(Reason.FORGED_FACT);
  }

  // 3: financial transactions.

  @Test
  void aPaymentJustBelowTheLimitIsMade() {
    assertThat(Acme.run(bylaw, "process_payment", Acme.payment("999.99"))).isEqualTo("completed");
    assertThat(bylaw.sandbox().payments()).isEqualTo(1);
  }

  @Test
  void aPaymentOfExactlyTheLimitIsBlocked() {
    RunStanding run = bylaw.run("process_payment", Acme.AGENT, Acme.payment("1000.00"));
    assertThat(run.status().word()).isEqualTo("blocked");
    assertThat(Acme.violated(bylaw, run.id())).containsExactly("single-transaction");
    assertThat(bylaw.sandbox().payments()).isZero();
  }

  @Test
  void aDayOfExactlyFiveThousandIsOneCentTooMuch() {
    for (int i = 0; i < 5; i++) {
      assertThat(Acme.run(bylaw, "process_payment", Acme.payment("999.99"))).isEqualTo("completed");
    }
    RunStanding exactly = bylaw.run("process_payment", Acme.AGENT, Acme.payment("0.05"));
    assertThat(exactly.status().word()).isEqualTo("blocked");
    assertThat(Acme.violated(bylaw, exactly.id())).containsExactly("daily-total");
    assertThat(Acme.run(bylaw, "process_payment", Acme.payment("0.04"))).isEqualTo("completed");
    assertThat(bylaw.sandbox().payments()).isEqualTo(6);
  }

  @Test
  void aDeniedStepLeavesNoReservation() {
    assertThat(Acme.run(bylaw, "process_payment", Acme.payment("1000.00"))).isEqualTo("blocked");
    assertThat(used("daily-total")).isEmpty();
    assertThat(Acme.run(bylaw, "process_payment", Acme.payment("999.99"))).isEqualTo("completed");
    assertThat(used("daily-total")).containsExactly(new BigDecimal("999.99"));
  }

  private List<BigDecimal> used(String rule) {
    return bylaw.caps().lines(Optional.of(Acme.AGENT)).stream()
        .map(line -> line.toValue())
        .filter(line -> line.toString().contains(rule))
        .flatMap(line -> Optional.ofNullable(line.get("used")).stream())
        .map(ScenariosTest::decimal)
        .filter(used -> used.signum() != 0)
        .toList();
  }

  private static BigDecimal decimal(Value value) {
    return value instanceof NumberValue number
        ? number.decimal()
        : new BigDecimal(((StringValue) value).text());
  }

  // 4: the refund playbook.

  @Test
  void theRefundPlaybookIsTheSpecificationsToTheByte() throws IOException {
    assertThat(Files.readAllBytes(dir.resolve("playbooks/process_customer_refund.yaml")))
        .isEqualTo(
            Files.readAllBytes(
                Acme.EXAMPLES.resolve("specification/process_customer_refund.yaml")));
  }

  @Test
  void theRefundPlaybookRunsFromLoadingToItsLastLogRecord() {
    RunStanding waiting = bylaw.run("process_customer_refund", Acme.AGENT, Acme.refundOf("42.50"));
    assertThat(waiting.status().word()).isEqualTo("waiting_for_approval");
    assertThat(bylaw.sandbox().payments()).isZero();
    assertThat(bylaw.sandbox().mails()).isZero();

    var answered = Acme.approve(bylaw, Acme.asked(bylaw, waiting), Acme.DANA);

    assertThat(answered.runs()).extracting(run -> run.status().word()).containsExactly("completed");
    assertThat(bylaw.sandbox().payments()).isEqualTo(1);
    assertThat(bylaw.sandbox().mails()).isEqualTo(1);
    assertThat(Acme.steps(bylaw, waiting.id()))
        .containsSubsequence(
            "run_started",
            "step_completed validate_request",
            "step_completed check_eligibility",
            "step_waiting process_refund",
            "step_answered process_refund",
            "step_completed process_refund",
            "step_completed notify_customer")
        .endsWith("run_completed");
    assertThat(Acme.events(bylaw, waiting.id(), LogName.POLICY))
        .containsSubsequence("policy_decision", "approval_requested", "approval_granted")
        .contains("approval_used");
    assertThat(bylaw.audit().verify(Optional.of(bylaw.audit().checkpoint())).findings()).isEmpty();
  }

  @Test
  void aRefundOverTheLimitIsBlockedAndNoRequestReachesThePaymentApi() {
    RunStanding run = bylaw.run("process_customer_refund", Acme.AGENT, Acme.refundOf("10000"));
    assertThat(run.status().word()).isEqualTo("blocked");
    assertThat(Acme.violated(bylaw, run.id())).contains("single-transaction");
    assertThat(bylaw.sandbox().payments()).isZero();
    assertThat(bylaw.sandbox().mails()).isZero();
    assertThat(bylaw.approvals().pending()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"      policy_check: data_access\n", ""})
  void aPlaybookWithTheWrongCheckpointOrNoneEscapesNoRule(String checkpoint) throws IOException {
    Acme.replace(
        dir.resolve("playbooks/process_payment.yaml"),
        "      policy_check: financial_transaction\n",
        checkpoint);
    assertThat(bylaw.reload()).isEmpty();
    assertThat(Acme.run(bylaw, "process_payment", Acme.payment("1000.00"))).isEqualTo("blocked");
    assertThat(Acme.run(bylaw, "process_payment", Acme.payment("999.99"))).isEqualTo("completed");
    assertThat(bylaw.sandbox().payments()).isEqualTo(1);
  }

  @Test
  void anUnknownPlaybookAgentOrInputIsToldInOneSentence() {
    assertThatThrownBy(() -> bylaw.run("process_paymnt", Acme.AGENT, ObjectValue.EMPTY))
        .isInstanceOf(BylawException.class)
        .hasMessageContaining("did you mean `process_payment`");
    assertThatThrownBy(() -> bylaw.run("process_payment", "support-agnt", ObjectValue.EMPTY))
        .isInstanceOf(BylawException.class)
        .hasMessageContaining("did you mean `support-agent`");
    assertThatThrownBy(() -> bylaw.run("process_payment", Acme.AGENT, ObjectValue.EMPTY))
        .isInstanceOf(BylawException.class)
        .hasMessageContaining("customer_id");
  }
}
