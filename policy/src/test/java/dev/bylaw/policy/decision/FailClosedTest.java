package dev.bylaw.policy.decision;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailClosedTest {
  private static final String BLOCKING = "identity: acme\nagents: {bot: {packs: [p]}}\n";

  @Test
  void whatNoRuleCoversIsBlockedWhereTheIdentityMakesNoChoice() {
    House house =
        House.of(BLOCKING)
            .pack(
                """
                pack: p
                rules:
                  - {id: named, on: a, require: "true"}
                  - {id: guarded, on: g, when: params.x == 1, require: "true"}
                  - {id: everywhere, forbid: has(params.bad)}
                  - {id: in-guard, when: action == "w", require: "true"}
                """);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.effect("{\"action\": \"a\"}")).isEqualTo(ALLOW);
    Decision uncovered = house.decide("{\"action\": \"b\"}");
    assertThat(uncovered.effect()).isEqualTo(BLOCK);
    assertThat(uncovered.reason()).isEqualTo(Reason.DEFAULT);
    assertThat(uncovered.note())
        .isEqualTo("no rule covers `b`, and the identity blocks what none covers");
    // A guard that does not hold leaves the action covered.
    assertThat(house.effect("{\"action\": \"g\", \"x\": 2}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"w\"}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"a\", \"bad\": 1}")).isEqualTo(BLOCK);
  }

  @Test
  void aStarCoversEveryAction() {
    House house =
        House.of(BLOCKING).pack("pack: p\nrules: [{id: a, on: \"*\", require: \"true\"}]\n");
    assertThat(house.effect("{\"action\": \"anything\"}")).isEqualTo(ALLOW);
  }

  @Test
  void aRuleOnATypeOfResourceCoversTheActionsThatTouchIt() {
    House house =
        House.of(
                """
                identity: acme
                default: block
                packs: [p]
                agents: {bot: {role: agent}}
                capabilities: {pay: {capability: pay, resource: transaction}}
                """)
            .pack(
                """
                pack: p
                rules: [{id: t, resource: transaction, constraints: {amount_max: 10}}]
                """);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.policies().covers("pay")).isTrue();
    assertThat(house.policies().covers("mail")).isFalse();
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 10}")).isEqualTo(ALLOW);
  }

  @Test
  void anAgentIsToldWhatARuleWouldNeedToBeEvaluated() {
    House house =
        House.allowing()
            .rules(
                "- {id: c, cap: {sum: amount, over: pay, limit: 5, window: day, per: customer_id}}");
    assertThat(house.decide("{\"action\": \"pay\", \"amount\": 1}").forAgent())
        .contains("could not be evaluated: `customer_id`");
  }

  @Test
  void aPrefixCoversActionsThatBeginSo() {
    House house =
        House.of(BLOCKING).pack("pack: p\nrules: [{id: a, on: crm_*, require: \"true\"}]\n");
    assertThat(house.effect("{\"action\": \"crm_read\"}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"cr\"}")).isEqualTo(BLOCK);
  }

  @Test
  void withoutPoliciesEverythingIsBlocked() {
    DecisionPoint point = new DecisionPoint(() -> "d");
    House house = House.allowing();
    ActionRequest request = ActionRequest.of("bot", "x", ObjectValue.EMPTY);
    var facts = house.registry().facts(request, List.of(), House.NOW);
    Decision before = point.prepare(request, facts).settle(house.usage()).decision();
    assertThat(before.effect()).isEqualTo(BLOCK);
    assertThat(before.reason()).isEqualTo(Reason.UNAVAILABLE);
    point.use(house.policies());
    assertThat(point.prepare(request, facts).settle(house.usage()).decision().effect())
        .isEqualTo(ALLOW);
    point.suspend("the log cannot be written");
    Decision after = point.prepare(request, facts).settle(house.usage()).decision();
    assertThat(after.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(after.note()).isEqualTo("the log cannot be written");
  }

  @Test
  void aPackThatNeverLoadedBlocksTheAgentsThatAttachIt() {
    House house =
        House.of(
                """
                identity: acme
                default: allow
                agents: {bot: {packs: [p]}, other: {}}
                """)
            .pack("pack: p\nenforcement: warn\nrules: [{id: a}]\n");
    Decision decision = house.decide("{\"action\": \"x\"}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(decision.note()).contains("the pack `p` has never loaded", "E0201");
    assertThat(house.effect("{\"action\": \"x\", \"agent\": \"other\"}")).isEqualTo(ALLOW);
  }

  @Test
  void aPackThatCannotEvenBeReadMayBeForEverybody() {
    House house = House.allowing().pack("pack: [unclosed");
    assertThat(house.decide("{\"action\": \"x\"}").reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void aBrokenPackNeverReplacesAWorkingOne() {
    House house =
        House.allowing()
            .pack("pack: p\nscope: all\nversion: 1\nrules: [{id: a, on: x, require: \"false\"}]\n");
    assertThat(house.effect("{\"action\": \"x\"}")).isEqualTo(BLOCK);
    String revision = house.policies().revision();
    house.replacePack(
        0, "pack: p\nscope: all\nversion: 2\nrules: [{id: a, on: x, requir: \"true\"}]\n");
    house.load();
    assertThat(house.problems()).isNotEmpty();
    assertThat(house.decide("{\"action\": \"x\"}").violations().getFirst().rule())
        .hasToString("p@1/a");
    assertThat(house.policies().revision()).isEqualTo(revision);
    house.replacePack(0, ": not yaml [");
    house.load();
    assertThat(house.effect("{\"action\": \"x\"}")).isEqualTo(BLOCK);
  }

  @Test
  void anAgentWhoseOwnRulesAreBrokenIsNotDecidedOn() {
    House house =
        House.of(
            """
            identity: acme
            default: allow
            agents: {bot: {overrides: [{id: a, tone: 5, nonsense: true}]}, other: {}}
            """);
    assertThat(house.decide("{\"action\": \"x\"}").reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(house.effect("{\"action\": \"x\", \"agent\": \"other\"}")).isEqualTo(ALLOW);
  }

  @Test
  void aRuleThatCannotBeEvaluatedCountsAsViolatedAndSaysSo() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: body, on: x, require: params.amount <= 100, message: too much}
                - {id: guard, on: y, when: params.kind == "a", require: "true", enforcement: warn}
                """);
    Decision body = house.decide("{\"action\": \"x\"}");
    assertThat(body.effect()).isEqualTo(BLOCK);
    Violation violation = body.violations().getFirst();
    assertThat(violation.failed()).isTrue();
    assertThat(violation.message()).isEqualTo("too much");
    assertThat(violation.detail()).startsWith("the rule could not be evaluated: ");
    assertThat(house.effect("{\"action\": \"x\", \"amount\": \"100\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"y\"}")).isEqualTo(WARN);
    assertThat(house.effect("{\"action\": \"y\", \"kind\": \"b\"}")).isEqualTo(ALLOW);
  }

  @Test
  void rulesThatNoDetectorCanJudgeFail() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: tone, on: a, tone: professional}
                - {id: topics, on: b, topics: [legal_advice]}
                - {id: inject, on: c, prompt_injection: true}
                - {id: language, on: d, language: en}
                """);
    assertThat(house.problemText()).isEmpty();
    for (String action : List.of("a", "b", "c", "d")) {
      Decision decision = house.decide("{\"action\": \"" + action + "\", \"body\": \"Hello\"}");
      assertThat(decision.effect()).as(action).isEqualTo(BLOCK);
      assertThat(decision.violations().getFirst().detail()).contains("is installed");
    }
  }

  @Test
  void everyViolationIsInTheDecisionWithFileAndLine() {
    Decision decision =
        House.allowing()
            .rules("- {id: a, on: x, require: params.amount <= 100, message: ask first}\n")
            .decide("{\"action\": \"x\", \"amount\": 101}");
    Violation violation = decision.violations().getFirst();
    assertThat(violation.file()).isEqualTo("packs/pack-1.yaml");
    assertThat(violation.line()).isEqualTo(4);
    assertThat(violation.detail()).contains("params.amount <= 100 is false");
    assertThat(decision.forAgent())
        .isEqualTo(
            "`x` is blocked; it was not done. Ask first. Change the action so that this no longer"
                + " holds, or do without it.");
    assertThat(decision.forAuditor())
        .contains("block (rules): bot → x", "p/a", "packs/pack-1.yaml:4", "ask first");
  }

  @Test
  void aDecisionSurvivesJson() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: a, on: x, require: params.amount <= 100, enforcement: require_approval}
                - {id: sign, signature: The team}
                - id: cap
                  cap: {sum: amount, over: x, limit: 1000, per: agent, window: day}
                - {id: who, on: x, approval: {approvers: [alice], quorum: 1, timeout: 30m}}
                """);
    Decision decision = house.decide("{\"action\": \"x\", \"amount\": 101.5, \"body\": \"Hi\"}");
    assertThat(decision.ask().orElseThrow().terms().approvers()).containsExactly("alice");
    assertThat(Decision.fromValue(decision.toValue())).isEqualTo(decision);
    assertThat(Decision.fromValue(decision.toValue()).digest()).isEqualTo(decision.digest());
    assertThat(decision.result()).isEqualTo(Optional.empty());
  }
}
