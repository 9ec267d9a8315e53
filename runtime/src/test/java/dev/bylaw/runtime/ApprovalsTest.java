package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.approve.Approvals;
import dev.bylaw.runtime.decide.DecisionDesk.Decided;
import dev.bylaw.runtime.decide.DecisionDesk.Outcome;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.store.erasure.Erasure;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person's yes is good for, and what it is not. */
class ApprovalsTest {
  private static final String PACK =
      """
      pack: people
      name: People
      version: 1.0.0
      category: escalation
      description: What people are asked about.
      enforcement: require_approval
      severity: high
      rules:
        - id: large-gifts
          on: send_gift
          require: params.worth < 100
          message: gifts worth 100 or more need a person's yes
      """;

  @TempDir Path folder;
  private final Acme.Clock clock = new Acme.Clock();
  private Path dir;
  private Bylaw bylaw;

  @BeforeEach
  void open() throws IOException {
    dir = Acme.in(folder);
    Files.writeString(dir.resolve("packs/people.yaml"), PACK);
    Path config = dir.resolve("bylaw.yaml");
    Acme.replace(config, "packs: [data_protection,", "packs: [people, data_protection,");
    // An agent that has the name of an approver, as a person's own agent may.
    Acme.replace(config, "agents:\n", "agents:\n  dana: { role: agent, environment: test }\n");
    bylaw = Acme.open(dir, clock);
    assertThat(bylaw.diagnostics()).isEmpty();
  }

  @AfterEach
  void close() {
    bylaw.close();
  }

  private Decided gift(String agent, String key, int worth) {
    return bylaw.decide(
        new ActionRequest(
            agent,
            "send_gift",
            "",
            ObjectValue.EMPTY,
            ObjectValue.of("worth", NumberValue.of(worth)),
            ObjectValue.EMPTY,
            key));
  }

  private Decided gift(String key, int worth) {
    return gift(Acme.AGENT, key, worth);
  }

  private void approve(Decided asked, Approvals.Person who) {
    bylaw
        .approvals()
        .approve(asked.approval().orElseThrow(), who, "seen", Optional.empty(), Optional.empty());
  }

  private Decided askedAndApproved(String key, int worth) {
    Decided asked = gift(key, worth);
    assertThat(asked.decision().effect()).isEqualTo(Effect.REQUIRE_APPROVAL);
    approve(asked, Acme.DANA);
    return asked;
  }

  @Test
  void whatWasAgreedToIsAllowed() {
    Decided _ = askedAndApproved("gift-1", 500);
    assertThat(gift("gift-1", 500).decision().allowed()).isTrue();
  }

  @Test
  void anApprovalForOtherArgumentsIsRefused() {
    Decided _ = askedAndApproved("gift-1", 500);
    assertThat(gift("gift-1", 501).decision().allowed()).isFalse();
    assertThat(gift("gift-1", 500).decision().allowed()).isTrue();
  }

  @Test
  void anApprovalForAnotherRequestIsRefused() {
    Decided _ = askedAndApproved("gift-1", 500);
    assertThat(gift("gift-2", 500).decision().allowed()).isFalse();
  }

  @Test
  void anApprovalIsNotUsedTwice() {
    Decided _ = askedAndApproved("gift-1", 500);
    Decided first = gift("gift-1", 500);
    assertThat(first.decision().allowed()).isTrue();
    bylaw.report(first.decision().id(), Outcome.DONE);
    Decided second = gift("gift-1", 500);
    assertThat(second.decision().allowed()).isFalse();
    assertThat(second.approval()).isNotEqualTo(first.approval());
  }

  @Test
  void callersWhoUseOneApprovalAtTheSameTimeGetOneYes() {
    for (int round = 0; round < 10; round++) {
      String key = "gift-" + round;
      Decided _ = askedAndApproved(key, 500);
      List<CompletableFuture<Decided>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(bylaw.decideLater(gift(key)));
      }
      assertThat(all.stream().filter(each -> each.join().decision().allowed()).count())
          .as("round %d", round)
          .isEqualTo(1);
    }
  }

  private static ActionRequest gift(String key) {
    return new ActionRequest(
        Acme.AGENT,
        "send_gift",
        "",
        ObjectValue.EMPTY,
        ObjectValue.of("worth", NumberValue.of(500)),
        ObjectValue.EMPTY,
        key);
  }

  @Test
  void anErasedApprovalGrantsNothingAndStandsInNobodysWay() {
    Decided asked = gift("gift-of-ada", 500);
    String id = asked.approval().orElseThrow();
    bylaw.approvals().reject(id, Acme.DANA, "no");
    bylaw
        .audit()
        .erase(new Erasure.Subject(bylaw.identity(), "gift-of-ada", Set.of()), "dana", "asked");

    Decided again = gift("gift-of-ada", 500);
    assertThat(again.decision().effect()).isEqualTo(Effect.REQUIRE_APPROVAL);
    assertThat(again.approval()).isPresent().isNotEqualTo(asked.approval());
    assertThatThrownBy(() -> bylaw.approvals().reject(id, Acme.DANA, "again"))
        .isInstanceOf(BylawException.class)
        .hasMessageContaining("erased");
  }

  @Test
  void anApprovalIsNoGoodOnceItHasExpired() {
    Decided _ = askedAndApproved("gift-1", 500);
    clock.pass(Duration.ofHours(25));
    Decided late = gift("gift-1", 500);
    assertThat(late.decision().allowed()).isFalse();
    assertThat(late.decision().reason()).isIn(Reason.APPROVAL_REFUSED, Reason.RULES);
  }

  @Test
  void anApprovalSurvivesTheEditOfAnotherPack() throws IOException {
    Decided _ = askedAndApproved("gift-1", 500);
    Acme.replace(dir.resolve("packs/ops-caps.yaml"), "limit: 100,", "limit: 99,");
    assertThat(bylaw.reload()).isEmpty();
    assertThat(gift("gift-1", 500).decision().allowed()).isTrue();
  }

  @Test
  void anApprovalDoesNotSurviveTheEditOfItsRule() throws IOException {
    Decided _ = askedAndApproved("gift-1", 500);
    Acme.replace(dir.resolve("packs/people.yaml"), "worth < 100", "worth < 10");
    assertThat(bylaw.reload()).isEmpty();
    assertThat(gift("gift-1", 500).decision().allowed()).isFalse();
  }

  @Test
  void anApprovalIsNoGoodAgainstARuleThatBlocks() throws IOException {
    Decided _ = askedAndApproved("gift-1", 500);
    Acme.replace(
        dir.resolve("packs/people.yaml"),
        "rules:\n",
        "rules:\n  - { id: none, on: send_gift, forbid: 'true', enforcement: block, message: no }\n");
    assertThat(bylaw.reload()).isEmpty();
    assertThat(gift("gift-1", 500).decision().effect()).isEqualTo(Effect.BLOCK);
  }

  @Test
  void anApprovalSurvivesARestart() {
    Decided _ = askedAndApproved("gift-1", 500);
    bylaw.close();
    bylaw = Acme.open(dir, clock);
    assertThat(gift("gift-1", 500).decision().allowed()).isTrue();
  }

  @Test
  void whoAsksNeverAgrees() {
    Decided asked = gift("dana", "gift-1", 500);
    assertThatThrownBy(() -> approve(asked, Acme.DANA)).isInstanceOf(BylawException.class);
    assertThat(gift("dana", "gift-1", 500).decision().allowed()).isFalse();
    approve(asked, Acme.LEE);
    assertThat(gift("dana", "gift-1", 500).decision().allowed()).isTrue();
  }

  @Test
  void nobodyAnswersWithoutTheirOwnKey() {
    Decided asked = gift("gift-1", 500);
    var wrong = new Approvals.Person("dana", Acme.LEE.key());
    var none = new Approvals.Person("dana", Optional.empty());
    var stranger = new Approvals.Person("eve", Optional.of("eve's own key"));
    assertThatThrownBy(() -> approve(asked, wrong)).hasMessageContaining("not that of `dana`");
    assertThatThrownBy(() -> approve(asked, none)).hasMessageContaining("BYLAW_KEY");
    assertThatThrownBy(() -> approve(asked, stranger)).hasMessageContaining("`eve`");
    assertThatThrownBy(() -> bylaw.approvals().reject(asked.approval().orElseThrow(), wrong, "no"))
        .isInstanceOf(BylawException.class);
    assertThat(gift("gift-1", 500).decision().allowed()).isFalse();
    assertThat(bylaw.approvals().pending()).hasSize(1);
  }

  @Test
  void theSameQuestionIsAskedOnce() {
    Decided first = gift("gift-1", 500);
    Decided second = gift("gift-1", 500);
    assertThat(second.approval()).isEqualTo(first.approval());
    assertThat(bylaw.approvals().pending()).hasSize(1);
  }

  private RunStanding refund() {
    RunStanding waiting = bylaw.run("process_customer_refund", Acme.AGENT, Acme.refundOf("42.50"));
    assertThat(waiting.status().word()).isEqualTo("waiting_for_approval");
    return waiting;
  }

  private void approvedTo(String end, RunStanding waiting) {
    assertThat(Acme.approve(bylaw, Acme.asked(bylaw, waiting), Acme.LEE).runs())
        .extracting(run -> run.status().word())
        .containsExactly(end);
  }

  @Test
  void aRunThatWaitsIsAgreedToAfterTheEditOfAnotherPack() throws IOException {
    RunStanding waiting = refund();
    Acme.replace(dir.resolve("packs/ops-caps.yaml"), "limit: 100,", "limit: 99,");
    assertThat(bylaw.reload()).isEmpty();
    approvedTo("completed", waiting);
    assertThat(bylaw.sandbox().payments()).isEqualTo(1);
  }

  @Test
  void aRunThatWaitsIsAgreedToAfterARestart() {
    RunStanding waiting = refund();
    bylaw.close();
    bylaw = Acme.open(dir, clock);
    approvedTo("completed", waiting);
    assertThat(bylaw.sandbox().payments()).isEqualTo(1);
    assertThat(bylaw.sandbox().mails()).isEqualTo(1);
  }

  @Test
  void aRunThatWaitsIsHeldToTheLimitsOfTheDayItIsAgreedTo() throws IOException {
    RunStanding waiting = refund();
    Acme.replace(
        dir.resolve("packs/financial-limits.yaml"),
        "{ amount_below: 1000 }",
        "{ amount_below: 40 }");
    // The pack's own examples no longer hold; they go with the limit.
    String text = Files.readString(dir.resolve("packs/financial-limits.yaml"));
    int from = text.indexOf("    examples:");
    int to = text.indexOf("  - id: daily-total");
    Files.writeString(
        dir.resolve("packs/financial-limits.yaml"), text.substring(0, from) + text.substring(to));
    assertThat(bylaw.reload()).isEmpty();
    approvedTo("blocked", waiting);
    assertThat(bylaw.sandbox().payments()).isZero();
  }

  @Test
  void anAnswerThatComesAfterAWeekendIsAsGoodAsAnother() {
    RunStanding waiting = refund();
    clock.pass(Duration.ofDays(3));
    approvedTo("completed", waiting);
    assertThat(bylaw.sandbox().payments()).isEqualTo(1);
  }

  @Test
  void aRunThatWaitsKeepsTheVarsItBeganWith() throws IOException {
    RunStanding waiting = refund();
    bylaw.close();
    String config = Files.readString(dir.resolve("bylaw.yaml"));
    Path refund = dir.resolve("playbooks/process_customer_refund.yaml");
    Files.delete(refund);
    Files.writeString(
        dir.resolve("bylaw.yaml"),
        config.replaceAll("(?m)^(\\s+)payment_gateway:", "$1other_name:"));
    bylaw = Acme.open(dir, clock);
    approvedTo("completed", waiting);
    assertThat(bylaw.sandbox().payments()).isEqualTo(1);
  }

  @Test
  void aRunOfAPlaybookInJsonGoesOnAfterARestart() throws IOException {
    Files.writeString(
        dir.resolve("playbooks/ask.json"),
        """
        {
        \t"playbook": {
        \t\t"name": "ask",
        \t\t"version": "1",
        \t\t"steps": [
        \t\t\t{"id": "say", "action": "log", "params": {"message": "hello"},
        \t\t\t"requires_approval": true}
        \t\t]
        \t}
        }
        """);
    assertThat(bylaw.reload()).isEmpty();
    RunStanding waiting = bylaw.run("ask", Acme.AGENT, ObjectValue.EMPTY);
    bylaw.close();
    bylaw = Acme.open(dir, clock);
    approvedTo("completed", waiting);
  }

  @Test
  void whereNobodyOfThoseAStepNamesAnswersTheNextLevelIsAsked()
      throws IOException, InterruptedException {
    Files.writeString(
        dir.resolve("playbooks/ask.yaml"),
        """
        playbook:
          name: ask
          version: "1"
          steps:
            - id: say
              action: log
              params: { message: hello }
              requires_approval: { approvers: [dana], timeout: 5m, on_timeout: escalate }
        """);
    assertThat(bylaw.reload()).isEmpty();
    RunStanding waiting = bylaw.run("ask", Acme.AGENT, ObjectValue.EMPTY);
    var first = Acme.asked(bylaw, waiting);
    assertThatThrownBy(() -> Acme.approve(bylaw, first, Acme.LEE))
        .hasMessageContaining("`lee` is not among those who may answer");
    bylaw.close();
    clock.pass(Duration.ofMinutes(6));
    bylaw = Acme.open(dir, clock);
    approvedTo("completed", escalated(waiting, first.id()));
  }

  /** Waits until a run asks another question than it did: the house's own clock makes it. */
  private RunStanding escalated(RunStanding waiting, String first) throws InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      if (bylaw.approvals().pending().stream()
          .anyMatch(each -> each.run().equals(waiting.id()) && !each.id().equals(first))) {
        return waiting;
      }
      Thread.sleep(Duration.ofMillis(10));
    }
    throw new AssertionError("nobody else was asked");
  }

  private void andRule(String rule) throws IOException {
    Path pack = dir.resolve("packs/people.yaml");
    Files.writeString(pack, Files.readString(pack) + rule.indent(2));
    assertThat(bylaw.reload()).isEmpty();
  }

  @Test
  void ofAGroupThatOneRuleNamesAndAMemberThatAnotherNamesThatMemberMayAnswer() throws IOException {
    andRule("- { id: by-managers, on: send_gift, approval: { approvers: [managers] } }");
    andRule("- { id: by-lee, on: send_gift, approval: { approvers: [lee] } }");
    Decided asked = gift("gift-1", 500);
    assertThatThrownBy(() -> approve(asked, Acme.DANA))
        .hasMessageContaining("`dana` is not among those who may answer");
    approve(asked, Acme.LEE);
    assertThat(gift("gift-1", 500).decision().allowed()).isTrue();
  }

  @Test
  void whoAgreesAfterAColleaguesEditDoesNotAgreeToTheEdit() throws IOException {
    andRule("- { id: two-of-them, on: send_gift, approval: { quorum: 2 } }");
    String id = gift("gift-1", 500).approval().orElseThrow();
    Optional<ObjectValue> less = Optional.of(ObjectValue.of("worth", NumberValue.of(400)));
    var _ = bylaw.approvals().approve(id, Acme.DANA, "less", less, Optional.empty());
    assertThatThrownBy(() ->
            bylaw.approvals().approve(id, Acme.LEE, "fine", Optional.empty(), Optional.empty()))
        .hasMessageContaining("`dana` has changed the action: it is version 2")
        .hasMessageContaining("--at-version 2");
    assertThatThrownBy(() ->
            bylaw.approvals().approve(id, 3, Acme.LEE, "", Optional.empty(), Optional.empty()))
        .hasMessageContaining("there is no version 3");
    var agreed =
        bylaw.approvals().approve(id, 2, Acme.LEE, "fine", Optional.empty(), Optional.empty());
    assertThat(agreed.approval().status()).isEqualTo("approved");
    assertThat(gift("gift-1", 500).decision().allowed()).isFalse();
    assertThat(gift("gift-1", 400).decision().allowed()).isTrue();
  }

  @Test
  void nobodyAgreesAfterTheTimeForAnAnswerIsOver() {
    ObjectValue change =
        ObjectValue.of(
            "sql", StringValue.of("UPDATE orders SET status = 'returned' WHERE id = 'o-1001'"));
    RunStanding waiting = bylaw.run("modify_data", Acme.AGENT, change);
    var asked = Acme.asked(bylaw, waiting);
    clock.pass(Duration.ofMinutes(6));
    // The house's clock may have ended the question already; either way it is too late.
    assertThatThrownBy(() -> Acme.approve(bylaw, asked, Acme.DANA))
        .isInstanceOf(BylawException.class)
        .hasMessageMatching("time was up at .*|the approval is (expired|cancelled)");
    assertThat(
            bylaw
                .run(
                    "query_data",
                    Acme.AGENT,
                    ObjectValue.of(
                        "sql", StringValue.of("SELECT status FROM orders WHERE id = 'o-1001'")))
                .output()
                .toString())
        .doesNotContain("returned");
  }
}
