package dev.bylaw.rego.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of modules that parse but cannot be evaluated, and in which order. */
class CheckerTest {
  private static Policy policy(String... rules) {
    return Policy.compile(
        List.of(Source.of("p.rego", "package p\n" + String.join("\n", rules))), Options.standard());
  }

  private static List<String> mistakes(String... rules) {
    try {
      policy(rules);
      return List.of();
    } catch (DiagnosticsException e) {
      return e.diagnostics().stream()
          .map(d -> d.span().position().line() + " " + d.code() + " " + d.message())
          .toList();
    }
  }

  private static String answer(String query, String input, String... rules) throws JsonException {
    return policy(rules)
        .prepare(query)
        .value(Request.of(Json.parse(input)))
        .map(Object::toString)
        .orElse("undefined");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "q if { some x; input.a } | 2 rego_compile_error declared var x unused",
        "q if { every k, v in input { true } } | 2 rego_compile_error declared var k unused",
        "f(x) := 1 if { x := 2 } | 2 rego_compile_error arg x redeclared",
        "f(input) := 1 | 2 rego_compile_error args must not shadow input (use a different variable name)",
        "q contains nowhere(x) | 2 rego_type_error undefined function nowhere",
        "q if split(x, y, z, u) | 2 rego_type_error split: arity mismatch",
        "f(x) := x; q if f() | 3 rego_type_error function data.p.f has arity 1, got 0 arguments",
        "q := 1; r := q(2) | 3 rego_type_error function data.p.q has arity 0, got 1 argument",
        "q if data.some.f(1) | 2 rego_type_error undefined function data[\"some\"].f",
        "q if any([true]) | 2 rego_type_error deprecated built-in function calls in expression: any",
        "q := {\"a\": any([true])} | 2 rego_type_error deprecated built-in function calls in expression: any",
        "default f(1) := 2 | 2 rego_parse_error illegal default rule (arguments cannot contain number)",
        "default f(x, x) := 2 | 2 rego_parse_error illegal default rule (arguments cannot be repeated x)",
        "f(count(x)) := 1 | 2 rego_compile_error rule arguments cannot contain calls",
        "q := true[0] | 2 rego_parse_error illegal ref (head cannot be boolean)",
        "q if { some x with input as 1 } | 2 rego_parse_error unexpected with keyword",
        "q := -[1] | 2 rego_parse_error unexpected [ token: expected number",
        "q := 1 if { false } else := 2 else := 3 | 2 rego_parse_error unexpected else keyword",
        "q if { input := 1 } | 2 rego_compile_error variables must not shadow input (use a different variable name)",
        "print(x) | 2 rego_parse_error rule name conflicts with built-in function",
        "x == 1 | 2 rego_parse_error rule name conflicts with built-in function",
        "not q | 2 rego_parse_error negated expressions cannot be used for rule head",
        "some q | 2 rego_parse_error 'some' declarations cannot be used for rule head",
        "[x] := 1 | 2 rego_parse_error array cannot be used for rule name",
        "{1, 2} | 2 rego_parse_error set cannot be used for rule name",
        "if := 1 | 2 rego_parse_error if keyword cannot be used for rule name",
        "q.a.b | 2 rego_parse_error rule must have value assignment and/or body declaration",
        "q[x] | 2 rego_parse_error `contains` keyword is required for partial set rules",
        "f(x) { x } | 2 rego_parse_error `if` keyword is required before function body",
        "q := [1, x.2] | 2 rego_parse_error unexpected number token: expected identifier",
      })
  void aMistakeIsToldInTheWordsOfTheLanguage(String rule, String wanted) {
    assertThat(mistakes(rule.replace("; ", "\n"))).first().asString().startsWith(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q if { some x in input }",
        "q contains x if { some x; input[x] }",
        "q if { some k, _ in input; k > 1 }",
        "q := -input.x",
        "default f(_, _) := 1",
        "f(x) := [x | x := 1]",
      })
  void whatLooksLikeAMistakeButIsNoneIsAccepted(String rule) {
    assertThatCode(() -> policy(rule)).doesNotThrowAnyException();
  }

  @Test
  void aRuleWithAnUnknownFunctionHidesNoMistakeOfAnotherAndMakesNoneUp() {
    assertThat(mistakes("q if { nowhere(1, x); x > 1 }", "r contains y if input.y"))
        .hasSize(1 + 1)
        .contains("3 rego_unsafe_var_error var y is unsafe");
  }

  @Test
  void whatNobodyWroteIsNotToldAsUnsafe() {
    assertThat(mistakes("q if { some x in y; x }", "r := z[_]"))
        .containsExactly(
            "2 rego_unsafe_var_error var x is unsafe",
            "2 rego_unsafe_var_error var y is unsafe",
            "3 rego_unsafe_var_error var _ is unsafe",
            "3 rego_unsafe_var_error var z is unsafe");
  }

  @Test
  void aSemicolonStandsBetweenLiteralsAndNowhereElse() {
    assertThat(mistakes("q := 1; r := 2"))
        .containsExactly("2 rego_parse_error multiple expressions cannot be used for rule head");
    assertThat(mistakes("q if { true; }")).containsExactly("2 rego_parse_error unexpected } token");
    assertThat(mistakes("q if { true }; r := 2"))
        .containsExactly("2 rego_parse_error unexpected ; token");
    assertThat(mistakes("q := [1 | true;]")).hasSize(1);
  }

  @Test
  void bodiesThatFollowEachOtherAreAlternatives() throws JsonException {
    assertThat(answer("data.p.q", "{}", "q if false", "{ true }")).isEqualTo("true");
    assertThat(answer("data.p.q", "{}", "q if { false } { input.x }", "default q"))
        .isEqualTo("true");
  }

  @Test
  void eachRuleOfACycleIsToldAndNoRuleThatOnlyLeadsToOne() {
    assertThat(mistakes("a if b", "b if c", "c if b", "d if { not e }", "e := 1", "f if f"))
        .containsExactlyInAnyOrder(
            "3 rego_recursion_error rule data.p.b is recursive: data.p.b -> data.p.c -> data.p.b",
            "4 rego_recursion_error rule data.p.c is recursive: data.p.c -> data.p.b -> data.p.c",
            "7 rego_recursion_error rule data.p.f is recursive: data.p.f -> data.p.f");
  }

  @Test
  void rulesThatCannotStandTogetherAreToldWithTheirPlaces() {
    assertThat(mistakes("r if true", "r.s.t := 1", "r.u contains 2"))
        .containsExactly(
            "2 rego_type_error rule data.p.r conflicts with:\n"
                + "  rule data.p.r.s.t at p.rego:3\n  rule data.p.r.u at p.rego:4");
    assertThat(mistakes("q contains 1", "q[x] := 2 if x := 1"))
        .containsExactly("2 rego_type_error conflicting rules data.p.q[x] found");
    assertThat(mistakes("default h := 1", "default h := 2"))
        .containsExactly(
            "2 rego_type_error multiple default rules data.p.h found at p.rego:2, p.rego:3");
  }

  @Test
  void aRuleWhereTheDataHasAValueIsRefused() throws JsonException {
    Policy rules = policy("q.a := 1");
    assertThatCode(() -> rules.withData(Json.parse("{\"p\": {\"q\": {\"b\": 1}}}")).requireApart())
        .doesNotThrowAnyException();
    for (String data : List.of("{\"p\": {\"q\": {\"a\": null}}}", "{\"p\": 7}")) {
      assertThatThrownBy(() -> rules.withData(Json.parse(data)).requireApart())
          .isInstanceOfSatisfying(
              DiagnosticsException.class,
              e ->
                  assertThat(e.diagnostics())
                      .extracting(Diagnostic::message)
                      .containsExactly("conflicting rule for data path p/q/a found"));
    }
  }

  @Test
  void whatWithPutsInIsWorkedOutBeforeAndWithoutIt() throws JsonException {
    assertThat(
            answer(
                "data.p.q",
                "{\"xs\": [1, 2]}",
                "q contains y if {y := input.x with input.x as input.xs[_]}"))
        .isEqualTo("[1,2]");
    assertThat(
            answer(
                "data.p.q",
                "{\"n\": 3}",
                "q if input == 1 with input as count([m | m := input.n])"))
        .isEqualTo("true");
    assertThat(answer("data.p.q", "{}", "r if input.a", "q if not r with input as input.missing"))
        .isEqualTo("undefined");
  }

  @Test
  void whatWithPutsInIsBoundBefore() throws JsonException {
    assertThat(
            answer(
                "data.p.q", "{}", "q contains x if { data.d[_] = x with data.d as [1, x]; x = 2 }"))
        .isEqualTo("[2]");
  }

  @Test
  void anOperandWithNotInsideIsSafe() throws JsonException {
    assertThat(
            answer(
                "data.p.q",
                "{\"x\": 0}",
                "import future.keywords.and",
                "q if { not input.x > 0 and count(input) == 1 }"))
        .isEqualTo("true");
  }

  @Test
  void variablesThatLookLikeGeneratedOnesStayApartFromThem() throws JsonException {
    assertThat(
            answer(
                "data.p.q",
                "{}",
                "q := __local0__ if { bits.xor(42, 42, __local1__); every k, v in {\"a\": 1} { k != v }; __local0__ = __local1__ }"))
        .isEqualTo("0");
    assertThat(mistakes("q if __local3__ > 1"))
        .containsExactly("2 rego_unsafe_var_error expression is unsafe");
  }
}
