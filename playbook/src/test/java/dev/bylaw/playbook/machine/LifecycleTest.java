package dev.bylaw.playbook.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.playbook.Shop;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.driver.ManualRun;
import dev.bylaw.playbook.driver.ScriptedAction;
import dev.bylaw.playbook.driver.ScriptedGate;
import dev.bylaw.playbook.driver.ScriptedGate.Reservation;
import dev.bylaw.playbook.gate.GateRequest;
import dev.bylaw.playbook.gate.Verdict;
import dev.bylaw.playbook.machine.Event.Answer;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a step, row by row; the last check fails for a row that no test here visits. */
class LifecycleTest {
  private static final Set<Transition> VISITED = new HashSet<>();
  private static int ran;

  private static final String PAY =
      """
      - id: pay
        action: call_payment_api
        params: { endpoint: "https://pay.example/refund", amount: 5 }
      """;

  private static final String MAIL =
      """
      - id: mail
        action: send_email
        params: { to: ann@example.org, text: hello }
      """;

  private static final String AFTER = "- { id: after, action: log }\n";

  private final ScriptedGate gate = new ScriptedGate();

  private ManualRun run(String steps) {
    return run(steps, Shop.actions());
  }

  private ManualRun run(String steps, Map<String, ScriptedAction> actions) {
    return run(steps, actions, ObjectValue.EMPTY);
  }

  private ManualRun run(String steps, Map<String, ScriptedAction> actions, ObjectValue inputs) {
    return ManualRun.start(
            new Machine(Shop.ofSteps(steps), VISITED::add),
            gate,
            actions,
            inputs,
            ObjectValue.EMPTY,
            Map.of("key", "s3cr3t"))
        .proceed();
  }

  private static String with(String step, String more) {
    return step + more.indent(2);
  }

  private static Function<ActionCall, ActionOutcome> fails(boolean retryable, Effect effect) {
    return _ ->
        new ActionOutcome.Failed(
            "http_status", "answered 503", retryable, effect, Shop.json("{'status': 503}"));
  }

  private static String status(ManualRun run, String step) {
    return run.state().steps().get(step) instanceof ObjectValue result ? result.text("status") : "";
  }

  private static ObjectValue error(ManualRun run) {
    return run.state().error();
  }

  @BeforeEach
  void count() {
    ran++;
  }

  /** Holds when all tests of this class ran, not when one is run alone. */
  @AfterAll
  static void everyRowIsVisitedByATest() {
    long tests =
        Arrays.stream(LifecycleTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .count();
    if (ran == tests) {
      assertThat(VISITED).containsAll(Transition.TABLE);
    }
  }

  // entering

  @Test
  void aStepWhoseConditionIsFalseIsSkipped() {
    String after = "- { id: after, action: log, params: { message: \"{{amount}}\" } }\n";
    ManualRun run =
        run(with(PAY, "if: amount > 3") + after, Shop.actions(), Shop.json("{'amount': 3}"));
    assertThat(status(run, "pay")).isEqualTo("skipped");
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(gate.requests()).extracting(GateRequest::step).containsExactly("after");
  }

  @Test
  void aStepWhoseConditionHasNoAnswerFails() {
    ManualRun run =
        run(
            with(MAIL, "if: customer.email != \"\"")
                + "- { id: l, action: log, params: { message: \"{{customer}}\" } }\n",
            Shop.actions(),
            Shop.json("{'customer': {}}"));
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(error(run).text("code")).isEqualTo("condition");
    assertThat(gate.requests()).isEmpty();
  }

  @Test
  void aStepWhoseParamsCannotBeRenderedFailsBeforeTheGate() {
    ManualRun run =
        run(
            "- { id: l, action: log, params: { message: \"{{customer.email}}\" } }\n",
            Shop.actions(),
            Shop.json("{'customer': {}}"));
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(error(run).text("code")).isEqualTo("template");
    assertThat(error(run).text("message")).isEqualTo("`{{customer.email}}` has no value");
    assertThat(gate.requests()).isEmpty();
  }

  @Test
  void aStepWithoutACheckpointIsDecidedUnderItsActionsName() {
    var _ = run(PAY);
    assertThat(gate.requests())
        .extracting(GateRequest::checkpoint)
        .containsExactly("call_payment_api");
  }

  // the gate

  @Test
  void aWarningDoesNotStopAStep() {
    gate.decide(
        "call_payment_api",
        (_, id) -> new Verdict(Verdict.Kind.WARN, id, Optional.empty(), ArrayValue.EMPTY, "hm"));
    assertThat(run(PAY).state().status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void anUnhandledBlockEndsTheRunAsBlockedAndNothingIsReserved() {
    gate.block("call_payment_api", "no");
    ManualRun run = run(PAY + AFTER);
    assertThat(run.state().status()).isEqualTo(RunStatus.BLOCKED);
    assertThat(gate.reservations()).isEmpty();
    assertThat(gate.requests()).hasSize(1);
  }

  @Test
  void onErrorContinueNeverPassesABlockOrARejection() {
    gate.block("call_payment_api", "no");
    assertThat(run(with(PAY, "on_error: continue") + AFTER).state().status())
        .isEqualTo(RunStatus.BLOCKED);
    gate.allow("call_payment_api");
    ManualRun asked = run(with(PAY, "on_error: continue\nrequires_approval: true") + AFTER);
    assertThat(asked.answer(Answer.REJECTED, "maria").state().status())
        .isEqualTo(RunStatus.REJECTED);
  }

  @Test
  void fallbackStepsRunInPlaceOfABlockedStepAndPassTheGateThemselves() {
    gate.block("call_payment_api", "no");
    String steps =
        with(
                PAY,
                "on_error:\n  fallback:\n"
                    + MAIL.indent(4).replace("hello", "\"{{steps.pay.error.message}}\""))
            + AFTER;
    var actions = Shop.actions();
    ManualRun run = run(steps, actions);
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(status(run, "pay")).isEqualTo("blocked");
    assertThat(Shop.calls(actions, "send_email").getFirst().params().text("text")).isEqualTo("no");
    assertThat(gate.requests())
        .extracting(GateRequest::step)
        .containsExactly("pay", "mail", "after");

    gate.block("send_email", "not this either");
    assertThat(run(steps).state().status()).isEqualTo(RunStatus.BLOCKED);
  }

  @Test
  void obligationsChangeWhatIsSentAndARetryIsDecidedOnTheOriginal() {
    gate.decide(
        "send_email",
        (request, id) ->
            Verdict.allow(id)
                .withReplacement(
                    request
                        .params()
                        .with(
                            "text", StringValue.of(request.params().text("text") + " -- signed"))));
    var failures = new int[1];
    var actions =
        Shop.actionsWith(
            "send_email",
            call ->
                failures[0]++ == 0
                    ? fails(true, Effect.NONE).apply(call)
                    : new ActionOutcome.Done(ObjectValue.EMPTY));
    ManualRun run = run(with(MAIL, "retry: { delay: 0s }"), actions);
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(Shop.calls(actions, "send_email"))
        .extracting(call -> call.params().text("text"))
        .containsExactly("hello -- signed", "hello -- signed");
  }

  // people

  @Test
  void aRuleMayDemandPeopleAndTheApprovedActionIsDecidedAgain() {
    gate.requireApproval("call_payment_api", "over 100 needs a person");
    ManualRun run = run(PAY);
    assertThat(run.state().status()).isEqualTo(RunStatus.WAITING_FOR_APPROVAL);
    assertThat(run.asked().getFirst().demanded()).isFalse();
    run.answer(Answer.APPROVED, "maria");
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(gate.requests())
        .extracting(GateRequest::supposed)
        .containsExactly(false, true, false);
    assertThat(gate.requests().getLast().approval()).isNotEmpty();
  }

  @Test
  void aNewViolationAfterAnApprovalAsksAgainUnderAnotherKey() {
    var demands = new int[1];
    gate.decide(
        "call_payment_api",
        (request, id) ->
            request.supposed() || demands[0]++ < 2
                ? Verdict.requireApproval(id, "again")
                : Verdict.allow(id));
    ManualRun run = run(PAY);
    String first = run.asked().getFirst().key();
    run.answer(Answer.APPROVED, "maria");
    assertThat(run.asked().getFirst().key()).isEqualTo(first + "#2");
    run.answer(Answer.APPROVED, "maria");
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void whatWouldBeBlockedAllTheSameIsNotAskedAbout() {
    gate.decide(
        "call_payment_api",
        (request, id) ->
            request.supposed() ? Verdict.block(id, "never") : Verdict.requireApproval(id, "ask"));
    ManualRun run = run(PAY);
    assertThat(run.state().status()).isEqualTo(RunStatus.BLOCKED);
    assertThat(run.notes()).extracting(Command.Note::event).doesNotContain("step_waiting");
  }

  @Test
  void aTimeOutDeniesWhereNothingElseIsSaid() {
    ManualRun run =
        run(
            with(
                PAY,
                "requires_approval: { timeout: 5m }\non_error: { fallback: [{ id: f, action: log }] }"));
    run.pass(Duration.ofMinutes(5).minusMillis(1));
    assertThat(run.state().status()).isEqualTo(RunStatus.WAITING_FOR_APPROVAL);
    run.pass(Duration.ofMillis(1));
    assertThat(run.state().status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(status(run, "f")).isEmpty();
  }

  @Test
  void aTimeOutMayFallBack() {
    ManualRun run =
        run(
            with(
                PAY,
                "requires_approval: { timeout: 5m, on_timeout: fallback }\non_error: { fallback: [{ id: f, action: log }] }"));
    run.pass(Duration.ofMinutes(5));
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(status(run, "pay")).isEqualTo("timed_out");
    assertThat(status(run, "f")).isEqualTo("completed");
  }

  @Test
  void aTimeOutMayEscalateOnceForAsLongAgain() {
    ManualRun run = run(with(PAY, "requires_approval: { timeout: 5m, on_timeout: escalate }"));
    Command.Ask first = run.asked().getFirst();
    run.pass(Duration.ofMinutes(5));
    Command.Ask second = run.asked().getFirst();
    assertThat(second.level()).isEqualTo(1);
    assertThat(second.key()).isNotEqualTo(first.key());
    run.pass(Duration.ofMinutes(5));
    assertThat(run.state().status()).isEqualTo(RunStatus.TIMED_OUT);
  }

  @Test
  void anAnswerToAnEarlierQuestionIsNotAccepted() {
    ManualRun run = run(with(PAY, "requires_approval: { timeout: 5m, on_timeout: escalate }"));
    Command.Ask first = run.asked().getFirst();
    run.pass(Duration.ofMinutes(5));
    State before = run.state();
    boolean accepted =
        run.feed(
            new Event.Answered(
                first.key(),
                Answer.APPROVED,
                "maria",
                "a",
                Optional.empty(),
                run.clock().instant()));
    assertThat(accepted).isFalse();
    assertThat(run.state()).isSameAs(before);
  }

  @Test
  void anAnswerThatNamesNoApprovalOrAnswersSomethingElseIsABug() {
    ManualRun run = run(with(PAY, "requires_approval: true"));
    String key = run.asked().getFirst().key();
    for (Answer answer : List.of(Answer.APPROVED, Answer.DONE)) {
      var event =
          new Event.Answered(key, answer, "maria", "", Optional.empty(), run.clock().instant());
      assertThatThrownBy(() -> run.feed(event)).isInstanceOf(IllegalArgumentException.class);
    }
    var ofAction =
        new Event.Acted(key, new ActionOutcome.Done(ObjectValue.EMPTY), run.clock().instant());
    assertThatThrownBy(() -> run.feed(ofAction)).isInstanceOf(IllegalArgumentException.class);
    assertThat(run.state().status()).isEqualTo(RunStatus.WAITING_FOR_APPROVAL);
  }

  @Test
  void whatApprovalsOwnRulesLetExpireTimesOut() {
    gate.requireApproval("call_payment_api", "ask");
    assertThat(run(PAY).answer(Answer.EXPIRED, "").state().status()).isEqualTo(RunStatus.TIMED_OUT);
  }

  // the action

  @Test
  void aFailedStepEndsTheRunAndGivesItsReservationBack() {
    ManualRun run =
        run(PAY + AFTER, Shop.actionsWith("call_payment_api", fails(true, Effect.NONE)));
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(error(run).text("code")).isEqualTo("http_status");
    assertThat(gate.reservations()).containsEntry("run-1/pay/0", Reservation.RELEASED);
  }

  @Test
  void aFailureThatMayHaveHadItsEffectKeepsItsReservation() {
    var _ = run(PAY, Shop.actionsWith("call_payment_api", fails(true, Effect.POSSIBLE)));
    assertThat(gate.reservations()).containsEntry("run-1/pay/0", Reservation.COMMITTED);
  }

  @Test
  void anEarlierPossibleAttemptKeepsTheReservationOfALaterCertainFailure() {
    var attempts = new int[1];
    var actions =
        Shop.actionsWith(
            "call_payment_api",
            call -> fails(true, attempts[0]++ == 0 ? Effect.POSSIBLE : Effect.NONE).apply(call));
    ManualRun run = run(with(PAY, "retry: { max_attempts: 2, delay: 0s }"), actions);
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(attempts[0]).isEqualTo(2);
    assertThat(gate.reservations()).containsEntry("run-1/pay/0", Reservation.COMMITTED);
  }

  @Test
  void onErrorContinuePassesAFailure() {
    ManualRun run =
        run(
            with(PAY, "on_error: continue") + AFTER,
            Shop.actionsWith("call_payment_api", fails(false, Effect.NONE)));
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(status(run, "pay")).isEqualTo("failed");
  }

  @Test
  void anActionThatIsNotIdempotentIsNotTriedAgainIfItMayHaveHadItsEffect() {
    var actions = Shop.actionsWith("send_email", fails(true, Effect.POSSIBLE));
    ManualRun run =
        run(with(MAIL, "retry: { max_attempts: 5, delay: 0s, retry_if: \"true\" }"), actions);
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(Shop.calls(actions, "send_email")).hasSize(1);
  }

  @Test
  void retryIfSaysWhichFailuresAreTriedAgain() {
    String retry =
        "retry: { max_attempts: 4, delay: 0s, retry_if: 'output.status == 503 && attempt < 3' }";
    var actions = Shop.actionsWith("call_payment_api", fails(false, Effect.NONE));
    var _ = run(with(PAY, retry), actions);
    assertThat(Shop.calls(actions, "call_payment_api")).hasSize(3);
    var others =
        Shop.actionsWith(
            "call_payment_api",
            _ ->
                new ActionOutcome.Failed(
                    "x", "x", true, Effect.NONE, Shop.json("{'status': 500}")));
    var _ = run(with(PAY, retry), others);
    assertThat(Shop.calls(others, "call_payment_api")).hasSize(1);
  }

  @Test
  void retryNeverRetriesABlock() {
    var actions = Shop.actionsWith("call_payment_api", fails(true, Effect.POSSIBLE));
    var decisions = new int[1];
    gate.decide(
        "call_payment_api",
        (_, id) -> decisions[0]++ == 0 ? Verdict.allow(id) : Verdict.block(id, "not any more"));
    ManualRun run = run(with(PAY, "retry: { max_attempts: 9, delay: 0s }"), actions);
    assertThat(run.state().status()).isEqualTo(RunStatus.BLOCKED);
    assertThat(Shop.calls(actions, "call_payment_api")).hasSize(1);
    // The first attempt may have paid: what it reserved is spent.
    assertThat(gate.reservations()).containsEntry("run-1/pay/0", Reservation.COMMITTED);
  }

  @Test
  void delaysGrowUpToTheLongest() {
    var actions = Shop.actionsWith("call_payment_api", fails(true, Effect.NONE));
    ManualRun run =
        run(with(PAY, "retry: { max_attempts: 5, delay: 1s, backoff: 3, max_delay: 5s }"), actions);
    for (long seconds : List.of(1L, 3L, 5L, 5L)) {
      int calls = Shop.calls(actions, "call_payment_api").size();
      run.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(Shop.calls(actions, "call_payment_api")).hasSize(calls);
      run.pass(Duration.ofMillis(1));
      assertThat(Shop.calls(actions, "call_payment_api")).hasSize(calls + 1);
    }
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
  }

  // a process that was killed

  /** The run as it is found when its process was killed while the action ran. */
  private static ManualRun cutOffInAction(ManualRun fresh) {
    while (!(fresh.pending().getFirst() instanceof Command.Act)) {
      assertThat(fresh.step()).isTrue();
    }
    return fresh.cutOff(fresh.journal().size());
  }

  private ManualRun begun(String steps, Map<String, ScriptedAction> actions) {
    return ManualRun.start(
        new Machine(Shop.ofSteps(steps), VISITED::add),
        gate,
        actions,
        ObjectValue.EMPTY,
        ObjectValue.EMPTY,
        Map.of());
  }

  @Test
  void anIdempotentActionThatWasCutOffIsDecidedAndDoneAgainUnderTheSameKey() {
    var actions = Shop.actions();
    ManualRun run = cutOffInAction(begun(PAY, actions)).proceed();
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(gate.requests()).hasSize(2);
    assertThat(Shop.calls(actions, "call_payment_api"))
        .extracting(ActionCall::idempotencyKey)
        .containsExactly("run-1/pay/0");
  }

  @Test
  void anActionThatIsNotIdempotentAndWasCutOffGoesToAPerson() {
    var actions = Shop.actions();
    ManualRun run = cutOffInAction(begun(MAIL + AFTER, actions)).proceed();
    assertThat(run.state().status()).isEqualTo(RunStatus.WAITING_FOR_APPROVAL);
    assertThat(run.asked().getFirst().kind()).isEqualTo(Command.Ask.Kind.UNKNOWN_OUTCOME);
    assertThat(Shop.calls(actions, "send_email")).isEmpty();

    run.answer(Answer.DONE, "maria", Optional.of(Shop.json("{'message_id': 'found'}")));

    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.state().steps().at("mail", "output", "message_id").orElseThrow())
        .isEqualTo(StringValue.of("found"));
    assertThat(gate.reservations()).containsEntry("run-1/mail/0", Reservation.COMMITTED);
    assertThat(Shop.calls(actions, "send_email")).isEmpty();
  }

  @Test
  void aPersonWhoSawThatItWasNotDoneGivesTheReservationBack() {
    ManualRun run = cutOffInAction(begun(MAIL, Shop.actions())).proceed();
    run.answer(Answer.NOT_DONE, "maria");
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(error(run).text("code")).isEqualTo("not_done");
    assertThat(gate.reservations()).containsEntry("run-1/mail/0", Reservation.RELEASED);
  }

  @Test
  void aPersonMayHaveItDoneAgainAndItIsDecidedAgain() {
    var actions = Shop.actions();
    ManualRun run = cutOffInAction(begun(MAIL, actions)).proceed();
    run.answer(Answer.RETRY, "maria");
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(Shop.calls(actions, "send_email")).hasSize(1);
    assertThat(gate.requests()).hasSize(2);
  }

  // the result

  @Test
  void aBlockedResultIsWithheldFromTheStepsBehind() {
    gate.review("call_payment_api", _ -> Verdict.block("d", "a card number in the answer"));
    ManualRun run = run(with(PAY, "on_error: { fallback: [{ id: f, action: log }] }"));
    assertThat(status(run, "pay")).isEqualTo("blocked");
    assertThat(run.state().steps().at("pay", "output")).isEmpty();
    assertThat(status(run, "f")).isEqualTo("completed");
    assertThat(gate.reservations()).containsEntry("run-1/pay/0", Reservation.COMMITTED);
    assertThat(Json.write(run.state().toValue())).doesNotContain("r-1");
  }

  @Test
  void aResultMayBeRedacted() {
    gate.review(
        "call_payment_api",
        report ->
            Verdict.allow("d")
                .withReplacement(report.outcome().output().with("body", StringValue.of("…"))));
    ManualRun run = run(PAY);
    assertThat(run.state().steps().at("pay", "output", "body").orElseThrow())
        .isEqualTo(StringValue.of("…"));
  }

  @Test
  void aBlockedFailureKeepsItsCodeAndLosesItsMessage() {
    gate.review("call_payment_api", _ -> Verdict.block("d", "personal data"));
    ManualRun run = run(PAY, Shop.actionsWith("call_payment_api", fails(false, Effect.NONE)));
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(error(run).text("message")).isEqualTo("withheld: personal data");
  }

  private ManualRun askedForRelease(String steps) {
    gate.review(
        "call_payment_api", _ -> Verdict.requireApproval("d", "somebody should look at it"));
    ManualRun run = run(steps);
    assertThat(run.asked().getFirst().kind()).isEqualTo(Command.Ask.Kind.RELEASE);
    assertThat(run.asked().getFirst().output().has("body")).isTrue();
    return run;
  }

  @Test
  void peopleMayReleaseAResultOrAPartOfIt() {
    assertThat(askedForRelease(PAY).answer(Answer.APPROVED, "maria").state().status())
        .isEqualTo(RunStatus.COMPLETED);
    ManualRun run = askedForRelease(PAY);
    run.answer(Answer.APPROVED, "maria", Optional.of(Shop.json("{'status': 200}")));
    assertThat(run.state().steps().at("pay", "output").orElseThrow())
        .isEqualTo(Shop.json("{'status': 200}"));
  }

  @Test
  void aResultThatPeopleDoNotReleaseIsWithheld() {
    assertThat(askedForRelease(PAY).answer(Answer.REJECTED, "maria").state().status())
        .isEqualTo(RunStatus.REJECTED);
    assertThat(askedForRelease(PAY).answer(Answer.EXPIRED, "").state().status())
        .isEqualTo(RunStatus.TIMED_OUT);
  }

  @Test
  void aStepGivesWhatItsOutputSays() {
    String output =
        "output: { refund: \"{{output.body.refund}}\", text: \"was {{output.status}}\" }";
    ManualRun run = run(with(PAY, output));
    assertThat(run.state().steps().at("pay", "output").orElseThrow())
        .isEqualTo(Shop.json("{'refund': 'r-1', 'text': 'was 200'}"));
  }

  @Test
  void aStepWhoseOutputCannotBeMadeFails() {
    String missing = with(PAY, "output: { refund: \"{{output.body.nothing}}\" }");
    ManualRun run = run(missing);
    assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    assertThat(error(run).text("code")).isEqualTo("output");
    ManualRun released = askedForRelease(missing).answer(Answer.APPROVED, "maria");
    assertThat(released.state().status()).isEqualTo(RunStatus.FAILED);
  }

  // cancelling

  @Test
  void aRunThatWaitsIsCancelledAtOnceAndGivesBackWhatItHolds() {
    var actions = Shop.actionsWith("call_payment_api", fails(true, Effect.NONE));
    ManualRun waiting = run(with(PAY, "retry: { delay: 1h }"), actions).cancel("ann", "no more");
    assertThat(waiting.state().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(error(waiting).text("message")).isEqualTo("cancelled by ann: no more");
    assertThat(gate.reservations()).containsEntry("run-1/pay/0", Reservation.RELEASED);

    ManualRun asking = run(with(PAY, "requires_approval: true")).cancel("ann", "");
    assertThat(asking.state().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(askedForRelease(PAY).cancel("ann", "").state().status())
        .isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void aRunIsCancelledBeforeTheGateHasAnswered() {
    ManualRun deciding = begun(PAY, Shop.actions());
    assertThat(deciding.cancel("ann", "").state().status()).isEqualTo(RunStatus.CANCELLED);
    ManualRun supposing = begun(with(PAY, "requires_approval: true"), Shop.actions());
    assertThat(supposing.cancel("ann", "").state().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void anActionThatRunsIsWaitedForAndItsResultRecorded() {
    var actions = Shop.actions();
    ManualRun run = begun(PAY + AFTER, actions);
    assertThat(run.step()).isTrue();
    assertThat(run.feed(new Event.Cancelled("ann", "", run.clock().instant()))).isTrue();
    assertThat(run.state().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.feed(new Event.Cancelled("bob", "", run.clock().instant()))).isFalse();
    run.proceed();
    assertThat(run.state().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(status(run, "pay")).isEqualTo("completed");
    assertThat(status(run, "after")).isEmpty();
    assertThat(gate.reservations()).containsEntry("run-1/pay/0", Reservation.COMMITTED);
  }

  @Test
  void aCancelledRunWhoseActionWasCutOffKeepsTheReservation() {
    ManualRun run = begun(MAIL, Shop.actions());
    assertThat(run.step()).isTrue();
    assertThat(run.feed(new Event.Cancelled("ann", "", run.clock().instant()))).isTrue();
    ManualRun found = run.cutOff(run.journal().size());
    assertThat(found.state().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(gate.reservations()).containsEntry("run-1/mail/0", Reservation.COMMITTED);
  }

  @Test
  void aRunThatIsOverAcceptsNothing() {
    ManualRun run = run(PAY);
    assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.feed(new Event.Cancelled("ann", "", run.clock().instant()))).isFalse();
    assertThat(run.pending()).isEmpty();
  }
}
