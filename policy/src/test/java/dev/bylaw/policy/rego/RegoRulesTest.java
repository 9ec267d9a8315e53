package dev.bylaw.policy.rego;

import static dev.bylaw.policy.Effect.ALLOW;
import static dev.bylaw.policy.Effect.BLOCK;
import static dev.bylaw.policy.Effect.REQUIRE_APPROVAL;
import static dev.bylaw.policy.Effect.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.decision.Violation;
import dev.bylaw.policy.rule.RuleEnvironment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules of a policy in Rego mean what. */
class RegoRulesTest {
  static House house(String rego) {
    return house("policy", rego);
  }

  static House house(String attachment, String rego) {
    return House.of(
            """
            identity: acme
            default: allow
            agents: {bot: {role: agent, packs: [%s]}}
            """
                .formatted(attachment))
        .with(RuleEnvironment.standard().with(List.of(new RegoLanguage(RegoAccess.NONE))))
        .file("packs/policy.rego", rego);
  }

  private static Decision decide(String rego, String request) {
    House house = house(rego);
    Decision decision = house.decide(request);
    assertThat(house.problems()).noneMatch(each -> each.isError());
    return decision;
  }

  private static final String PAY = "{\"action\": \"pay\", \"amount\": 50, \"to\": \"ada\"}";

  @Test
  void eachElementOfAPartialRuleIsAViolation() {
    Decision decision =
        decide(
            """
            package p
            deny contains "too much" if input.amount > 10
            deny contains msg if {
              input.to == "ada"
              msg := sprintf("%v is not to be paid", [input.to])
            }
            """,
            PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations())
        .extracting(Violation::message, Violation::line, Violation::part)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("too much", 2, "deny"),
            org.assertj.core.groups.Tuple.tuple("ada is not to be paid", 3, "deny"));
  }

  @Test
  void anObjectSaysMoreOfItsViolation() {
    Decision decision =
        decide(
            """
            package p
            violation contains {
              "msg": "over the limit",
              "severity": "critical",
              "enforcement": "require_approval",
              "limit": 10,
            } if input.amount > 10
            """,
            PAY);
    Violation violation = decision.violations().getFirst();
    assertThat(decision.effect()).isEqualTo(REQUIRE_APPROVAL);
    assertThat(violation.message()).isEqualTo("over the limit");
    assertThat(violation.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(violation.detail()).isEqualTo("limit: 10");
    assertThat(violation.file()).isEqualTo("packs/policy.rego");
    assertThat(violation.type()).isEqualTo("rego");
  }

  @Test
  void theNameOfARuleIsItsLevel() {
    String text = "package p\n%s contains \"x\" if input.amount > 10";
    assertThat(decide(text.formatted("deny"), PAY).effect()).isEqualTo(BLOCK);
    assertThat(decide(text.formatted("violation"), PAY).effect()).isEqualTo(BLOCK);
    assertThat(decide(text.formatted("warn"), PAY).effect()).isEqualTo(WARN);
    assertThat(decide(text.formatted("warn_of_much"), PAY).effect()).isEqualTo(WARN);
    assertThat(decide(text.formatted("require_approval"), PAY).effect())
        .isEqualTo(REQUIRE_APPROVAL);
    assertThat(decide(text.formatted("require_approval_of_much"), PAY).effect())
        .isEqualTo(REQUIRE_APPROVAL);
  }

  @Test
  void aCompleteRuleIsAViolationWhereItIsTrue() {
    String text = "package p\ndefault deny := false\ndeny if input.amount > %d";
    assertThat(decide(text.formatted(10), PAY).effect()).isEqualTo(BLOCK);
    assertThat(decide(text.formatted(100), PAY).effect()).isEqualTo(ALLOW);
    Decision decision =
        decide("package p\ndeny if input.amount > 99\ndeny if input.to == \"ada\"", PAY);
    assertThat(decision.violations().getFirst().message()).isEqualTo("`deny` is violated");
    assertThat(decision.violations().getFirst().line()).isEqualTo(3);
  }

  @Test
  void anAllowThatIsNotTrueIsAViolation() {
    String text = "package p\n%s\nallow if input.to == \"%s\"";
    assertThat(decide(text.formatted("default allow := false", "ada"), PAY).effect())
        .isEqualTo(ALLOW);
    assertThat(decide(text.formatted("default allow := false", "bob"), PAY).effect())
        .isEqualTo(BLOCK);
    Decision undefined = decide(text.formatted("", "bob"), PAY);
    assertThat(undefined.effect()).isEqualTo(BLOCK);
    assertThat(undefined.violations().getFirst().message()).isEqualTo("`allow` is not true");
  }

  @Test
  void anAllowLiftsNothing() {
    assertThat(
            decide("package p\nallow := true\ndeny contains \"x\" if input.amount > 10", PAY)
                .effect())
        .isEqualTo(BLOCK);
  }

  @Test
  void bothDialectsAreRead() {
    assertThat(decide("package p\ndeny[msg] { input.amount > 10; msg := \"x\" }", PAY).effect())
        .isEqualTo(BLOCK);
    assertThat(
            decide(
                    """
                    package p
                    import future.keywords.if
                    import future.keywords.contains
                    deny contains "x" if input.amount > 10
                    """,
                    PAY)
                .effect())
        .isEqualTo(BLOCK);
    assertThat(decide("package p\nimport rego.v1\ndeny if input.amount > 10", PAY).effect())
        .isEqualTo(BLOCK);
    // In v1 this is an object whose keys are what is wrong.
    assertThat(
            decide("package p\ndeny[msg] if { input.amount > 10; msg := \"x\" }", PAY)
                .violations()
                .getFirst()
                .message())
        .isEqualTo("x");
  }

  @Test
  void anObjectOfViolationsIsReadByItsLeaves() {
    Decision decision =
        decide(
            """
            package p
            violation[id] := {"msg": "much", "severity": "low"} if {
              input.amount > 10
              id := "V1"
            }
            deny.network contains "not from here" if input.to == "ada"
            deny.off := false
            """,
            PAY);
    assertThat(decision.violations())
        .extracting(Violation::message)
        .containsExactlyInAnyOrder("much", "not from here");
  }

  @Test
  void helpersArePointedOutAndAreNoViolations() {
    House house =
        house(
            """
            package p
            deny contains "x" if deny_list[input.to]
            deny_list := {"bob"}
            deny_much(n) if n > 10
            warn_text := sprintf("%v", [input.amount])
            violations contains "y" if input.amount > 10
            """);
    assertThat(house.effect(PAY)).isEqualTo(ALLOW);
    assertThat(house.problemText())
        .contains("packs/policy.rego:3:1: W0211: warning: `deny_list` is never true or false")
        .contains(
            "packs/policy.rego:4:1: W0211: warning: `deny_much` is a function, which nothing asks")
        .contains("packs/policy.rego:5:1: W0211: warning: `warn_text` is never true or false")
        .contains("packs/policy.rego:6:1: W0212: warning: nothing asks for `violations`")
        .doesNotContain(": E");
  }

  @Test
  void aPolicyThatDemandsNothingDoesNotLoad() {
    House house = house("package p\nhelper if input.amount > 1");
    assertThat(house.problemText()).contains("E0221: no rule here says what is violated");
    assertThat(house.decide(PAY).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void everyMistakeIsToldWithItsPlaceAndCaret() {
    House house =
        house(
            """
            package p
            deny contains x if input.amount > limit
            warn contains "y" if nothing(input.to)
            """);
    assertThat(house.problemText())
        .contains("packs/policy.rego:2:")
        .contains("rego_unsafe_var_error")
        .contains("^");
    assertThat(house("package p\ndeny contains if {").problemText())
        .contains("packs/policy.rego:2:")
        .contains("rego_parse_error");
  }

  @Test
  void anErrorOfABuiltinFailsTheRuleAndHidesNoOther() {
    Decision decision =
        decide(
            """
            package p
            deny contains "bad number" if to_number(input.to) > 3
            deny contains "much" if input.amount > 10
            warn contains "careful" if input.amount > 10
            """,
            PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations())
        .extracting(Violation::message)
        .containsExactlyInAnyOrder("`deny` could not be evaluated", "much", "careful");
    Violation failed =
        decision.violations().stream().filter(Violation::failed).findFirst().orElseThrow();
    assertThat(failed.line()).isEqualTo(2);
    assertThat(failed.detail()).contains("to_number");
  }

  @Test
  void aRuleThatFailsDoesSoAtTheStrongestLevelItMayHaveHad() {
    String text =
        """
        package p
        warn contains {"msg": "x", "enforcement": %s} if to_number(input.to) > 3
        """;
    assertThat(decide(text.formatted("\"block\""), PAY).effect()).isEqualTo(BLOCK);
    assertThat(decide(text.formatted("input.level"), PAY).effect()).isEqualTo(BLOCK);
    assertThat(decide(text.formatted("\"warn\""), PAY).effect()).isEqualTo(WARN);
  }

  @Test
  void rulesThatContradictEachOtherFail() {
    Decision decision =
        decide("package p\ndeny := true if input.amount > 1\ndeny := false if input.to", PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations()).anyMatch(Violation::failed);
  }

  @Test
  void aPolicyThatTakesTooLongFails() {
    Decision decision =
        decide(
            """
            package p
            deny contains "x" if {
              some a in numbers.range(1, 3000)
              some b in numbers.range(1, 3000)
              a * b == input.amount + 0.5
            }
            """,
            PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations().getFirst().failed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count(numbers.range(1, 2000000000)) > 0",
        "count([x | some x in numbers.range(1, 100000); some y in numbers.range(1, 100000)]) > 0",
        "count(replace(input.long, \"a\", input.long)) > 0",
        "count(strings.replace_n({\"a\": input.long}, input.long)) > 0",
        "count(regex.replace(input.long, \"a\", input.long)) > 0",
        "count(concat(input.long, split(input.long, \"\"))) > 0",
        "json.unmarshal(concat(\"\", [input.open, \"1\"]))",
      })
  void aPolicyThatWantsTooMuchFailsAndTakesNobodyWithIt(String condition) {
    House house = house("package p\ndeny contains \"x\" if { " + condition + " }");
    assertThat(house.problemText()).isEmpty();
    long start = System.nanoTime();
    Decision decision =
        house.decide(
            "{\"action\": \"x\", \"long\": \""
                + "a".repeat(100_000)
                + "b\", \"open\": \""
                + "[".repeat(100_000)
                + "\"}");
    assertThat(decision.violations()).extracting(Violation::failed).containsExactly(true);
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void policiesNestedTooDeeplyAreRefused() {
    House house = house("package p\ndeny if " + "(".repeat(200_000) + "true" + ")".repeat(200_000));
    assertThat(house.problemText()).contains("packs/policy.rego:");
    assertThat(house.decide(PAY).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void manyViolationsAreToldShortlyAndTheStrongestNeverLost() {
    Decision decision =
        decide(
            """
            package p
            warn contains {"msg": sprintf("m%v", [i]), "enforcement": level} if {
              some i in numbers.range(1, 500)
              level := {true: "block", false: "warn"}[i == 321]
            }
            """,
            PAY);
    assertThat(decision.effect()).isEqualTo(BLOCK);
    assertThat(decision.violations()).hasSize(100);
    assertThat(decision.violations().getFirst().message()).isEqualTo("m321");
  }
}
