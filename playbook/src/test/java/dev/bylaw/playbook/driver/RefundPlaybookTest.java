package dev.bylaw.playbook.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.playbook.Shop;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.definition.Playbook;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.playbook.machine.Command;
import dev.bylaw.playbook.machine.Event.Answer;
import dev.bylaw.playbook.machine.Machine;
import dev.bylaw.playbook.machine.RunStatus;
import dev.bylaw.value.ObjectValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The specification's playbook, as it stands, from loading to the last step. */
class RefundPlaybookTest {
  private static final Playbook REFUND =
      Shop.playbook(Shop.resource("/playbooks/process_customer_refund.yaml"));
  private static final ObjectValue INPUTS = Shop.json("{'order_id': 7, 'refund_amount': 99.5}");
  private static final ObjectValue VARS =
      Shop.json("{'payment_gateway': 'https://pay.example:8443/v1', 'unused': 1}");

  private final ScriptedGate gate = new ScriptedGate();
  private final Map<String, ScriptedAction> actions = Shop.actions();

  private ManualRun run() {
    return ManualRun.start(new Machine(REFUND), gate, actions, INPUTS, VARS, Map.of());
  }

  @Test
  void itTakesTheInputsThatItsTemplatesName() {
    assertThat(REFUND.inputs().names()).containsExactlyInAnyOrder("order_id", "refund_amount");
    assertThat(REFUND.version()).isEqualTo("1.2.0");
  }

  @Test
  void itRunsToItsEndWhenAPersonApproves() {
    ManualRun run = run().proceed();
    assertThat(run.state().status()).isEqualTo(RunStatus.WAITING_FOR_APPROVAL);
    assertThat(run.asked())
        .singleElement()
        .satisfies(ask -> {
          assertThat(ask.kind()).isEqualTo(Command.Ask.Kind.ACTION);
          assertThat(ask.demanded()).isTrue();
          assertThat(ask.key()).isEqualTo("process_refund/approval");
          assertThat(ask.params())
              .isEqualTo(
                  Shop.json("{'endpoint': 'https://pay.example:8443/v1/refund', 'amount': 99.5}"));
        });
    assertThat(Shop.calls(actions, "call_payment_api")).isEmpty();

    run.answer(Answer.APPROVED, "maria");

    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(Shop.calls(actions, "call_payment_api"))
        .singleElement()
        .satisfies(call -> assertThat(call.idempotencyKey()).isEqualTo("run-1/process_refund/0"));
    assertThat(Shop.calls(actions, "query_database").getFirst().params())
        .isEqualTo(Shop.json("{'query': 'SELECT * FROM orders WHERE id = ?', 'binds': [7]}"));
    assertThat(Shop.calls(actions, "send_email")).hasSize(1);
  }

  @Test
  void everyStepPassesTheGateBeforeAndAfterUnderItsCheckpoint() {
    run().proceed().answer(Answer.APPROVED, "maria");
    assertThat(gate.requests())
        .extracting(GateRequest::checkpoint)
        .containsExactly(
            "input_validation",
            "data_access",
            "financial_transaction",
            "financial_transaction",
            "external_communication");
    assertThat(gate.requests())
        .extracting(GateRequest::supposed)
        .containsExactly(false, false, true, false, false);
    assertThat(gate.reports()).hasSize(4);
    assertThat(gate.reservations().values()).containsOnly(ScriptedGate.Reservation.COMMITTED);
  }

  @Test
  void aBlockedRefundReachesNoPaymentApiAndAsksNobody() {
    gate.block("financial_transaction", "over the limit of 1000");
    ManualRun run = run().proceed();
    assertThat(run.state().status()).isEqualTo(RunStatus.BLOCKED);
    assertThat(run.state().error().text("message")).isEqualTo("over the limit of 1000");
    assertThat(run.state().error().text("step")).isEqualTo("process_refund");
    assertThat(Shop.calls(actions, "call_payment_api")).isEmpty();
    assertThat(gate.reservations()).doesNotContainKey("run-1/process_refund/0");
    assertThat(run.notes()).extracting(Command.Note::event).contains("step_blocked", "run_blocked");
  }

  @Test
  void aRefundThatIsBlockedWhenItIsAboutToRunIsNotPaidEither() {
    ManualRun run = run().proceed();
    gate.block("financial_transaction", "the limit was lowered meanwhile");
    run.answer(Answer.APPROVED, "maria");
    assertThat(run.state().status()).isEqualTo(RunStatus.BLOCKED);
    assertThat(Shop.calls(actions, "call_payment_api")).isEmpty();
  }

  @Test
  void aRejectedRefundEndsTheRunAsRejected() {
    ManualRun run = run().proceed().answer(Answer.REJECTED, "maria");
    assertThat(run.state().status()).isEqualTo(RunStatus.REJECTED);
    assertThat(run.state().error().text("message")).isEqualTo("rejected by maria");
    assertThat(Shop.calls(actions, "call_payment_api")).isEmpty();
  }

  @Test
  void anApproverMayLowerTheAmountAndTheNewOneIsDecidedAgain() {
    ManualRun run = run().proceed();
    ObjectValue lower =
        Shop.json("{'endpoint': 'https://pay.example:8443/v1/refund', 'amount': 50}");
    run.answer(Answer.APPROVED, "maria", Optional.of(lower));
    assertThat(gate.requests().get(3).params()).isEqualTo(lower);
    assertThat(gate.requests().get(3).approval()).isEqualTo("approval of process_refund/approval");
    assertThat(Shop.calls(actions, "call_payment_api").getFirst().params()).isEqualTo(lower);
  }

  @Test
  void missingAndUnknownInputsAreToldBeforeAnythingRuns() {
    assertThat(REFUND.inputs().complete(Shop.json("{'refund_amont': 1}")).problems())
        .containsExactlyInAnyOrder(
            "unknown input `refund_amont`, did you mean `refund_amount`?",
            "input `order_id` is missing",
            "input `refund_amount` is missing");
    assertThatThrownBy(() -> ManualRun.start(REFUND, gate, actions, ObjectValue.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPaymentThatFailedForNowIsTriedAgainUnderTheSameKey() {
    var yaml =
        """
        - id: pay
          action: call_payment_api
          params: { endpoint: "https://pay.example/refund", amount: "{{amount}}" }
          retry: { max_attempts: 3, delay: 2s, backoff: 2 }
        """;
    var attempts = new int[1];
    var payment =
        Shop.actionsWith(
            "call_payment_api",
            _ ->
                ++attempts[0] < 3
                    ? new ActionOutcome.Failed(
                        "timeout", "no answer", true, Effect.POSSIBLE, ObjectValue.EMPTY)
                    : new ActionOutcome.Done(Shop.json("{'status': 200, 'body': {}}")));
    ManualRun run =
        ManualRun.start(Shop.ofSteps(yaml), gate, payment, Shop.json("{'amount': 1}")).proceed();
    assertThat(run.state().status()).isEqualTo(RunStatus.RUNNING);
    run.pass(Duration.ofSeconds(2)).pass(Duration.ofSeconds(3));
    assertThat(attempts[0]).isEqualTo(2);
    run.pass(Duration.ofSeconds(1));
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(Shop.calls(payment, "call_payment_api"))
        .extracting(call -> call.idempotencyKey())
        .isEqualTo(List.of("run-1/pay/0", "run-1/pay/0", "run-1/pay/0"));
  }
}
