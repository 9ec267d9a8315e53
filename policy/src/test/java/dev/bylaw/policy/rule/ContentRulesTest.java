package dev.bylaw.policy.rule;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Settled;
import dev.bylaw.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about contents, and the obligations that go with them. */
class ContentRulesTest {
  private static final String VENDORS =
      """
      identity: acme
      default: allow
      agents: {bot: {}}
      data: {approved_vendors: [api.salesforce.com, api.zendesk.com]}
      """;

  /** "No PII may be transmitted to external APIs outside the approved vendor list." */
  @Test
  void personalDataGoToApprovedVendorsOnly() {
    House house =
        House.of(VENDORS)
            .rules("- {id: a, on: api_call, pii: {forbid: all, outside: approved_vendors}}\n");
    assertThat(house.problemText()).isEmpty();
    String ssn = "\"payload\": {\"ssn\": \"123-45-6789\"}";
    String none = "\"payload\": {\"product_id\": \"ABC123\"}";
    assertThat(call(house, "https://untrusted-api.com", ssn)).isEqualTo(BLOCK);
    assertThat(call(house, "https://untrusted-api.com", none)).isEqualTo(ALLOW);
    assertThat(call(house, "https://api.zendesk.com/tickets", ssn)).isEqualTo(ALLOW);
    assertThat(call(house, "https://api.zendesk.com.evil.com", ssn)).isEqualTo(BLOCK);
    assertThat(call(house, "https://api.zendesk.com@evil.com", none)).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"http\", \"target\": \"x\"}")).isEqualTo(BLOCK);
    assertThat(call(house, "https://evil.com/?ssn=123-45-6789", none)).isEqualTo(BLOCK);
  }

  private static dev.bylaw.policy.Effect call(House house, String url, String payload) {
    return house.effect("{\"action\": \"http\", \"endpoint\": \"" + url + "\", " + payload + "}");
  }

  @Test
  void redactedDataSatisfyARuleThatForbidsThem() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: redact, pii: {redact: [ssn, email]}}
                - {id: forbid, pii: {forbid: [ssn, email]}}
                """);
    Decision decision =
        house.decide(
            "{\"action\": \"send\", \"to\": \"ann@example.com\", \"body\": \"my mail is"
                + " bob@example.com\", \"ssn\": \"123-45-6789\"}");
    assertThat(decision.effect()).isEqualTo(ALLOW);
    assertThat(decision.params().text("to")).isEqualTo("ann@example.com");
    assertThat(decision.params().text("body")).doesNotContain("bob@").contains("[EMAIL]");
    assertThat(decision.params().text("ssn")).isEqualTo("[SSN]");
    assertThat(decision.obligations())
        .singleElement()
        .satisfies(done -> {
          assertThat(done.kind()).isEqualTo(Obligation.Kind.REDACT);
          assertThat(done.fields()).containsExactlyInAnyOrder("params.body", "params.ssn");
        });
  }

  @Test
  void theDigestIsThatOfTheActionAfterObligations() {
    House signed = House.allowing().rules("- {id: s, on: send, signature: The team}\n");
    Decision unsigned = signed.decide("{\"action\": \"send\", \"body\": \"Hi\"}");
    Decision already = signed.decide("{\"action\": \"send\", \"body\": \"Hi\\n\\nThe team\"}");
    assertThat(unsigned.digest()).isEqualTo(already.digest());
    assertThat(already.obligations()).isEmpty();
  }

  @Test
  void obligationsAreFulfilledInOrderThenById() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: d, on: send, disclaimer: No legal advice.}
                - {id: b-sign, on: send, signature: B, setting: b}
                - {id: a-sign, on: send, signature: A team, setting: a}
                - {id: f, on: send, format: {before: "Hello,\\n"}}
                - {id: t, on: send, terms: {prefer: {cheap: affordable}}}
                - {id: r, on: send, pii: {redact: [email]}}
                """);
    Decision decision =
        house.decide("{\"action\": \"send\", \"body\": \"Cheap! bob@example.com\"}");
    assertThat(decision.obligations())
        .extracting(done -> done.rule().rule())
        .containsExactly("r", "t", "f", "a-sign", "b-sign", "d");
    assertThat(decision.params().text("body"))
        .isEqualTo("Hello,\nAffordable! [EMAIL]\n\nA team\n\nB\n\nNo legal advice.");
    assertThat(decision.effect()).isEqualTo(ALLOW);
  }

  @Test
  void anObligationThatCannotBeMetMakesItsRuleViolated() {
    House house = House.allowing().rules("- {id: s, on: send, signature: The team}\n");
    assertThat(house.effect("{\"action\": \"send\", \"template\": \"t\"}")).isEqualTo(BLOCK);
    House terms = House.allowing().rules("- {id: t, terms: {prefer: {cheap: affordable}}}\n");
    // Cyrillic letters: the word is found, and cannot be replaced as it is written.
    assertThat(terms.effect("{\"action\": \"send\", \"body\": \"сheap\"}")).isEqualTo(BLOCK);
  }

  @Test
  void theResultOfObligationsIsInspectedAgain() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: s, on: send, signature: write to team@example.com}
                - {id: p, on: send, pii: {forbid: [email]}}
                """);
    assertThat(house.effect("{\"action\": \"send\", \"body\": \"Hi\"}")).isEqualTo(BLOCK);
  }

  @Test
  void forbiddenTermsAreFoundWhereverTheyStandAndHoweverTheyAreDressed() {
    House house = House.allowing().rules("- {id: t, terms: {forbid: [guarantee, money back]}}\n");
    for (String text :
        List.of("We GUARANTEE it", "guarantee!", "money-back", "money  back", "guar​antee")) {
      assertThat(house.effect("{\"action\": \"x\", \"deep\": {\"a\": [\"" + text + "\"]}}"))
          .as(text)
          .isEqualTo(BLOCK);
    }
    assertThat(house.effect("{\"action\": \"x\", \"body\": \"guaranteed moneyback\"}"))
        .isEqualTo(ALLOW);
  }

  @Test
  void oneRuleRedactsAndAnotherTypeIsForbiddenByDestination() {
    House house =
        House.of(VENDORS)
            .rules(
                """
                - {id: out, pii: {forbid: [ssn], redact: [email], outside: approved_vendors}}
                - {id: warn, enforcement: warn, pii: {forbid: [email], to: approved_vendors}}
                """);
    String mail = "\"note\": \"bob@example.com\"";
    assertThat(call(house, "https://api.zendesk.com", mail)).isEqualTo(WARN);
    Decision outside =
        house.decide("{\"action\": \"http\", \"url\": \"https://x.example\", " + mail + "}");
    assertThat(outside.effect()).isEqualTo(ALLOW);
    assertThat(outside.params().text("note")).isEqualTo("[EMAIL]");
  }

  @Test
  void aResultIsDecidedOnByRulesThatLookAtResults() {
    House house =
        House.allowing()
            .rules(
                """
                - {id: r, check: result, pii: {redact: [ssn]}}
                - {id: c, check: both, on: query, forbid: has(result.secret)}
                - {id: a, on: query, require: params.ok}
                - {id: cap, cap: {count: query, limit: 1, window: day}}
                """);
    house.with(facts ->
        facts.withResult(House.json("{\"rows\": [{\"ssn\": \"123-45-6789\"}], \"secret\": 1}")));
    Settled settled = house.settle("{\"action\": \"query\"}");
    assertThat(settled.decision().effect()).isEqualTo(BLOCK);
    assertThat(settled.decision().violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.rule().rule()).isEqualTo("c"));
    assertThat(settled.decision().result())
        .contains(House.json("{\"rows\": [{\"ssn\": \"[SSN]\"}], \"secret\": 1}"));
    assertThat(settled.charges()).isEmpty();
    house.with(facts -> facts.withResult(Value.of("nothing")));
    assertThat(house.effect("{\"action\": \"query\"}")).isEqualTo(BLOCK);
  }

  @Test
  void secretsAreFoundAndWhatNobodyCanSeeFails() {
    House house = House.allowing().rules("- {id: s, secrets: {forbid: all}}\n");
    assertThat(house.effect("{\"action\": \"x\", \"note\": \"hello\"}")).isEqualTo(ALLOW);
  }
}
