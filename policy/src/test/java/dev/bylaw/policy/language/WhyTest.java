package dev.bylaw.policy.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.cedar.CedarLanguage;
import dev.bylaw.policy.decision.Trace;
import dev.bylaw.policy.rego.RegoAccess;
import dev.bylaw.policy.rego.RegoLanguage;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.rule.RuleEnvironment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why policies in other languages did not bite. */
class WhyTest {
  private static String why(String file, String text, String json) {
    House house =
        House.of(
                """
                identity: acme
                default: allow
                tables: {orders: {classification: internal}}
                agents: {bot: {role: agent, packs: [policy]}}
                """)
            .with(
                RuleEnvironment.standard()
                    .with(List.of(new RegoLanguage(RegoAccess.NONE), new CedarLanguage())))
            .file(file, text);
    ActionRequest request = ActionRequest.fromValue(House.json(json), "bot");
    Trace trace =
        house
            .point()
            .why(
                request,
                house.policies().registry().facts(request, List.of(), House.NOW),
                house.usage());
    assertThat(house.problemText()).isEmpty();
    Trace.Line line = trace.rules().getFirst();
    return line.step().word() + ": " + line.text();
  }

  @Test
  void aRegoRuleSaysWhichLiteralOfEachClauseDidNotHold() {
    String text =
        """
        package p
        deny contains "a" if {
          input.action == "pay"
          some x in [1, 2]
          input.amount > x + 10
          true
        }
        deny contains "b" if {
          not input.approved
          input.to == "ada"
        }
        warn if input.action == "mail"
        """;
    assertThat(why("packs/policy.rego", text, "{\"action\": \"pay\", \"amount\": 1}"))
        .isEqualTo(
            """
            satisfied: `deny` (packs/policy.rego:2:1): `input.amount > x + 10` at packs/policy.rego:5:3 does not hold
            `deny` (packs/policy.rego:8:1): `input.to == "ada"` at packs/policy.rego:10:3 does not hold
            `warn` is about mail\
            """);
    assertThat(why("packs/policy.rego", text, "{\"action\": \"mail\", \"approved\": true}"))
        .startsWith("violated: the rule's level, warn: warn: `warn` is violated");
  }

  @Test
  void aCedarPolicySaysWhichConditionWasFalse() {
    String text =
        """
        permit(principal, action == Action::"readData", resource)
        when { principal.role == "agent" } unless { resource.classification == "PII" };
        forbid(principal, action == Action::"readData", resource)
        when { principal.role == "agent" && resource.classification == "PII" };
        forbid(principal == Agent::"other", action, resource);
        """;
    assertThat(
            why(
                "packs/policy.cedar",
                text,
                "{\"action\": \"query_database\", \"resource\": {\"table\": \"orders\"}}"))
        .isEqualTo(
            """
            satisfied: permit `policy0` (packs/policy.cedar:1:1) applies
            forbid `policy1` (packs/policy.cedar:3:1) does not apply: `resource.classification == "PII"` at packs/policy.cedar:4:37 is false
            forbid `policy2` (packs/policy.cedar:5:1) does not apply: its scope is about another principal or resource\
            """);
  }

  @Test
  void whatIsAboutOtherActionsSaysWhich() {
    assertThat(
            why(
                "packs/policy.cedar",
                "forbid(principal, action == Action::\"writeData\", resource);",
                "{\"action\": \"x\"}"))
        .isEqualTo("not_matched: it is about writeData");
  }
}
