package dev.bylaw.policy.effective;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.REQUIRE_APPROVAL;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.House;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.policy.rule.TextClassifier;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
  private static final String PAY = "{\"action\": \"pay\", \"amount\": 150}";

  /** An agent with a mode, an attachment, and overrides. */
  private static House house(String mode, String attachment, String overrides) {
    return House.of(
        """
        identity: acme
        default: allow
        currency: USD
        agents:
          bot:
            precedence: %s
            packs: [%s]
            overrides: %s
        """
            .formatted(mode, attachment, overrides));
  }

  private static House withLimit(String mode, String level, boolean overridable) {
    return house(mode, "{pack: limits, enforcement: " + level + "}", "[]")
        .pack(
            """
            pack: limits
            enforcement: require_approval
            overridable: %s
            rules:
              - id: small
                on: pay
                require: params.amount <= 100
            """
                .formatted(overridable));
  }

  @Test
  void underIdentityOverridesAnAttachmentsLevelHasNoEffect() {
    assertThat(withLimit("identity_overrides", "block", true).effect(PAY))
        .isEqualTo(REQUIRE_APPROVAL);
    assertThat(withLimit("identity_overrides", "warn", true).effect(PAY))
        .isEqualTo(REQUIRE_APPROVAL);
  }

  @Test
  void underMostRestrictiveTheStrongerLevelCounts() {
    assertThat(withLimit("most_restrictive", "block", false).effect(PAY)).isEqualTo(BLOCK);
    assertThat(withLimit("most_restrictive", "warn", true).effect(PAY)).isEqualTo(REQUIRE_APPROVAL);
  }

  @Test
  void underMostRestrictiveAnAgentsOwnAttachmentDoesNotWeakenWhatAllAgentsGet() {
    String pack =
        "{pack: limits, version: 1.0.0, category: operational, enforcement: warn,"
            + " rules: [{id: no, on: pay, require: 'params.amount <= 0'}]}";
    String all = "packs: [{pack: limits, enforcement: block}]";
    String own = "agents: {bot: {packs: [{pack: limits, enforcement: warn}]}}";
    House house = House.of("{identity: acme, default: allow, " + all + ", " + own + "}").pack(pack);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.effect(PAY)).isEqualTo(BLOCK);
  }

  @Test
  void underAgentOverridesTheAttachmentsLevelReplacesTheRulesWhereItMay() {
    assertThat(withLimit("agent_overrides", "warn", true).effect(PAY)).isEqualTo(WARN);
    assertThat(withLimit("agent_overrides", "warn", false).effect(PAY)).isEqualTo(REQUIRE_APPROVAL);
  }

  @Test
  void deniedEscalatedAndLoggedAreOtherWordsForTheSameLevels() {
    assertThat(withLimit("agent_overrides", "deny", true).effect(PAY)).isEqualTo(BLOCK);
    assertThat(withLimit("agent_overrides", "log", true).effect(PAY)).isEqualTo(WARN);
    assertThat(withLimit("agent_overrides", "escalate", true).effect(PAY))
        .isEqualTo(REQUIRE_APPROVAL);
  }

  private static House withCaps(String mode, String limit, boolean overridable) {
    return house(
            mode,
            "caps",
            "[{id: own, cap: {sum: amount, over: pay, limit: "
                + limit
                + ", per: agent, window: day}}]")
        .pack(
            """
            pack: caps
            rules:
              - id: spend
                overridable: %s
                cap: {sum: amount, over: pay, limit: 100, per: agent, window: day}
            """
                .formatted(overridable));
  }

  @Test
  void theIdentitysCapWinsUnderIdentityOverrides() {
    House house = withCaps("identity_overrides", "200", true);
    assertThat(house.problemText()).isEmpty();
    Decision decision = house.decide(PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.overridden())
        .singleElement()
        .satisfies(lost -> {
          assertThat(lost.rule()).hasToString("agent:bot/own");
          assertThat(lost.by()).hasToString("caps/spend");
          assertThat(lost.why()).isEqualTo("identity overrides");
        });
  }

  @Test
  void theLowerCapWinsUnderMostRestrictive() {
    assertThat(withCaps("most_restrictive", "200", true).effect(PAY)).isEqualTo(BLOCK);
    assertThat(withCaps("most_restrictive", "100", true).effect(PAY)).isEqualTo(BLOCK);
    House lower = withCaps("most_restrictive", "50", true);
    assertThat(lower.effect("{\"action\": \"pay\", \"amount\": 60}")).isEqualTo(BLOCK);
    assertThat(lower.effect("{\"action\": \"pay\", \"amount\": 50}")).isEqualTo(ALLOW);
  }

  @Test
  void theAgentsCapWinsUnderAgentOverridesWhereTheRuleAllowsIt() {
    assertThat(withCaps("agent_overrides", "200", true).effect(PAY)).isEqualTo(ALLOW);
    assertThat(withCaps("agent_overrides", "200", false).effect(PAY)).isEqualTo(BLOCK);
  }

  /** "Identity says professional tone → agent can't use casual." */
  private static House withTone(String mode, boolean overridable, String own) {
    TextClassifier tells = (_, labels, text) -> new TextClassifier.Answer.Judged(Set.of(text), "");
    return house(mode, "brand", "[{id: own, tone: [" + own + "]}]")
        .with(RuleEnvironment.standard().with(tells))
        .pack(
            """
            pack: brand
            category: brand
            overridable: %s
            rules:
              - id: tone
                tone: [professional, friendly]
            """
                .formatted(overridable));
  }

  private static Effect say(House house, String tone) {
    return house.effect("{\"action\": \"send\", \"body\": \"" + tone + "\"}");
  }

  @Test
  void anIdentitysToneHoldsAgainstAnAgentsUnderIdentityOverrides() {
    House house = withTone("identity_overrides", true, "casual");
    assertThat(say(house, "casual")).isEqualTo(BLOCK);
    assertThat(say(house, "friendly")).isEqualTo(ALLOW);
  }

  @Test
  void onlyWhatBothAllowIsAllowedUnderMostRestrictive() {
    House house = withTone("most_restrictive", true, "friendly, casual");
    assertThat(say(house, "friendly")).isEqualTo(ALLOW);
    assertThat(say(house, "casual")).isEqualTo(BLOCK);
    assertThat(say(house, "professional")).isEqualTo(BLOCK);
  }

  @Test
  void anAgentsToneHoldsUnderAgentOverrides() {
    House house = withTone("agent_overrides", true, "casual");
    assertThat(say(house, "casual")).isEqualTo(ALLOW);
    assertThat(say(house, "friendly")).isEqualTo(BLOCK);
    assertThat(say(withTone("agent_overrides", false, "casual"), "casual")).isEqualTo(BLOCK);
  }

  @Test
  void aRuleThatReplacesAnotherCompetesWithItByName() {
    String own = "[{id: own, replaces: limits/small, on: pay, require: params.amount <= 200}]";
    for (String mode : new String[] {"identity_overrides", "most_restrictive", "agent_overrides"}) {
      House house =
          house(mode, "limits", own)
              .pack(
                  """
                  pack: limits
                  rules:
                    - id: small
                      on: pay
                      overridable: true
                      require: params.amount <= 100
                  """);
      assertThat(house.problemText()).isEmpty();
      assertThat(house.effect(PAY))
          .as(mode)
          .isEqualTo(mode.equals("agent_overrides") ? ALLOW : BLOCK);
    }
  }

  @Test
  void aRecordedResolutionDecidesAndIsShown() {
    House house =
        House.of(
                """
                identity: acme
                default: allow
                agents: {bot: {packs: [a, b]}}
                resolutions:
                  - {setting: signature, winner: b/sign, note: agreed in May, by: alice}
                """)
            .pack("pack: a\nrules: [{id: sign, signature: The A team}]\n")
            .pack("pack: b\nrules: [{id: sign, signature: The B team}]\n");
    assertThat(house.problemText()).isEmpty();
    Decision decision = house.decide("{\"action\": \"send\", \"body\": \"Hi\"}");
    assertThat(decision.params().text("body")).isEqualTo("Hi\n\nThe B team");
    EffectivePolicy policy = house.policies().agent("bot").orElseThrow().effective();
    assertThat(policy.overridden())
        .singleElement()
        .satisfies(lost -> {
          assertThat(lost.rule().id()).hasToString("a/sign");
          assertThat(lost.why()).isEqualTo("by resolution");
          assertThat(lost.resolution()).isEqualTo("agreed in May (alice)");
        });
  }

  @Test
  void ofTwoPacksTheStrongerRuleOfOneSettingWins() {
    House house =
        House.of("identity: acme\ndefault: allow\nagents: {bot: {packs: [a, b]}}\n")
            .pack("pack: a\nenforcement: warn\nrules: [{id: sign, signature: The A team}]\n")
            .pack("pack: b\nenforcement: block\nrules: [{id: sign, signature: The B team}]\n");
    assertThat(house.decide("{\"action\": \"send\", \"body\": \"Hi\"}").params().text("body"))
        .endsWith("The B team");
  }

  @Test
  void aRulesLevelIsItsOwnElseItsPacks() {
    House house =
        House.allowing()
            .pack(
                """
                pack: levels
                scope: [bot]
                enforcement: warn
                severity: low
                rules:
                  - {id: packs, on: a, require: "false"}
                  - {id: own, on: b, require: "false", enforcement: block, severity: critical}
                """);
    assertThat(house.effect("{\"action\": \"a\"}")).isEqualTo(WARN);
    Decision decision = house.decide("{\"action\": \"b\"}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().severity().word()).isEqualTo("critical");
  }

  @Test
  void aPackIsForAllAgentsForSomeOrForThoseThatAttachIt() {
    House house =
        House.of(
                """
                identity: acme
                default: allow
                agents: {bot: {}, other: {}}
                """)
            .pack("pack: everyone\nscope: all\nrules: [{id: a, on: a, require: \"false\"}]\n")
            .pack("pack: some\nscope: [other]\nrules: [{id: b, on: b, require: \"false\"}]\n")
            .pack("pack: none\nrules: [{id: c, on: c, require: \"false\"}]\n");
    assertThat(house.effect("{\"action\": \"a\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"b\"}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"b\", \"agent\": \"other\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"c\"}")).isEqualTo(ALLOW);
  }

  @Test
  void theStrictestOfSeveralViolatedRulesDecides() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: w, on: x, require: "false", enforcement: warn}
                - {id: b, on: x, require: "false", enforcement: block}
                - {id: r, on: x, require: "false", enforcement: require_approval}
                """);
    Decision decision = house.decide("{\"action\": \"x\"}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations())
        .extracting(violation -> violation.rule().rule())
        .containsExactly("b", "r", "w");
  }
}
