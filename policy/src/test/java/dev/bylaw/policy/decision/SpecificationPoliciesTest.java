package dev.bylaw.policy.decision;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.REQUIRE_APPROVAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policies that the specification shows, as it shows them. */
class SpecificationPoliciesTest {
  private static final String BYLAW =
      """
      identity: acme
      currency: USD
      agents:
        bot:
          role: agent
          environment: production
          packs: [limits]
      """;

  /** The specification's JSON policy, unedited. */
  static final String JSON =
      """
      {
        "policies": [
          {
            "id": "financial-transaction-limit",
            "rules": [
              {
                "resource": "transaction",
                "constraints": {
                  "amount_max": 1000,
                  "daily_aggregate_max": 5000
                },
                "enforcement": "deny"
              }
            ]
          }
        ]
      }
      """;

  private static String pay(String amount) {
    return "{\"action\": \"call_payment_api\", \"amount\": "
        + amount
        + ", \"customer_id\": \"c1\"}";
  }

  private static House json() {
    return House.of(BYLAW).file("packs/limits.json", JSON);
  }

  @Test
  void theJsonPolicyLoadsAsItStands() {
    House house = json();
    assertThat(house.problemText()).isEmpty();
    assertThat(house.rulesOf("limits"))
        .containsExactly(
            "limits/financial-transaction-limit.amount_max",
            "limits/financial-transaction-limit.daily_aggregate_max");
  }

  @Test
  void amountMaxIsInclusive() {
    assertThat(json().effect(pay("999.99"))).isEqualTo(ALLOW);
    assertThat(json().effect(pay("1000.00"))).isEqualTo(ALLOW);
    assertThat(json().effect(pay("1000.01"))).isEqualTo(BLOCK);
  }

  @Test
  void dailyAggregateMaxAdmitsExactlyFiveThousandPerCustomer() {
    House house = json();
    for (int i = 0; i < 5; i++) {
      assertThat(house.effect(pay("1000.00"))).isEqualTo(ALLOW);
    }
    Settled over = house.settle(pay("0.01"));
    assertThat(over.decision().effect()).isEqualTo(BLOCK);
    assertThat(over.decision().violations().getFirst().message())
        .isEqualTo("the cap would be passed: 5000 used + 0.01 of at most 5000 USD (day) for c1");
    assertThat(over.charges()).isEmpty();
    assertThat(
            house.effect(
                "{\"action\": \"call_payment_api\", \"amount\": 1, \"customer_id\": \"c2\"}"))
        .isEqualTo(ALLOW);
  }

  @Test
  void aCustomerIsTheSameAsANumberAndAsAText() {
    House house = json();
    for (int i = 0; i < 5; i++) {
      house.decide("{\"action\": \"call_payment_api\", \"amount\": 1000, \"customer_id\": 42}");
    }
    assertThat(
            house.effect(
                "{\"action\": \"call_payment_api\", \"amount\": 1, \"customer_id\": \"42\"}"))
        .isEqualTo(BLOCK);
  }

  @Test
  void aMissingOrNonNumericFieldFails() {
    for (String request :
        List.of(
            "{\"action\": \"call_payment_api\", \"customer_id\": \"c1\"}",
            "{\"action\": \"call_payment_api\", \"amount\": \"5\", \"customer_id\": \"c1\"}",
            "{\"action\": \"call_payment_api\", \"amount\": null, \"customer_id\": \"c1\"}",
            "{\"action\": \"call_payment_api\", \"amount\": -5, \"customer_id\": \"c1\"}",
            "{\"action\": \"call_payment_api\", \"amount\": 5}")) {
      Decision decision = json().decide(request);
      assertThat(decision.effect()).as(request).isEqualTo(BLOCK);
      assertThat(decision.violations()).as(request).anyMatch(Violation::failed);
    }
  }

  /** The specification's prose: less than 1,000, in sum less than 5,000. */
  @Test
  void theExamplePackIsExclusive() {
    House house =
        House.of(BYLAW)
            .pack(
                """
                pack: limits
                rules:
                  - id: transactions
                    resource: transaction
                    constraints: {amount_below: 1000, daily_aggregate_below: 5000}
                """);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.effect(pay("1000.00"))).isEqualTo(BLOCK);
    for (int i = 0; i < 4; i++) {
      assertThat(house.effect(pay("999.99"))).isEqualTo(ALLOW);
    }
    assertThat(house.effect(pay("999.99"))).isEqualTo(ALLOW);
    assertThat(house.effect(pay("0.05"))).isEqualTo(BLOCK);
    assertThat(house.effect(pay("0.04"))).isEqualTo(ALLOW);
    assertThat(house.effect(pay("0.01"))).isEqualTo(BLOCK);
  }

  @Test
  void amountsAreExactBeyondSixtyFourBits() {
    House house =
        House.allowing()
            .rules(
                """
                - id: big
                  on: pay
                  require: params.amount <= 100000000000000000000.01
                """);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 100000000000000000000.01}"))
        .isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 100000000000000000000.02}"))
        .isEqualTo(BLOCK);
  }

  /** "Agents operating in production environments must authenticate with service accounts". */
  @Test
  void aProductionAgentWithAUsersKeyIsBlocked() {
    House house =
        House.of(BYLAW)
            .pack(
                """
                pack: limits
                rules:
                  - id: service-accounts
                    on: "*"
                    when: agent.environment == "production"
                    require: credential.kind == "service_account"
                """);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.with(f -> credential(f, "user")).effect("{\"action\": \"x\"}"))
        .isEqualTo(BLOCK);
    assertThat(house.with(f -> credential(f, "service_account")).effect("{\"action\": \"x\"}"))
        .isEqualTo(ALLOW);
    assertThat(house.with(f -> f).effect("{\"action\": \"x\"}")).isEqualTo(BLOCK);
  }

  private static Facts credential(Facts facts, String kind) {
    return facts.withCredential(ObjectValue.of("id", Value.of("k"), "kind", Value.of(kind)));
  }

  /** "Write operations require human approval". */
  @Test
  void aWriteNeedsAnApproval() {
    House house =
        House.of(BYLAW)
            .pack(
                """
                pack: limits
                rules:
                  - id: writes
                    on: writeData
                    require: context.has_human_approval
                    enforcement: require_approval
                  - id: reads
                    on: readData
                    forbid: resource.classification == "PII"
                """);
    assertThat(house.problemText()).isEmpty();
    Decision decision = house.decide("{\"action\": \"modify_database\", \"sql\": \"x\"}");
    assertThat(decision.effect()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(decision.ask()).isPresent();
  }

  /** "Max $100/day per agent; max 100 emails/day; max 10MB, no executables; max 1000 calls/day". */
  @Test
  void theOpsCapsPackOfTheSpecification() {
    House house =
        House.of(BYLAW)
            .pack(
                """
                pack: limits
                name: Ops Caps
                category: operational
                enforcement: require_approval
                rules:
                  - id: daily-spend
                    cap: { sum: amount, over: [call_payment_api, issue_refund], limit: 100 USD, per: agent, window: day }
                  - id: daily-emails
                    cap: { count: send_email, limit: 2, per: agent, window: day }
                  - id: daily-calls
                    cap: { count: api_call, limit: 1000, per: agent, window: day }
                  - id: attachments
                    attachments: { max_size: 10MB, forbid: [executable, macro, encrypted_archive] }
                    enforcement: block
                """);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.effect(pay("100"))).isEqualTo(ALLOW);
    assertThat(house.effect(pay("0.01"))).isEqualTo(REQUIRE_APPROVAL);
    String mail = "{\"action\": \"send_email\", \"to\": \"a@example.com\"}";
    assertThat(house.effect(mail)).isEqualTo(ALLOW);
    assertThat(house.effect(mail)).isEqualTo(ALLOW);
    assertThat(house.effect(mail)).isEqualTo(REQUIRE_APPROVAL);
    assertThat(
            house.effect(
                "{\"action\": \"send_email\", \"attachments\": [{\"name\": \"a.pdf.EXE\","
                    + " \"size\": 3}]}"))
        .isEqualTo(BLOCK);
    assertThat(
            house.effect(
                "{\"action\": \"send_email\", \"attachments\": [{\"name\": \"a.pdf\","
                    + " \"size\": 10000001}]}"))
        .isEqualTo(BLOCK);
  }
}
