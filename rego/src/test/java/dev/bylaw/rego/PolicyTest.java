package dev.bylaw.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.builtin.Builtin;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static Policy policy(String text) {
    return Policy.compile(List.of(Source.of("p.rego", text)), Options.standard());
  }

  private static @Nullable Value ask(String text, String query, Object input) {
    return policy(text).prepare(query).value(Request.of(Value.of(input))).orElse(null);
  }

  private static List<String> mistakes(String text) {
    try {
      policy(text);
      return List.of();
    } catch (DiagnosticsException e) {
      return e.diagnostics().stream().map(Diagnostic::toString).toList();
    }
  }

  @Test
  void theSpecificationsPolicyLoadsInItsOldDialect() {
    String text =
        """
        package data_protection
        deny_external_api[msg] {
          input.action == "api_call"
          not trusted_endpoint(input.endpoint)
          contains_pii(input.payload)
          msg := "PII cannot be sent to untrusted external endpoints"
        }
        trusted_endpoint(endpoint) {
          endpoint == "https://crm.example.com"
        }
        """;
    Builtin containsPii =
        new Builtin(
            "contains_pii",
            "any -> boolean",
            1,
            true,
            (Builtin.F1) (c, v) -> BooleanValue.of(v.toString().contains("ssn")));
    Policy policy =
        Policy.compile(
            List.of(Source.of("data_protection.rego", text)),
            Options.standard().withDialect(Dialect.V0).withFunctions(List.of(containsPii)));
    PreparedQuery deny = policy.prepare("data.data_protection.deny_external_api");
    Map<String, Object> bad =
        Map.of("action", "api_call", "endpoint", "https://evil", "payload", Map.of("ssn", "1"));
    Map<String, Object> good =
        Map.of("action", "api_call", "endpoint", "https://evil", "payload", Map.of("id", "1"));
    assertThat(deny.value(Request.of(Value.of(bad))).orElseThrow().toString())
        .contains("PII cannot be sent");
    assertThat(deny.value(Request.of(Value.of(good))).orElseThrow()).hasToString("[]");
  }

  @Test
  void inputMayBeAMapOrARecord() {
    record Call(String action, int amount) {}
    String text = "package p\nallow if { input.action == \"pay\"; input.amount < 100 }";
    assertThat(ask(text, "data.p.allow", new Call("pay", 99))).isEqualTo(BooleanValue.TRUE);
    assertThat(ask(text, "data.p.allow", new Call("pay", 100))).isNull();
  }

  @Test
  void manyRulesAreFoundByWhatTheyCompare() {
    var text = new StringBuilder("package p\n");
    for (int i = 0; i < 2_000; i++) {
      text.append("allow if { input.action == \"a")
          .append(i)
          .append("\"; input.role in {\"r")
          .append(i)
          .append("\", \"admin\"} }\n");
    }
    PreparedQuery query = policy(text.toString()).prepare("data.p.allow");
    assertThat(query.value(Request.of(Value.of(Map.of("action", "a7", "role", "r7"))))).isPresent();
    assertThat(query.value(Request.of(Value.of(Map.of("action", "a7", "role", "r8"))))).isEmpty();
    assertThat(query.value(Request.of(Value.of(Map.of("action", "a1999", "role", "admin")))))
        .isPresent();
    Request little =
        Request.of(Value.of(Map.of("action", "a7", "role", "r7"))).withBudget(2_048, null);
    assertThat(query.value(little)).isPresent();
  }

  @Test
  void mistakesAreToldTogetherWithPlaceAndCode() {
    assertThat(mistakes("package p\na if { x }\nb := y\n"))
        .containsExactly(
            "p.rego:2:8: rego_unsafe_var_error: var x is unsafe",
            "p.rego:3:6: rego_unsafe_var_error: var y is unsafe");
    assertThat(mistakes("package p\na if b\nb if a\n"))
        .containsExactly(
            "p.rego:2:1: rego_recursion_error: rule data.p.a is recursive: data.p.a -> data.p.b ->"
                + " data.p.a",
            "p.rego:3:1: rego_recursion_error: rule data.p.b is recursive: data.p.b -> data.p.a ->"
                + " data.p.b");
    assertThat(mistakes("package p\na if nope(1)\n"))
        .containsExactly("p.rego:2:6: rego_type_error: undefined function nope");
    assertThat(mistakes("package p\na { true }\nb[x] { x := 1 }\n"))
        .containsExactly(
            "p.rego:2:1: rego_parse_error: `if` keyword is required before rule body",
            "p.rego:3:1: rego_parse_error: `if` keyword is required before rule body",
            "p.rego:3:1: rego_parse_error: `contains` keyword is required for partial set rules");
    assertThat(mistakes("package p\na := 1 if { x := 1; x := 2 }\n"))
        .containsExactly("p.rego:2:21: rego_compile_error: var x assigned above");
  }

  @Test
  void whatCanNeverHoldIsATypeError() {
    assertThat(mistakes("package p\na if { 1 == \"1\" }\nb := 1 + \"x\"\nc := count(5)\n"))
        .containsExactly(
            "p.rego:2:8: rego_type_error: match error",
            "p.rego:3:6: rego_type_error: plus: invalid argument(s)",
            "p.rego:4:6: rego_type_error: count: invalid argument(s)");
    assertThat(mistakes("package p\na := data.p.b.c\nb := 1\n"))
        .containsExactly("p.rego:2:6: rego_type_error: undefined ref: data.p.b.c");
  }

  @Test
  void strictModeRefusesWhatIsNotUsed() {
    assertThatThrownBy(() ->
            Policy.compile(
                List.of(Source.of("p.rego", "package p\nimport data.q\na if { x := 1 }\n")),
                Options.standard().withStrict(true)))
        .hasMessageContaining("import data.q unused")
        .hasMessageContaining("assigned var x unused");
  }

  @Test
  void rulesThatDisagreeAreAConflict() {
    assertThatThrownBy(
            () -> ask("package p\na := 1\na := 2 if input.x\n", "data.p.a", Map.of("x", 1)))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("p.rego:3: eval_conflict_error: rule data.p.a produced conflicting values");
  }

  @Test
  void anEvaluationEndsWhenItsBudgetDoes() {
    String text =
        "package p\n"
            + "n := count([1 | some i in numbers.range(1, 5000); some j in numbers.range(1,"
            + " 5000)])\n";
    PreparedQuery query = policy(text).prepare("data.p.n");
    assertThatThrownBy(() -> query.value(Request.of(null).withBudget(10_000, null)))
        .hasMessageContaining("eval_cancel_error");
    boolean[] asked = {false};
    assertThatThrownBy(() ->
            query.value(
                Request.of(null)
                    .cancelledBy(() -> {
                      boolean stop = asked[0];
                      asked[0] = true;
                      return stop;
                    })))
        .hasMessageContaining("cancelled");
  }

  @Test
  void aBuiltinThatFailsMakesItsCallUndefinedUnlessErrorsAreStrict() {
    PreparedQuery query = policy("package p\na := to_number(input)\n").prepare("data.p.a");
    Request request = Request.of(StringValue.of("x"));
    assertThat(query.value(request)).isEmpty();
    assertThatThrownBy(() -> query.value(request.withStrictErrors(true)))
        .hasMessageContaining("eval_builtin_error: to_number");
  }

  @Test
  void aHostChoosesWhichBuiltinsThereAre() {
    assertThatThrownBy(() ->
            Policy.compile(
                List.of(Source.of("p.rego", "package p\na := http.send({})\n")),
                Options.standard().without(Set.of("http.send"))))
        .hasMessageContaining("undefined function http.send");
  }

  @Test
  void timeIsTheRequests() {
    Instant then = Instant.parse("2020-01-02T03:04:05Z");
    Value now =
        policy("package p\na := time.now_ns()\n")
            .prepare("data.p.a")
            .value(Request.of(null).withClock(InstantSource.fixed(then)))
            .orElseThrow();
    assertThat(now).isEqualTo(NumberValue.of(then.getEpochSecond() * 1_000_000_000));
  }

  @Test
  void printsGoWhereTheRequestSays() {
    var lines = new java.util.ArrayList<String>();
    Policy.compile(
            List.of(Source.of("p.rego", "package p\na if { print(\"x\", input.no, {1}); true }\n")),
            Options.standard().withPrints(true))
        .prepare("data.p.a")
        .value(Request.of(ObjectValue.EMPTY).printingTo(lines::add));
    assertThat(lines).containsExactly("x <undefined> {1}");
  }

  @Test
  void aQueryGivesItsVariablesAndExpressions() {
    var solutions =
        policy("package p\n").prepare("x := [1, 2][_]; x > 1").solutions(Request.of(null));
    assertThat(solutions).hasSize(1);
    assertThat(solutions.getFirst().bindings()).containsEntry("x", NumberValue.of(2));
  }

  @Test
  void noTextMakesTheParserDoAnythingButComplain() {
    String seedText =
        "package a.b\n"
            + "import data.x as y\n"
            + "p[x] := {k: v | some k, v in input.x} if { not x == [1, {2}][_]; every e in y { e >"
            + " 1 } }\n"
            + "f(x) := $\"a{x}b\" else := 2 if { x with input as {} }\n"
            + "default p := false\n"
            + "# METADATA\n"
            + "# title: t\n"
            + "q contains 1\n";
    long seed = 42;
    Random random = new Random(seed);
    for (int n = 0; n < 3_000; n++) {
      var text = new StringBuilder(seedText);
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "{}[]()|,:;=\"`$.\n!<#".charAt(random.nextInt(19)));
          default -> text.setLength(Math.max(1, at));
        }
      }
      try {
        policy(text.toString());
      } catch (DiagnosticsException expected) {
        assertThat(expected.diagnostics()).as("seed " + seed).isNotEmpty();
      }
    }
  }

  @Test
  void deepNestingIsAMistakeAndNoOverflow() {
    assertThat(mistakes("package p\na := " + "[".repeat(100_000))).isNotEmpty();
    assertThat(mistakes("package p\na := " + "(".repeat(5_000) + "1" + ")".repeat(5_000)))
        .isNotEmpty();
    assertThat(mistakes("package p\na := " + "{".repeat(50) + "x+1" + "}".repeat(50))).isNotEmpty();
  }
}
