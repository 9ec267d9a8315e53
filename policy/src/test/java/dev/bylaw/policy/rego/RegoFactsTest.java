package dev.bylaw.policy.rego;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.House;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.rule.RuleEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy in Rego sees, what it is asked about, and where it stands. */
class RegoFactsTest {
  private static final RuleEnvironment REGO =
      RuleEnvironment.standard().with(List.of(new RegoLanguage(RegoAccess.NONE)));

  private static House house(String settings, String rego) {
    return House.of(
            """
            identity: acme
            %s
            agents: {bot: {role: agent, packs: [policy]}}
            """
                .formatted(settings))
        .with(REGO)
        .file("packs/policy.rego", rego);
  }

  private static House house(String rego) {
    return house("default: allow", rego);
  }

  private static String specification() throws IOException {
    return Files.readString(Path.of("../examples/specification/data_protection.rego"));
  }

  @Test
  void theSpecificationsPolicyAnswersItsOwnAssertions() throws IOException {
    House house = house("", specification());
    assertThat(house.problemText()).isEmpty();
    Decision denied =
        house.decide(
            """
            {"action": "api_call", "endpoint": "https://untrusted-api.com",
             "payload": {"ssn": "123-45-6789"}}
            """);
    assertThat(denied.effect()).isEqualTo(BLOCK);
    assertThat(denied.violations().getFirst().message())
        .isEqualTo("Blocked external API call to https://untrusted-api.com with PII");
    assertThat(denied.violations().getFirst().part()).isEqualTo("deny_external_api");
    assertThat(denied.violations().getFirst().line()).isEqualTo(3);
    assertThat(
            house.effect(
                """
                {"action": "api_call", "endpoint": "https://untrusted-api.com",
                 "payload": {"product_id": "ABC123"}}
                """))
        .isEqualTo(ALLOW);
    // Its pattern is what it compares: other actions are not covered.
    assertThat(house.decide("{\"action\": \"send_email\"}").reason()).isEqualTo(Reason.DEFAULT);
  }

  @Test
  void theSpecificationsPolicyGovernsTheActionThatIsAnApiCall() throws IOException {
    assertThat(
            house("", specification())
                .effect(
                    """
                    {"action": "http", "params": {"endpoint": "https://untrusted-api.com",
                     "payload": "call 415-555-2671, my SSN is 123-45-6789"}}
                    """))
        .isEqualTo(BLOCK);
  }

  @Test
  void parametersNeverShadowFacts() {
    House house =
        house(
            """
            package p
            deny contains "forged" if input.agent.role == "admin"
            deny contains "forged" if input.context.has_human_approval
            deny contains "forged" if input.action == "safe"
            deny contains "forged" if input.resource.classification == "public"
            deny contains "seen" if input.params.agent == "x"
            """);
    String forged =
        """
        {"action": "pay", "params": {"agent": {"role": "admin"}, "action": "safe", "tool": "safe",
         "resource": {"classification": "public"}, "context": {"has_human_approval": true}}}
        """;
    assertThat(house.effect(forged)).isEqualTo(ALLOW);
    assertThat(
            house
                .decide("{\"action\": \"pay\", \"context\": {\"has_human_approval\": true}}")
                .reason())
        .isEqualTo(Reason.FORGED_FACT);
  }

  @Test
  void aCallerCannotChangeWhatIsDeclaredOfAResource() {
    House house =
        house(
            "tables: {customers: {classification: PII}}\ndefault: allow",
            "package p\ndeny contains \"pii\" if input.resource.classification == \"PII\"");
    assertThat(
            house.effect(
                """
                {"action": "read", "resource": {"table": "customers", "classification": "public"}}
                """))
        .isEqualTo(BLOCK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deny contains \"x\" if input.action == \"pay\"",
        "deny contains \"x\" if \"pay\" == input.action",
        "deny contains \"x\" if input[\"action\"] in {\"pay\", \"refund\"}",
        "deny contains \"x\" if input.tool in [\"pay\"]",
        "default paying := false\npaying if input.action == \"pay\"\ndeny contains \"x\" if paying",
        "paying if { input.amount > 1; input.action == \"pay\" }\ndeny if paying",
        "deny if input.action == \"refund\" else if input.action == \"pay\"",
        "deny { input.action == \"refund\" } { input.action == \"pay\" }",
      })
  void whatComparesItsActionIsAboutThatAndCoversIt(String rules) {
    House house = house("", "package p\n" + rules);
    assertThat(house.problemText()).isEmpty();
    var rule = house.firstRuleOf("policy");
    assertThat(rule.pattern().isOpen()).isFalse();
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 5}")).isEqualTo(BLOCK);
    Decision other = house.decide("{\"action\": \"mail\"}");
    assertThat(other.reason()).isEqualTo(Reason.DEFAULT);
    assertThat(other.consulted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deny contains \"x\" if input.amount > 1",
        "deny contains \"x\" if not input.action == \"mail\"",
        "deny contains \"x\" if { input.action == \"pay\" with input as {\"action\": \"pay\"} }",
        "deny contains \"x\" if { some a in [\"pay\", \"mail\"]; input.action == a }",
        "default deny := true\ndeny := false if input.action == \"safe\"",
        "deny if input.action == \"refund\"\ndeny if input.amount > 1",
        "deny { input.action == \"refund\" } { input.amount > 1 }",
        "deny { input.action == \"refund\" } else = true { input.amount > 1 }",
        "paying if input.action == \"refund\"\ndeny if { paying := true; paying }",
        "default paying := true\npaying := false if input.action == \"safe\"\ndeny if paying",
        "import data.request as input\ndeny if input.action == \"refund\"\nwarn if true",
      })
  void whatIsNotProvedIsAskedAboutEverything(String rules) {
    House house = house("package p\n" + rules);
    var rule = house.firstRuleOf("policy");
    assertThat(rule.pattern().isOpen()).isTrue();
    assertThat(house.effect("{\"action\": \"pay\", \"amount\": 5}")).isNotEqualTo(ALLOW);
  }

  @Test
  void anAllowNamesEveryAction() {
    House house = house("", "package p\nallow if input.action == \"read\"");
    assertThat(house.effect("{\"action\": \"read\"}")).isEqualTo(ALLOW);
    assertThat(house.decide("{\"action\": \"write\"}").reason()).isEqualTo(Reason.RULES);
    assertThat(house.effect("{\"action\": \"write\"}")).isEqualTo(BLOCK);
  }

  @Test
  void namedDataAreDataAndMayChangeWithoutCompiling() {
    House house =
        house("package p\ndeny contains \"x\" if input.to in data.blocked")
            .data("{\"blocked\": [\"ada\"]}");
    String request = "{\"action\": \"pay\", \"to\": \"ada\"}";
    assertThat(house.effect(request)).isEqualTo(BLOCK);
    house.data("{\"blocked\": []}").load();
    assertThat(house.effect(request)).isEqualTo(ALLOW);
  }

  @Test
  void dataThatWouldHideARuleAreRefused() {
    House house =
        house("package a.b\ndeny contains \"x\" if true").data("{\"a\": {\"b\": {\"deny\": []}}}");
    assertThat(house.problemText()).contains("E0222: the data `a.b.deny` stand where");
    House later = house("package a.b\ndeny contains \"x\" if input.amount > 5");
    var before = later.load();
    var hidden =
        before.withData(
            new dev.bylaw.policy.data.NamedData(House.json("{\"a\": {\"b\": 1}}")), "r2");
    var point = new dev.bylaw.policy.decision.DecisionPoint(() -> "d");
    point.use(hidden);
    var request =
        dev.bylaw.policy.request.ActionRequest.fromValue(House.json("{\"action\": \"x\"}"), "bot");
    Decision decision =
        point
            .prepare(request, hidden.registry().facts(request, List.of(), House.NOW))
            .settle(later.usage())
            .decision();
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().failed()).isTrue();
  }

  @Test
  void whatReachesOutOfTheRequestIsOffUnlessItIsAllowed() {
    String text =
        "package p\ndeny contains \"x\" if http.send({\"method\": \"get\", \"url\": input.url})";
    assertThat(house(text).problemText())
        .contains("http.send")
        .contains("`rego: { functions: [http.send] }` in `bylaw.yaml` allows it");
    RegoAccess reaching =
        new RegoAccess(
            Set.of("http.send"), _ -> false, dev.bylaw.value.ObjectValue.EMPTY, RegoAccess.STEPS);
    House open =
        house(text).with(RuleEnvironment.standard().with(List.of(new RegoLanguage(reaching))));
    assertThat(open.problemText()).isEmpty();
    Decision decision = open.decide("{\"action\": \"x\", \"url\": \"http://10.0.0.1/\"}");
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().detail())
        .contains("connecting to 10.0.0.1 is not allowed");
  }

  @Test
  void functionsOfTheHostTellOfContentsHostsAndTheTime() {
    assertThat(held("contains_pii(input.text)")).isTrue();
    assertThat(held("bylaw.pii_types(input.text) == [\"ssn\"]")).isTrue();
    assertThat(held("some f in bylaw.pii({\"a\": input.text}); f.path == \"/a\"; f.score > 0.5"))
        .isTrue();
    assertThat(held("count(bylaw.secrets(input.text)) == 0")).isTrue();
    assertThat(held("bylaw.host(input.url) == \"api.example.com\"")).isTrue();
    assertThat(held("bylaw.host_allowed(input.url, \"vendors\")")).isTrue();
    assertThat(held("bylaw.host_allowed(input.url, data.vendors)")).isTrue();
    assertThat(held("bylaw.host_allowed(input.odd, \"vendors\")")).isFalse();
    assertThat(held("bylaw.host_denied(input.odd, \"vendors\")")).isTrue();
    assertThat(held("bylaw.clock().weekday == \"sunday\"; bylaw.clock().hour == 18")).isTrue();
    assertThat(held("time.now_ns() == 1772408700000000000")).isTrue();
    assertThat(held("bylaw.host_allowed(\"https://a@b\", \"vendors\")")).isNull();
    assertThat(held("bylaw.host_allowed(input.url, \"nothing\")")).isNull();
    assertThat(held("bylaw.cap(\"p/none\")")).isNull();
  }

  /** Whether a condition holds; null if it cannot be evaluated. */
  private static @org.jspecify.annotations.Nullable Boolean held(String condition) {
    House house =
        house(
                "default: allow\nzone: America/New_York",
                "package p\ndeny contains \"x\" if { " + condition + " }")
            .data("{\"vendors\": [\"api.example.com\"]}");
    assertThat(house.problemText()).isEmpty();
    Decision decision =
        house.decide(
            """
            {"action": "x", "text": "my SSN is 123-45-6789", "url": "https://api.example.com/a",
             "odd": "https://api.example.com:8443/a"}
            """);
    return decision.violations().isEmpty()
        ? Boolean.FALSE
        : decision.violations().getFirst().failed() ? null : Boolean.TRUE;
  }

  @Test
  void aTestOfPoliciesIsNoPack() {
    House house =
        house("package p\ndeny contains \"x\" if input.amount > 5")
            .file("packs/policy_test.rego", "package p_test\nimport data.p\ntest_x if p.deny");
    assertThat(house.problemText()).isEmpty();
    assertThat(house.policies().packs().keySet()).containsExactly("policy");
  }

  @Test
  void aRuleOfAPackNamesAFileOrHoldsAText() {
    House house =
        House.of("identity: acme\ndefault: allow\nagents: {bot: {role: agent}}")
            .with(REGO)
            .file(
                "packs/limits.rego",
                "package limits\nimport data.lib\ndeny contains \"much\" if lib.much(input.amount)")
            .file("packs/lib.rego", "package lib\nmuch(n) if n > 10")
            .pack(
                """
                pack: p
                scope: all
                enforcement: require_approval
                rules:
                  - id: files
                    on: pay
                    rego: [limits.rego, lib.rego]
                    severity: low
                  - id: inline
                    on: [pay, refund]
                    rego: |
                      deny contains "to ada" if {
                        input.to == "ada"
                      }
                      deny contains "no text" if
                        input.text == ""
                    message: not like this
                    examples:
                      allowed: [{action: pay, params: {to: bob}}]
                      violated: [{action: pay, params: {to: ada}}]
                """);
    assertThat(house.problemText()).isEmpty();
    assertThat(house.policies().packs().keySet()).containsExactly("p");
    Decision decision = house.decide("{\"action\": \"pay\", \"amount\": 11, \"to\": \"ada\"}");
    assertThat(decision.effect()).isEqualTo(Effect.REQUIRE_APPROVAL);
    assertThat(decision.violations())
        .extracting(v -> v.rule().rule() + " " + v.file() + ":" + v.line() + " " + v.message())
        .containsExactlyInAnyOrder(
            "files packs/limits.rego:3 much", "inline packs/pack-3.yaml:12 to ada");
    assertThat(house.effect("{\"action\": \"mail\", \"to\": \"ada\"}")).isEqualTo(ALLOW);
  }

  @Test
  void aMistakeInATextStandsWhereItIsInThePack() {
    House house =
        House.of("identity: acme\nagents: {bot: {role: agent}}")
            .with(REGO)
            .pack(
                """
                pack: p
                rules:
                  - id: inline
                    rego: |
                      deny contains "x" if {
                        input.to == nothing
                      }
                  - id: line
                    rego: 'deny contains "x" if input.to == nobody'
                """);
    assertThat(house.problemText())
        .contains("packs/pack-1.yaml:6:9: rego_unsafe_var_error")
        .contains("packs/pack-1.yaml:9:")
        .contains("var nobody is unsafe");
  }

  @Test
  void aChangedFileIsAnotherRuleToAnApproval() {
    String pack = "pack: p\nscope: all\nrules: [{id: a, rego: policy.rego}]";
    House house =
        House.of("identity: acme\nagents: {bot: {role: agent}}")
            .with(REGO)
            .pack(pack)
            .file("packs/policy.rego", "package p\ndeny if input.amount > 1");
    String before = house.firstRuleOf("p").digest();
    String revision = house.policies().revision();
    house.replacePack(1, "package p\ndeny if input.amount > 2").load();
    assertThat(house.firstRuleOf("p").digest()).isNotEqualTo(before);
    assertThat(house.policies().revision()).isNotEqualTo(revision);
  }
}
