package dev.bylaw.policy.decision;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CapDecisionTest {
  private static final String SPEND =
      "- {id: spend, cap: {sum: amount, over: [pay, refund], limit: 100 USD, per: agent, window:"
          + " day}}\n";

  private static String pay(String more) {
    return "{\"action\": \"pay\"" + more + "}";
  }

  @Test
  void aChargeNamesItsCounterAmountLimitAndWindow() {
    Settled settled =
        House.of(
                """
                identity: acme
                default: allow
                zone: Europe/Berlin
                agents: {bot: {}}
                """)
            .rules(SPEND)
            .settle(pay(", \"amount\": 40.50"));
    assertThat(settled.charges())
        .containsExactly(
            new CapCharge(
                new CapCounter("acme", "p", "spend", "bot", "USD"),
                new BigDecimal("40.5"),
                new BigDecimal("100"),
                true,
                new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneId.of("Europe/Berlin")),
                true));
  }

  @Test
  void theRulesZoneCountsBeforeTheIdentitys() {
    Settled settled =
        House.of("identity: acme\ndefault: allow\nzone: Europe/Berlin\nagents: {bot: {}}\n")
            .rules(
                """
                - {id: a, cap: {count: pay, limit: 5, window: day, zone: Asia/Tokyo}}
                - {id: b, cap: {count: pay, limit: 5, window: {rolling: 90m}}}
                - {id: c, cap: {concurrent: pay, limit: 5, per: [agent, region]}}
                """)
            .settle(pay(", \"region\": \"eu\""));
    assertThat(settled.charges())
        .extracting(CapCharge::window)
        .containsExactly(
            new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneId.of("Asia/Tokyo")),
            new CapWindow.Rolling(Duration.ofMinutes(90)),
            new CapWindow.Concurrent());
    assertThat(settled.charges().getFirst().counter().key()).isEmpty();
    assertThat(settled.charges().getLast().counter().key()).isEqualTo("[\"bot\",\"eu\"]");
  }

  @Test
  void capsCountTogetherOverActions() {
    House house = House.allowing().rules(SPEND);
    assertThat(house.effect(pay(", \"amount\": 60"))).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"refund\", \"amount\": 40.01}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"refund\", \"amount\": 40}")).isEqualTo(ALLOW);
  }

  @Test
  void aRefusedActionBurnsNoBudget() {
    House house = House.allowing().rules(SPEND + "- {id: no, on: pay, forbid: params.bad}\n");
    Settled refused = house.settle(pay(", \"amount\": 40, \"bad\": true"));
    assertThat(refused.decision().effect()).isEqualTo(BLOCK);
    assertThat(refused.charges()).isEmpty();
    assertThat(refused.decision().caps()).isEmpty();
  }

  @Test
  void allCapsOfAnActionHoldOrNoneIsCharged() {
    House house =
        House.allowing()
            .rules(SPEND + "- {id: once, cap: {count: pay, limit: 1, per: agent, window: day}}\n");
    assertThat(house.settle(pay(", \"amount\": 10")).charges()).hasSize(2);
    house.decide(pay(", \"amount\": 10"));
    Settled second = house.settle(pay(", \"amount\": 10"));
    assertThat(second.decision().effect()).isEqualTo(BLOCK);
    assertThat(second.charges()).isEmpty();
  }

  @Test
  void overASoftCapTheUsageIsRecordedAsOverage() {
    House house =
        House.allowing()
            .rules("- {id: w, enforcement: warn, cap: {count: pay, limit: 1, window: day}}\n");
    house.decide(pay(""));
    Settled over = house.settle(pay(""));
    assertThat(over.decision().effect()).isEqualTo(WARN);
    assertThat(over.charges()).singleElement().matches(charge -> !charge.hard());
  }

  @Test
  void anotherCurrencyFails() {
    House house = House.allowing().rules(SPEND);
    Decision decision = house.decide(pay(", \"amount\": 1, \"currency\": \"EUR\""));
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().detail())
        .isEqualTo("the amount is in EUR, the limit in USD");
    assertThat(house.effect(pay(", \"amount\": 1, \"currency\": \"usd\""))).isEqualTo(ALLOW);
    assertThat(house.effect(pay(", \"amount\": 1, \"currency\": 5"))).isEqualTo(BLOCK);
  }

  @Test
  void aMissingKeyFails() {
    House house =
        House.allowing()
            .rules("- {id: c, cap: {count: pay, limit: 9, per: customer_id, window: day}}\n");
    assertThat(house.effect(pay(""))).isEqualTo(BLOCK);
    assertThat(house.effect(pay(", \"customer_id\": \"  \""))).isEqualTo(BLOCK);
    assertThat(house.effect(pay(", \"customer_id\": {\"a\": 1}"))).isEqualTo(BLOCK);
    assertThat(house.effect(pay(", \"customer_id\": \"c\""))).isEqualTo(ALLOW);
  }

  @Test
  void countersSurviveANewVersionOfThePack() {
    House house =
        House.allowing().pack("pack: p\nscope: all\nversion: 1\nrules:\n" + SPEND.indent(2));
    house.decide(pay(", \"amount\": 100"));
    house.replacePack(0, "pack: p\nscope: all\nversion: 2\nrules:\n" + SPEND.indent(2));
    house.load();
    assertThat(house.effect(pay(", \"amount\": 1"))).isEqualTo(BLOCK);
  }

  @Test
  void theAttachmentsLevelDecidesWhetherACapIsHard() {
    House house =
        House.of(
                """
                identity: acme
                default: allow
                currency: USD
                agents: {bot: {packs: [{pack: q, enforcement: block}]}}
                """)
            .pack("pack: q\nenforcement: warn\nrules:\n" + SPEND.indent(2));
    assertThat(house.settle(pay(", \"amount\": 1")).charges().getFirst().hard()).isTrue();
  }
}
