package dev.bylaw.cedar.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {
  private static List<Diagnostic> mistakes(String text) {
    var diagnostics = new Diagnostics();
    PolicyParser.parse(Source.of("p.cedar", text), diagnostics);
    return diagnostics.all();
  }

  private static String inCondition(String expr) {
    return "permit(principal, action, resource) when { " + expr + " };";
  }

  @Test
  void everyPolicysMistakesAreReportedWithLineAndCaret() {
    var found =
        mistakes(
            """
            permit(principal, action, resource) when { principal.nam() };
            permit(principal, actoin, resource);
            permit(principal, action, resource) when { context.x = 1 };
            """);

    assertThat(found)
        .extracting(Diagnostic::render)
        .containsExactly(
            """
            p.cedar:1:54: C0123: unknown method `nam`
              permit(principal, action, resource) when { principal.nam() };
                                                                   ^^^\
            """,
            """
            p.cedar:2:19: C0104: expected `action`, found `actoin`
              permit(principal, actoin, resource);
                                ^^^^^^ did you mean `action`?\
            """,
            """
            p.cedar:3:54: C0104: expected an operator, found `=`
              permit(principal, action, resource) when { context.x = 1 };
                                                                   ^ equality is written `==`\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 < 2 < 3",
        "9223372036854775808 == 1",
        "!!!!!true",
        "principal.if",
        "principal[1]",
        "1 / 2 == 1",
        "ip.isIpv4()",
        "foo(1)",
        "isIpv4(ip(\"::1\"))",
        "principal.ip(\"::1\")",
        "{a: 1, a: 2} == 1",
        "{true: 1} == 1",
        "?principal == principal",
        "[1].contains()",
        "context like principal",
        "\"\\q\" == 1",
        "\"\\x80\" == 1",
        "\"\\u{D800}\" == 1",
        "in",
        ""
      })
  void whatCedarRefusesIsRefused(String expr) {
    assertThat(mistakes(inCondition(expr))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-9223372036854775808 == 1",
        "--1 == 1",
        "!!!!true",
        "principal[\"if\"] == 1",
        "{\"if\": 1, principal: 2} == 1",
        "context has a.b.c",
        "ip() == 1",
        "if true then 1 else 2",
        "permit::\"x\" == principal",
        "[1, 2,].contains(1,)",
        "\"a\\u{1F600}\\x41\\0\" == \"\"",
        "principal is permit::User in [resource]"
      })
  void whatCedarTakesIsTaken(String expr) {
    assertThat(mistakes(inCondition(expr))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'principal: User, action, resource'",
    "'principal = User::\"a\", action, resource'",
    "'principal, action is Action, resource'",
    "'principal, action == User::\"a\", resource'",
    "'principal == ?resource, action, resource'",
    "'principal, action == ?action, resource'",
    "'principal, action'",
    "'principal, action, resource, context'"
  })
  void scopesAskOnlyWhatTheyCan(String scopes) {
    assertThat(mistakes("permit(" + scopes + ");")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!(", "[", "principal.contains(", "if true then "})
  void deepNestingEndsWithAnError(String open) {
    assertThat(mistakes(inCondition(open.repeat(100_000))))
        .extracting(Diagnostic::code)
        .contains("C0120");
  }

  @Test
  void chainsInsideOfChainsEndWithAnError() {
    String expr = "context";
    for (int i = 0; i < 100; i++) {
      expr = "(" + expr + ".a".repeat(200) + ")";
    }

    assertThat(mistakes(inCondition(expr))).extracting(Diagnostic::code).contains("C0120");
  }

  @Test
  void longChainsOfConditionsAreFine() {
    String expr = "principal == resource" + " || principal == resource".repeat(20_000);

    assertThat(mistakes(inCondition(expr))).isEmpty();
  }

  @Test
  void hugeTextsAreReadOnce() {
    String text = inCondition("principal.name == \"" + "x".repeat(1_000) + "\"").repeat(10_000);

    assertThat(PolicySet.parse(text).policies()).hasSize(10_000);
  }

  @Test
  void policiesAreCalledByTheirPlaceTemplatesCounted() {
    var policies =
        PolicySet.parse(
            """
            permit(principal, action, resource);
            permit(principal == ?principal, action, resource);
            forbid(principal, action, resource);
            """);

    assertThat(policies.policies().sequencedKeySet()).containsExactly("policy0", "policy2");
    assertThat(policies.templates().sequencedKeySet()).containsExactly("policy1");
  }

  @Test
  void anUnclosedStringIsAnError() {
    assertThatThrownBy(() -> PolicySet.parse(inCondition("\"abc")))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("this string never ends");
  }
}
