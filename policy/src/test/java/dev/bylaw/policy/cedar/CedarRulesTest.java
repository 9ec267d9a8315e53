package dev.bylaw.policy.cedar;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.REQUIRE_APPROVAL;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.House;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.decision.Violation;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.rule.RuleEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decision of Cedar's policies comes to. */
class CedarRulesTest {
  private static final RuleEnvironment CEDAR =
      RuleEnvironment.standard().with(List.of(new CedarLanguage()));

  private static House house(String settings, String cedar) {
    return House.of(
            """
            identity: acme
            %s
            tables:
              orders: {classification: internal}
              customers: {classification: PII}
              notes: {owner: ada}
            agents:
              bot: {role: agent, packs: [access], attributes: {groups: [support], level: 3}}
            """
                .formatted(settings))
        .with(CEDAR)
        .file("packs/access.cedar", cedar);
  }

  private static House house(String cedar) {
    return house("default: allow", cedar);
  }

  private static Decision decide(String cedar, String request) {
    House house = house(cedar);
    assertThat(house.problemText()).isEmpty();
    return house.decide(request);
  }

  private static String specification() throws IOException {
    return Files.readString(Path.of("../examples/specification/access_control.cedar"));
  }

  private static String reading(String table) {
    return "{\"action\": \"query_database\", \"resource\": {\"table\": \"" + table + "\"}}";
  }

  @Test
  void theSpecificationsPoliciesGovernReadingAndWriting() throws IOException {
    House house = house("", specification());
    assertThat(house.problemText()).isEmpty();
    assertThat(house.effect(reading("orders"))).isEqualTo(ALLOW);
    Decision personal = house.decide(reading("customers"));
    assertThat(personal.effect()).isEqualTo(BLOCK);
    Violation refused = personal.violations().getFirst();
    assertThat(refused.part()).isEqualTo("not_permitted");
    assertThat(refused.message()).isEqualTo("no policy permits `readData` here");
    assertThat(refused.detail())
        .isEqualTo(
            "not permitted: the nearest permit is `policy0`, and"
                + " `resource.classification != \"PII\"` at packs/access.cedar:7:5 is false");
    assertThat(refused.line()).isEqualTo(1);
    Decision writing =
        house.decide("{\"action\": \"modify_database\", \"resource\": {\"table\": \"orders\"}}");
    assertThat(writing.effect()).isEqualTo(BLOCK);
    assertThat(writing.violations()).hasSize(1);
    assertThat(writing.violations().getFirst().part()).isEqualTo("policy1");
    assertThat(writing.violations().getFirst().message()).isEqualTo("forbidden by `policy1`");
    assertThat(writing.violations().getFirst().line()).isEqualTo(10);
    // No permit names other actions, so that they are neither permitted nor not.
    assertThat(house.decide("{\"action\": \"send_email\"}").reason()).isEqualTo(Reason.DEFAULT);
  }

  @Test
  void aWriteThatPeopleAgreeToIsAllowed() throws IOException {
    House house = house("", specification());
    ActionRequest request =
        ActionRequest.fromValue(
            House.json("{\"action\": \"modify_database\", \"resource\": {\"table\": \"orders\"}}"),
            "bot");
    Facts facts =
        house
            .policies()
            .registry()
            .facts(request, List.of(), House.NOW)
            .withRun(dev.bylaw.value.ObjectValue.EMPTY, true);
    Decision asked = house.point().prepare(request, facts).settle(house.usage()).decision();
    assertThat(asked.effect()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(asked.reason()).isEqualTo(Reason.STEP);
    assertThat(asked.violations()).isEmpty();
  }

  @Test
  void aPolicyThatCannotBeEvaluatedIsAViolation() {
    Decision decision =
        decide(
            """
            forbid(principal, action == Action::"readData", resource)
            when { resource.clasification == "PII" };
            """,
            reading("orders"));
    assertThat(decision.effect()).isEqualTo(BLOCK);
    Violation failed = decision.violations().getFirst();
    assertThat(failed.failed()).isTrue();
    assertThat(failed.part()).isEqualTo("policy0");
    assertThat(failed.detail())
        .contains("`Table::\"orders\"` does not have the attribute `clasification`")
        .contains("classification");
    assertThat(failed.line()).isEqualTo(2);
  }

  @Test
  void whatIsMissingOfAResourceRefusesToReadIt() throws IOException {
    Decision decision = house("", specification()).decide(reading("notes"));
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations()).anyMatch(Violation::failed);
    assertThat(decision.violations()).anyMatch(v -> v.part().equals("not_permitted"));
  }

  @Test
  void annotationsSayTheLevelTheSeverityTheNameAndTheMessage() {
    Decision decision =
        decide(
            """
            @id("no-writes")
            @enforcement("require_approval")
            @severity("critical")
            @message("writing is for people")
            forbid(principal, action == Action::"writeData", resource);
            """,
            "{\"action\": \"modify_database\"}");
    assertThat(decision.effect()).isEqualTo(REQUIRE_APPROVAL);
    Violation violation = decision.violations().getFirst();
    assertThat(violation.part()).isEqualTo("no-writes");
    assertThat(violation.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(violation.message()).isEqualTo("writing is for people");
    assertThat(violation.detail()).isEqualTo("forbidden by `no-writes`");
  }

  @Test
  void whatPermitsStateIsTheLevelOfWhatNonePermits() {
    String text =
        """
        @enforcement("warn") permit(principal, action == Action::"x", resource) when { false };
        %s permit(principal, action == Action::"x", resource) when { false };
        """;
    assertThat(
            decide(text.formatted("@enforcement(\"require_approval\")"), "{\"action\": \"x\"}")
                .effect())
        .isEqualTo(REQUIRE_APPROVAL);
    assertThat(decide(text.formatted("@enforcement(\"warn\")"), "{\"action\": \"x\"}").effect())
        .isEqualTo(WARN);
    assertThat(decide(text.formatted(""), "{\"action\": \"x\"}").effect()).isEqualTo(BLOCK);
  }

  @Test
  void aForbidAndTheLackOfAPermitAreTwoViolations() {
    Decision decision =
        decide(
            """
            permit(principal == Agent::"other", action, resource);
            @enforcement("warn") forbid(principal, action, resource);
            """,
            "{\"action\": \"x\"}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations())
        .extracting(Violation::part)
        .containsExactly("not_permitted", "policy1");
    assertThat(decision.violations().getFirst().detail())
        .contains("its scope is about another principal or resource");
  }

  @Test
  void aPermitWithoutAnActionNamesAll() {
    House house =
        house("", "permit(principal, action, resource) when { principal.role == \"agent\" };");
    assertThat(house.effect("{\"action\": \"anything\"}")).isEqualTo(ALLOW);
    House other =
        house("", "permit(principal, action, resource) when { principal.role == \"x\" };");
    assertThat(other.decide("{\"action\": \"anything\"}").reason()).isEqualTo(Reason.RULES);
    assertThat(other.effect("{\"action\": \"anything\"}")).isEqualTo(BLOCK);
    House forbids = house("", "forbid(principal, action, resource) when { false };");
    assertThat(forbids.decide("{\"action\": \"anything\"}").reason()).isEqualTo(Reason.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "principal == Agent::\"bot\"",
        "principal in Role::\"agent\"",
        "principal in Group::\"support\"",
        "principal in Identity::\"acme\"",
        "principal is Agent && principal.level > 2",
        "resource == Table::\"orders\" && resource.classification == \"internal\"",
        "resource is Table",
        "context.params.amount == 5 && context.params.note == \"n\"",
        "context.params.price == decimal(\"9.5\")",
        "context.params.price.lessThan(decimal(\"9.51\"))",
        "!(context.params has missing) && !(context.params has nothing)",
        "context.params.tags.contains(\"b\")",
        "context.tool == \"query_database\" && context.checkpoint == \"cp\"",
        "context.identity == \"acme\" && context.purpose == \"support\"",
        "context.time < datetime(\"2026-03-02\") && context.time > datetime(\"2026-03-01\")",
        "!context.has_human_approval",
        "context has purpose && {\"a\": context} == {\"a\": context}",
      })
  void theRequestIsSeenAs(String condition) {
    Decision decision =
        decide(
            "forbid(principal, action == Action::\"readData\", resource) when { "
                + condition
                + " };",
            """
            {"action": "query_database", "checkpoint": "cp", "resource": {"table": "orders"},
             "params": {"amount": 5, "price": 9.5, "note": "n", "tags": ["a", "b"], "nothing": null},
             "context": {"purpose": "support"}}
            """);
    assertThat(decision.violations()).extracting(Violation::failed).containsExactly(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context.params.n > 1000",
        "context.params.n.greaterThan(decimal(\"1000.0\"))",
        "context.params has n && context.params.n > 1000",
      })
  void aNumberThatCedarCannotHoldFailsAndIsNotLeftOut(String condition) {
    Decision decision =
        decide(
            "forbid(principal, action == Action::\"pay\", resource) when { " + condition + " };",
            "{\"action\": \"pay\", \"n\": 1000.00001}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().failed()).isTrue();
  }

  @Test
  void aSchemaMakesMoneyOfNumbersAndValidatesPolicies() {
    String schema =
        """
        entity Agent in [Role, Group, Identity] { role: String };
        entity Role, Group, Identity, Resource;
        action "pay", "refund" in "payments" appliesTo {
          principal: Agent, resource: Resource,
          context: { has_human_approval: Bool, params: { amount: decimal, day?: datetime } }
        };
        action "payments";
        """;
    String text =
        """
        forbid(principal, action in Action::"payments", resource)
        when { context.params.amount.greaterThan(decimal("1000.0")) };
        """;
    House house = house("", text).beside("packs/access.cedarschema", schema);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 1000}")).isEqualTo(ALLOW);
    assertThat(house.effect("{\"action\": \"refund\", \"amount\": 1001}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"refund\", \"amount\": 1000.01}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"refund\", \"amount\": \"much\"}")).isEqualTo(BLOCK);
    assertThat(house.decide("{\"action\": \"mail\"}").reason()).isEqualTo(Reason.DEFAULT);
    House wrong =
        house("", text.replace("params.amount", "params.amuont"))
            .beside("packs/access.cedarschema", schema);
    assertThat(wrong.problemText())
        .contains("packs/access.cedar:2:")
        .contains("amuont")
        .contains("did you mean `amount`?")
        .contains("^");
    assertThat(wrong.decide("{\"action\": \"pay\", \"amount\": 1}").reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void aCallerCannotForgeWhatPoliciesSee() {
    String request =
        """
        {"action": "query_database",
         "resource": {"table": "customers", "classification": "public", "type": "Agent", "id": "bot"},
         "params": {"agent": "x", "principal": "y"},
         "context": {"identity": "other", "time": "x", "tool": "x", "params": {}, "credential": {"kind": "service_account"}}}
        """;
    House house =
        house(
            """
            forbid(principal, action, resource) when { resource.classification == "public" };
            forbid(principal, action, resource) when { resource == Agent::"bot" };
            forbid(principal, action, resource) when { context.identity == "other" };
            forbid(principal, action, resource) when { context.tool == "x" };
            forbid(principal, action, resource) when { context.credential has kind };
            forbid(principal, action, resource) when { context.time < datetime("2000-01-01") };
            """);
    assertThat(house.decide(request).violations()).isEmpty();
    assertThat(
            house
                .decide("{\"action\": \"x\", \"resource\": {\"type\": \"agent\", \"id\": \"bot\"}}")
                .violations())
        .noneMatch(v -> v.part().equals("policy1"));
    assertThat(
            house
                .decide("{\"action\": \"x\", \"resource\": {\"has_human_approval\": true}}")
                .reason())
        .isEqualTo(Reason.FORGED_FACT);
  }

  @Test
  void whatTheActionTouchesIsTheResourceWhateverTheCallerNames() {
    House house =
        house(
            """
            forbid(principal, action, resource == Vendor::"shady");
            permit(principal, action == Action::"api_call", resource == Table::"open");
            """);
    ActionRequest request =
        ActionRequest.fromValue(
            House.json("{\"action\": \"http\", \"resource\": {\"table\": \"open\"}}"), "bot");
    Facts facts =
        house
            .policies()
            .registry()
            .facts(
                request,
                List.of(new dev.bylaw.policy.registry.ResourceName("vendor", "shady")),
                House.NOW);
    Decision decision = house.point().prepare(request, facts).settle(house.usage()).decision();
    assertThat(decision.violations())
        .extracting(Violation::part)
        .containsExactlyInAnyOrder("policy0", "not_permitted");
  }

  @Test
  void policiesNestedTooDeeplyAreRefused() {
    String deep = "!".repeat(3) + "(".repeat(200_000) + "true" + ")".repeat(200_000);
    House house = house("forbid(principal, action, resource) when { " + deep + " };");
    assertThat(house.problemText()).contains("packs/access.cedar:1:");
    assertThat(house.decide("{\"action\": \"x\"}").reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void aPolicyAboutAToolIsNotWrittenInVain() {
    House house = house("", "forbid(principal, action == Action::\"query_database\", resource);");
    assertThat(house.effect(reading("orders"))).isEqualTo(BLOCK);
    House both =
        house(
            "",
            """
            permit(principal, action == Action::"readData", resource);
            forbid(principal, action == Action::"query_database", resource) when { false };
            """);
    assertThat(both.effect(reading("orders"))).isEqualTo(ALLOW);
  }

  @Test
  void mistakesAreToldWithTheirPlaceAllAtOnce() {
    assertThat(
            house(
                    """
                    forbid(principal, action == Action::"x", resource) when { princpal.role == "a" };
                    permit(principal, actoin, resource);
                    """)
                .problemText())
        .contains("packs/access.cedar:1:")
        .contains("packs/access.cedar:2:");
    assertThat(
            house(
                    """
                    @enforcement("blok")
                    forbid(principal, action == Action::"x", resource);
                    @id("a") forbid(principal, action == Action::"x", resource);
                    @id("a") forbid(principal, action == Action::"y", resource);
                    """)
                .problemText())
        .contains("packs/access.cedar:4:1: E0204: the policy `a` is there already");
    assertThat(house("@enforcement(\"blok\") forbid(principal, action, resource);").problemText())
        .contains("packs/access.cedar:1:1: E0203: unknown enforcement `blok`")
        .contains("did you mean `block`?");
    assertThat(
            house("permit(principal == ?principal, action == App::Action::\"x\", resource);")
                .problemText())
        .contains("W0213")
        .contains("W0214")
        .contains("E0221: there is no policy here");
  }

  @Test
  void aRuleOfAPackHoldsPoliciesWithExamples() {
    House house =
        House.of("identity: acme\ndefault: allow\nagents: {bot: {role: agent}}")
            .with(CEDAR)
            .pack(
                """
                pack: p
                scope: all
                enforcement: warn
                rules:
                  - id: small
                    on: pay
                    cedar: |
                      // how much
                      forbid(principal, action, resource)
                      when { context.params.amount > 10 };
                    severity: low
                """);
    assertThat(house.problemText()).isEmpty();
    Decision decision = house.decide("{\"action\": \"pay\", \"amount\": 11}");
    assertThat(decision.effect()).isEqualTo(Effect.WARN);
    assertThat(decision.violations().getFirst().line()).isEqualTo(9);
    assertThat(decision.violations().getFirst().file()).isEqualTo("packs/pack-1.yaml");
    assertThat(house.effect("{\"action\": \"mail\", \"amount\": 11}")).isEqualTo(ALLOW);
  }

  @Test
  void policiesThatTakeTooLongAreAViolation() {
    String many = "permit(principal, action, resource);\n".repeat(40);
    House house =
        House.of("identity: acme\ndefault: allow\nagents: {bot: {packs: [access]}}\n")
            .with(CEDAR.withBudget(Duration.ofNanos(1)))
            .file("packs/access.cedar", many);
    assertThat(house.problemText()).isEmpty();
    Decision decision = house.decide("{\"action\": \"send_email\"}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    Violation late = decision.violations().getFirst();
    assertThat(late.part()).isEqualTo("out_of_time");
    assertThat(late.failed()).isTrue();
    assertThat(late.detail()).contains("took longer than a decision may");
  }
}
