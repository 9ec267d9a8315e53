package dev.bylaw.policy.decision;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.REQUIRE_APPROVAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.Grant;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Decisions before and after people have agreed. */
class GrantTest {
  private static final String RULES =
      """
      - id: size
        on: pay
        require: params.amount <= 100
        enforcement: require_approval
      - id: never
        on: pay
        require: params.amount <= 1000
      - id: spend
        cap: {sum: amount, over: pay, limit: 150, per: agent, window: day}
        enforcement: require_approval
      """;

  private static String pay(int amount) {
    return "{\"action\": \"pay\", \"key\": \"k\", \"amount\": " + amount + "}";
  }

  private static House house() {
    return House.allowing().rules(RULES);
  }

  private static Facts granted(Facts facts, Decision asked) {
    return facts.withGrant(
        Optional.of(
            new Grant(
                "a1",
                asked.digest(),
                asked.action().key(),
                asked.ask().orElseThrow().rules(),
                Instant.MAX)));
  }

  @Test
  void nothingIsReservedWhilePeopleDecide() {
    Settled asked = house().settle(pay(120));
    assertThat(asked.decision().effect()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(asked.charges()).isEmpty();
    assertThat(asked.decision().ask().orElseThrow().rules())
        .extracting(Grant.GrantedRule::rule)
        .containsExactly("p/size");
  }

  @Test
  void grantedViolationsStandAndTheUsageIsReserved() {
    House house = house();
    Decision asked = house.decide(pay(160));
    assertThat(asked.ask().orElseThrow().rules()).hasSize(2);
    Settled done = house.with(facts -> granted(facts, asked)).settle(pay(160));
    assertThat(done.decision().effect()).isEqualTo(ALLOW);
    assertThat(done.decision().violations()).hasSize(2).allMatch(Violation::granted);
    assertThat(done.charges())
        .singleElement()
        .satisfies(charge -> assertThat(charge.hard()).isFalse());
  }

  @Test
  void anApprovalForOtherArgumentsIsRefused() {
    House house = house();
    Decision asked = house.decide(pay(120));
    Decision other = house.with(facts -> granted(facts, asked)).decide(pay(121));
    assertThat(other.effect()).isEqualTo(BLOCK);
    assertThat(other.reason()).isEqualTo(Reason.APPROVAL_REFUSED);
    assertThat(other.note()).isEqualTo("the approval is for other arguments");
  }

  @Test
  void anApprovalForAnotherRequestOrAfterItsExpiryIsRefused() {
    House house = house();
    Decision asked = house.decide(pay(120));
    Grant good = new Grant("a1", asked.digest(), "k", asked.ask().orElseThrow().rules(), House.NOW);
    assertThat(house.with(f -> f.withGrant(Optional.of(good))).decide(pay(120)).note())
        .startsWith("the approval was good until");
    Grant elsewhere = new Grant("a1", asked.digest(), "k2", good.rules(), Instant.MAX);
    assertThat(house.with(f -> f.withGrant(Optional.of(elsewhere))).decide(pay(120)).note())
        .isEqualTo("the approval is for another request");
  }

  @Test
  void whatWouldBeBlockedAllTheSameIsRefusedAtOnce() {
    Decision decision = house().decide(pay(1001));
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.ask()).isEmpty();
  }

  @Test
  void aRuleThatOnlyBitesOnceAgreedRefusesAtOnce() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: ask, on: pay, require: context.has_human_approval, enforcement: require_approval}
                - {id: trap, on: pay, forbid: context.has_human_approval && params.amount > 10}
                """);
    assertThat(house.effect(pay(5))).isEqualTo(REQUIRE_APPROVAL);
    Decision refused = house.decide(pay(11));
    assertThat(refused.effect()).isEqualTo(BLOCK);
    assertThat(refused.note()).isEqualTo("it would be blocked even if people agreed");
  }

  @Test
  void aNewViolationAsksAgain() {
    House house = house();
    Decision asked = house.decide(pay(120));
    house.decide(pay(100));
    Decision again = house.with(facts -> granted(facts, asked)).decide(pay(120));
    assertThat(again.effect()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(again.ask().orElseThrow().rules())
        .extracting(Grant.GrantedRule::rule)
        .contains("p/spend");
  }

  @Test
  void anUnrelatedPackEditChangesNothingAndAChangedRuleAsksAgain() {
    House house = house();
    Decision asked = house.decide(pay(120));
    house.replacePack(
        0,
        "pack: p\nscope: all\nversion: 2\nrules:\n"
            + ("- {id: new, on: other, require: \"true\"}\n" + RULES).indent(2));
    house.load();
    house.with(facts -> granted(facts, asked));
    assertThat(house.settle(pay(120)).decision().effect()).isEqualTo(ALLOW);
    house.replacePack(
        0, "pack: p\nscope: all\nrules:\n" + RULES.replace("<= 100\n", "<= 90\n").indent(2));
    house.load();
    assertThat(house.settle(pay(120)).decision().effect()).isEqualTo(REQUIRE_APPROVAL);
  }

  @Test
  void aStepThatDemandsApprovalIsDecidedAsIfPeopleHadAgreed() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: cedar-like, on: write, require: context.has_human_approval}
                - {id: size, on: write, require: params.amount <= 5}
                """);
    String small = "{\"action\": \"write\", \"amount\": 1}";
    assertThat(house.effect(small)).isEqualTo(BLOCK);
    house.with(facts -> facts.withRun(facts.run(), true));
    Decision asked = house.decide(small);
    assertThat(asked.effect()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(asked.reason()).isEqualTo(Reason.STEP);
    assertThat(house.effect("{\"action\": \"write\", \"amount\": 9}")).isEqualTo(BLOCK);
    house.with(facts -> granted(facts.withRun(facts.run(), true), asked));
    assertThat(house.effect(small)).isEqualTo(ALLOW);
  }

  @Test
  void termsOfEveryMatchingEscalationRuleHoldTogether() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: size, on: pay, require: "false", enforcement: require_approval}
                - {id: a, on: pay, approval: {approvers: [alice, bob], quorum: 1, timeout: 1h}}
                - {id: b, approval: {approvers: [bob, carol], quorum: 2, timeout: 30m}}
                - {id: c, on: other, approval: {approvers: [eve], quorum: 9}}
                """);
    Ask ask = house.decide(pay(1)).ask().orElseThrow();
    // Carol might be a group that Alice belongs to: that is seen when somebody answers.
    assertThat(ask.terms().approvers()).containsExactly("alice & carol", "bob");
    assertThat(ask.terms().quorum()).isEqualTo(2);
    assertThat(ask.terms().timeout()).contains(java.time.Duration.ofMinutes(30));
  }

  @Test
  void anEscalationRuleCanDemandApprovalAndRaiseGraveWarnings() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: must, on: pay, approval: {required: true}, enforcement: require_approval}
                - {id: w, on: mail, require: "false", enforcement: warn, severity: high}
                - {id: v, on: note, require: "false", enforcement: warn, severity: medium}
                - {id: grave, approval: {severity: high}}
                """);
    assertThat(house.effect(pay(1))).isEqualTo(REQUIRE_APPROVAL);
    assertThat(house.effect("{\"action\": \"mail\"}")).isEqualTo(REQUIRE_APPROVAL);
    assertThat(house.effect("{\"action\": \"note\"}")).isEqualTo(dev.bylaw.policy.Effect.WARN);
  }
}
