package dev.bylaw.policy.decision;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.registry.ResourceName;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Facts are ours. */
class FactsTest {
  private static final String BYLAW =
      """
      identity: acme
      default: allow
      agents: {bot: {role: agent, environment: production}}
      connections: {orders: {classification: PII}}
      tables: {customers: {classification: PII, rows: 7}, accounts: {classification: internal}}
      vendors: {salesforce: {approved: true}}
      capabilities: {crm_lookup: readData}
      """;

  private static House house(String rules) {
    return House.of(BYLAW).rules(rules);
  }

  @Test
  void aCallerWhoSendsHasHumanApprovalIsRefused() {
    House house = house("[{id: a, on: x, require: context.has_human_approval}]");
    for (String request :
        List.of(
            "{\"action\": \"x\", \"context\": {\"has_human_approval\": true}}",
            "{\"action\": \"x\", \"context\": {\"has_human_approval\": false}}",
            "{\"action\": \"x\", \"has_human_approval\": true}",
            "{\"action\": \"y\", \"resource\": {\"has_human_approval\": true}}")) {
      Settled settled = house.settle(request);
      assertThat(settled.decision().effect()).as(request).isEqualTo(BLOCK);
      assertThat(settled.decision().reason()).as(request).isEqualTo(Reason.FORGED_FACT);
      assertThat(settled.charges()).isEmpty();
    }
  }

  @Test
  void paramsNeverShadowFacts() {
    PolicyInput input =
        input(
            "{\"action\": \"http\", \"params\": {\"action\": \"readData\", \"tool\": \"x\","
                + " \"agent\": {\"role\": \"admin\"}, \"context\": {\"a\": 1}, \"params\": 3,"
                + " \"checkpoint\": \"c\", \"resource\": {}, \"endpoint\": \"e\"}}");
    ObjectValue document = input.document();
    assertThat(document.text("action")).isEqualTo("api_call");
    assertThat(document.text("tool")).isEqualTo("http");
    assertThat(document.get("agent"))
        .isEqualTo(
            House.json("{\"id\": \"bot\", \"role\": \"agent\", \"environment\": \"production\"}"));
    assertThat(document.text("checkpoint")).isEmpty();
    assertThat(document.text("endpoint")).isEqualTo("e");
    assertThat(document.get("context")).isEqualTo(input.context());
    assertThat(document.get("params")).isEqualTo(input.params());
  }

  @Test
  void theContextsFactsAreWrittenOverTheCallers() {
    PolicyInput input =
        input(
            "{\"action\": \"x\", \"context\": {\"credential\": {\"kind\": \"service_account\"},"
                + " \"identity\": \"other\", \"time\": \"2000-01-01T00:00:00Z\", \"run\": {\"id\":"
                + " 1}, \"approval\": {\"id\": \"a\"}, \"note\": \"mine\"}}");
    assertThat(input.context())
        .isEqualTo(
            House.json(
                "{\"credential\": {}, \"identity\": \"acme\", \"time\":"
                    + " \"2026-03-01T23:45:00Z\", \"run\": {}, \"approval\": {},"
                    + " \"has_human_approval\": false, \"note\": \"mine\"}"));
  }

  private static PolicyInput input(String json) {
    House house = house("[]");
    ActionRequest request = ActionRequest.fromValue(House.json(json), "bot");
    Facts facts = house.registry().facts(request, List.of(), House.NOW);
    return new PolicyInput(request, facts, request.params(), false);
  }

  @Test
  void whatIsDeclaredOfAResourceWinsOverTheCaller() {
    House house = house("[{id: a, on: x, forbid: resource.classification == \"PII\"}]");
    for (String named :
        List.of(
            "{\"connection\": \"orders\", \"classification\": \"public\"}",
            "{\"table\": \"customers\", \"classification\": \"public\"}",
            "{\"id\": \"orders\", \"classification\": \"public\"}",
            "{\"type\": \"table\", \"id\": \"customers\"}",
            "\"customers\"")) {
      assertThat(house.effect("{\"action\": \"x\", \"resource\": " + named + "}"))
          .as(named)
          .isEqualTo(BLOCK);
    }
  }

  @Test
  void aCallerCanAddWhatIsNotDeclared() {
    House house =
        house("[{id: a, on: x, require: resource.region == \"eu\" && resource.rows == 7}]");
    assertThat(
            house.effect(
                "{\"action\": \"x\", \"resource\": {\"table\": \"customers\", \"region\":"
                    + " \"eu\"}}"))
        .isEqualTo(ALLOW);
  }

  @Test
  void whatTheActionTouchesCountsMoreThanWhatTheCallerNames() {
    House house = house("[]");
    ActionRequest request =
        ActionRequest.fromValue(
            House.json("{\"action\": \"x\", \"resource\": {\"table\": \"public\"}}"), "bot");
    Facts facts =
        house.registry().facts(request, List.of(new ResourceName("table", "customers")), House.NOW);
    PolicyInput input = new PolicyInput(request, facts, request.params(), false);
    assertThat(input.resource().text("classification")).isEqualTo("PII");
    assertThat(input.resource().text("table")).isEqualTo("customers");
  }

  @Test
  void anActionsCapabilityIsWhatItDeclaresUnlessRemapped() {
    House house = house("[]");
    assertThat(house.registry().capability("http").name()).isEqualTo("api_call");
    assertThat(house.registry().capability("crm_lookup").name()).isEqualTo("readData");
    assertThat(house.registry().capability("other").name()).isEqualTo("other");
    assertThat(house.registry().capability("call_payment_api").resourceType())
        .isEqualTo("transaction");
  }

  @Test
  void onMatchesTheActionAndItsCapability() {
    House house =
        house(
            "[{id: a, on: api_call, require: \"false\"}, {id: b, on: http2, require: \"false\"}]");
    assertThat(house.effect("{\"action\": \"http\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"http2\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"http3\"}")).isEqualTo(ALLOW);
  }

  @Test
  void theSpecificationsFlatFormIsRead() {
    House house = house("[{id: a, on: api_call, forbid: contains_pii(params.payload)}]");
    assertThat(
            house.effect(
                "{\"action\": \"api_call\", \"endpoint\": \"https://untrusted-api.com\","
                    + " \"payload\": {\"ssn\": \"123-45-6789\"}}"))
        .isEqualTo(BLOCK);
    assertThat(
            house.effect(
                "{\"action\": \"api_call\", \"endpoint\": \"https://untrusted-api.com\","
                    + " \"payload\": {\"product_id\": \"ABC123\"}}"))
        .isEqualTo(ALLOW);
  }

  @Test
  void aCheckpointAddsRulesAndRemovesNone() {
    House house =
        house(
            """
            - {id: action, on: pay, require: params.amount <= 10}
            - {id: point, on: never, checkpoint: financial, require: params.amount <= 5}
            """);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 20}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 20, \"checkpoint\": \"other\"}"))
        .isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 7}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 7, \"checkpoint\": \"financial\"}"))
        .isEqualTo(BLOCK);
    assertThat(house.policies().checkpoints()).containsExactly("financial");
  }

  @Test
  void anUnknownAgentIsBlocked() {
    Decision decision = house("[]").decide("{\"action\": \"x\", \"agent\": \"ghost\"}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.reason()).isEqualTo(Reason.UNKNOWN_AGENT);
  }

  private static Decision touching(House house, String... tables) {
    ActionRequest request = ActionRequest.of("bot", "crm_lookup", ObjectValue.EMPTY);
    Facts facts =
        house
            .registry()
            .facts(
                request,
                Stream.of(tables).map(table -> new ResourceName("table", table)).toList(),
                House.NOW);
    return house.point().prepare(request, facts).settle((_, _, _) -> BigDecimal.ZERO).decision();
  }

  @Test
  void whatARuleSaysAboutOneOfSeveralTablesCountsWhereverItStands() {
    House house =
        house(
            "[{id: no-pii, on: readData, forbid: 'has(resource.classification) &&"
                + " resource.classification == \"PII\"'},"
                + " {id: known, on: readData, require: 'resource.table != \"zones\"'}]");
    assertThat(touching(house, "accounts").effect()).isEqualTo(ALLOW);
    assertThat(touching(house, "customers").effect()).isEqualTo(BLOCK);
    assertThat(touching(house, "accounts", "customers").effect()).isEqualTo(BLOCK);
    assertThat(touching(house, "customers", "accounts").effect()).isEqualTo(BLOCK);
    Decision all = touching(house, "accounts", "customers", "zones");
    assertThat(all.violations()).extracting(each -> each.rule().rule()).hasSize(2);
  }

  @Test
  void whyTellsWhatARuleSaysAboutAnyOfSeveralTables() {
    House house =
        house(
            "[{id: zones, on: readData, when: 'resource.table == \"zones\"', require: 'false'},"
                + " {id: customers, on: readData, when: 'resource.table == \"customers\"',"
                + " require: 'true'}, {id: orders, on: readData,"
                + " when: 'resource.table == \"orders\"', require: 'true'}]");
    ActionRequest request = ActionRequest.of("bot", "crm_lookup", ObjectValue.EMPTY);
    List<ResourceName> tables =
        Stream.of("accounts", "customers", "zones")
            .map(it -> new ResourceName("table", it))
            .toList();
    Facts facts = house.registry().facts(request, tables, House.NOW);
    Trace trace = house.point().why(request, facts, (_, _, _) -> BigDecimal.ZERO);
    assertThat(trace.rules())
        .extracting(line -> line.rule().rule().id().rule() + " " + line.step().word())
        .containsExactly("zones violated", "customers satisfied", "orders guard_false");
  }
}
