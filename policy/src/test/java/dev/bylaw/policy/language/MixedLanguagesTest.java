package dev.bylaw.policy.language;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.REQUIRE_APPROVAL;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.cedar.CedarLanguage;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.decision.Violation;
import dev.bylaw.policy.rego.RegoAccess;
import dev.bylaw.policy.rego.RegoLanguage;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.request.Grant;
import dev.bylaw.policy.rule.RuleEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules in several languages about one request: one meaning, and the strongest holds. */
class MixedLanguagesTest {
  private static House house(String settings) {
    return House.of("identity: acme\ncurrency: USD\n" + settings)
        .with(
            RuleEnvironment.standard()
                .with(List.of(new RegoLanguage(RegoAccess.NONE), new CedarLanguage())));
  }

  private static House house() {
    return house("default: allow\nagents: {bot: {role: agent}}");
  }

  private static final String PAY =
      "{\"action\": \"pay\", \"params\": {\"amount\": 50, \"body\": \"my SSN is 123-45-6789\"}}";

  @Test
  void theStrongestOfAllLanguagesHolds() {
    House house =
        house()
            .rules(
                """
                - {id: cel, on: pay, require: params.amount < 10, enforcement: warn}
                - {id: asks, on: pay, rego: 'require_approval contains "ask" if input.amount > 10'}
                - {id: bans, on: pay, cedar: 'forbid(principal, action, resource) when { context.params.amount > 40 };'}
                """);
    assertThat(house.problemText()).isEmpty();
    Decision decision = house.decide(PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations())
        .extracting(v -> v.rule().rule() + " " + v.enforcement().word())
        .containsExactly("bans block", "asks require_approval", "cel warn");
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 20}")).isEqualTo(REQUIRE_APPROVAL);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 10}")).isEqualTo(WARN);
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 9}")).isEqualTo(ALLOW);
  }

  @Test
  void aPermitLiftsNothing() {
    House house =
        house()
            .rules(
                """
                - {id: permits, cedar: 'permit(principal, action, resource);'}
                - {id: allows, rego: 'allow := true'}
                - {id: denies, on: pay, rego: 'deny if input.amount > 10'}
                """);
    assertThat(house.effect(PAY)).isEqualTo(BLOCK);
    assertThat(house.decide(PAY).violations()).hasSize(1);
  }

  @Test
  void whatObligationsHaveMadeIsWhatEveryLanguageSees() {
    String rules =
        """
        - {id: redacts, on: pay, pii: {redact: [ssn], fields: [body]}}
        - {id: rego, on: pay, rego: 'deny if contains_pii(input.body)'}
        - {id: cedar, on: pay, cedar: 'forbid(principal, action, resource) when { context.params.body like "*123-45*" };'}
        """;
    assertThat(house().rules(rules).effect(PAY)).isEqualTo(ALLOW);
    assertThat(house().rules(rules.lines().skip(1).reduce("", (a, b) -> a + b + "\n")).effect(PAY))
        .isEqualTo(BLOCK);
  }

  @Test
  void attachmentsAndOverridesTreatThemAsAnyRule() {
    String agents =
        """
        default: allow
        agents:
          bot:
            precedence: %s
            packs: [{pack: policy, enforcement: %s}]
            overrides: [{id: own, on: pay, rego: 'warn if input.amount > 1', replaces: base/much}]
        packs: [base]
        """;
    String base =
        """
        pack: base
        overridable: true
        rules: [{id: much, on: pay, rego: 'deny if input.amount > 1'}]
        """;
    String file = "package p\nwarn if input.amount > 40";
    House restrictive =
        house(agents.formatted("most_restrictive", "require_approval"))
            .pack(base)
            .file("packs/policy.rego", file);
    assertThat(restrictive.problemText()).isEmpty();
    assertThat(restrictive.decide(PAY).violations())
        .extracting(v -> v.rule().name() + " " + v.enforcement().word())
        .containsExactly("base/much block", "policy/policy require_approval", "agent:bot/own warn");
    House own =
        house(agents.formatted("agent_overrides", "block"))
            .pack(base)
            .file("packs/policy.rego", file);
    Decision decision = own.decide(PAY);
    assertThat(decision.violations())
        .extracting(v -> v.rule().name() + " " + v.enforcement().word())
        .containsExactly("policy/policy warn", "agent:bot/own warn");
    assertThat(decision.overridden()).hasSize(1);
  }

  @Test
  void coverageCountsTheActionsThatPoliciesName() {
    House house =
        house("agents: {bot: {role: agent, packs: [a, b]}}")
            .file("packs/a.rego", "package a\ndeny if input.action == \"x\"\ndeny if input.evil")
            .file("packs/b.cedar", "permit(principal, action in [Action::\"y\"], resource);");
    assertThat(house.problemText()).isEmpty();
    assertThat(house.policies().covers("x")).isTrue();
    assertThat(house.policies().covers("y")).isTrue();
    assertThat(house.policies().covers("z")).isFalse();
    assertThat(house.effect("{\"action\": \"x\"}")).isEqualTo(BLOCK);
    assertThat(house.effect("{\"action\": \"y\"}")).isEqualTo(ALLOW);
    assertThat(house.decide("{\"action\": \"z\"}").reason()).isEqualTo(Reason.DEFAULT);
    // What one rule of the file cannot be told about is asked for every action.
    assertThat(house.decide("{\"action\": \"z\", \"evil\": true}").violations()).hasSize(1);
  }

  @Test
  void peopleAgreeToOnePartOfAPolicyAndToNoOther() {
    House house =
        house()
            .rules(
                """
                - id: both
                  on: pay
                  rego: |
                    require_approval_amount contains "much" if input.amount > 10
                    require_approval_hour contains "late" if data.late
                """)
            .data("{\"late\": false}");
    ActionRequest request =
        ActionRequest.fromValue(House.json("{\"action\": \"pay\", \"amount\": 50}"), "bot");
    Facts facts = house.policies().registry().facts(request, List.of(), House.NOW);
    Decision asked = house.point().prepare(request, facts).settle(house.usage()).decision();
    assertThat(asked.effect()).isEqualTo(REQUIRE_APPROVAL);
    Grant grant =
        new Grant(
            "a1", asked.digest(), request.key(), asked.ask().orElseThrow().rules(), Instant.MAX);
    Facts agreed = facts.withGrant(Optional.of(grant));
    assertThat(house.point().prepare(request, agreed).settle(house.usage()).decision().effect())
        .isEqualTo(ALLOW);
    house.data("{\"late\": true}").load();
    Decision again = house.point().prepare(request, agreed).settle(house.usage()).decision();
    assertThat(again.effect()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(again.violations())
        .filteredOn(v -> !v.granted())
        .extracting(Violation::part)
        .containsExactly("require_approval_hour");
  }

  @Test
  void aPolicyMayLookAtACap() {
    House house =
        house()
            .rules(
                """
                - {id: day, cap: {sum: amount, over: pay, limit: 100 USD, per: customer, window: day}}
                - {id: near, on: pay, enforcement: warn, rego: 'deny contains "nearly used up" if bylaw.cap("p/day").left < 60'}
                """);
    assertThat(house.problemText()).isEmpty();
    String pay = "{\"action\": \"pay\", \"amount\": 45, \"customer\": \"c\"}";
    assertThat(house.effect(pay)).isEqualTo(ALLOW);
    assertThat(house.effect(pay)).isEqualTo(WARN);
    assertThat(house.effect(pay)).isEqualTo(BLOCK);
  }

  @Test
  void aResultIsSeenWhereItIsDecidedOn() {
    House house =
        house()
            .rules(
                """
                - {id: rego, on: read, check: result, rego: 'deny contains "pii" if contains_pii(input.result)'}
                - {id: cedar, on: read, check: result, cedar: 'forbid(principal, action, resource) when { context.result.rows > 10 };'}
                """)
            .with(facts ->
                facts.withResult(House.json("{\"rows\": 11, \"text\": \"SSN 123-45-6789\"}")));
    assertThat(house.problemText()).isEmpty();
    assertThat(house.decide("{\"action\": \"read\", \"result\": {\"rows\": 1}}").violations())
        .extracting(v -> v.rule().rule())
        .containsExactlyInAnyOrder("rego", "cedar");
  }

  @Test
  void examplesOfRulesInOtherLanguagesAreRun() {
    String pack =
        """
        pack: p
        scope: all
        rules:
          - id: rego
            on: pay
            rego: 'deny if { input.amount > 10; not input.context.has_human_approval }'
            examples:
              allowed:
                - {action: pay, params: {amount: 9}}
                - {action: pay, params: {amount: 11}, has_human_approval: true}
              violated:
                - {action: pay, params: {amount: %s}}
          - id: cedar
            on: pay
            cedar: 'permit(principal, action == Action::"pay", resource) when { principal.role == "agent" };'
            examples:
              allowed: [{action: pay, agent: {role: agent}}]
              violated: [{action: pay, agent: {role: other}}, {action: pay}]
        """;
    assertThat(problems(pack.formatted("11"))).isEqualTo("[]");
    assertThat(problems(pack.formatted("10"))).contains("E0218").contains("it satisfies the rule");
  }

  private static String problems(String pack) {
    House house = house().pack(pack);
    house.policies();
    var found = new dev.bylaw.syntax.Diagnostics();
    new dev.bylaw.policy.pack.PackExamples(
            house.registry(), house.policies().data(), house.policies().environment())
        .run(house.policies().packs().values().iterator().next(), found);
    return house.problemText() + found.all();
  }
}
