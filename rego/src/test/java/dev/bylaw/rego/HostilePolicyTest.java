package dev.bylaw.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that mean harm end with a clear error, or with an answer, and never hang. */
class HostilePolicyTest {
  private static final long STEPS = 200_000;

  private static Policy policy(String rules) {
    String text = "package a\n\n" + rules;
    return Policy.compile(List.of(Source.of("p.rego", text)), Options.standard());
  }

  private static Optional<Value> ask(String rules, Value input) {
    return policy(rules)
        .prepare("data.a.p")
        .value(Request.of(input).withBudget(STEPS, Duration.ofSeconds(20)));
  }

  private static void isStopped(String rules) {
    assertThatThrownBy(() -> ask(rules, ObjectValue.EMPTY))
        .as(rules)
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(EvaluationException.CANCEL);
  }

  @Test
  void aComprehensionOverTheProductOfRangesIsStopped() {
    isStopped(
        "p := [1 | some a in numbers.range(1, 500); some b in numbers.range(1, 500);"
            + " some c in numbers.range(1, 500); a + b + c == 0]");
  }

  @Test
  void rulesThatMultiplyEachOthersElementsAreStopped() {
    isStopped(
        """
        a contains x if some x in numbers.range(1, 100)
        b contains [x, y] if { some x in a; some y in a }
        c contains [x, y] if { some x in b; some y in b }
        p := count(c)
        """);
  }

  @Test
  void everyOverManyIsStopped() {
    isStopped(
        """
        p if {
          every x in numbers.range(1, 1000) {
            every y in numbers.range(1, 1000) { x * y > 0 }
          }
        }
        """);
  }

  @Test
  void aPatternThatBacktracksElsewhereTakesLinearTime() {
    String text = "a".repeat(20_000) + "!";
    assertThat(ask("p := regex.match(\"^(a+)+$\", input)", StringValue.of(text)))
        .hasValueSatisfying(v -> assertThat(v).hasToString("false"));
  }

  @Test
  void tenMegabytesOfTextAreWorkedThrough() {
    StringValue text = StringValue.of("ab".repeat(5_000_000));
    assertThat(ask("p := count(replace(upper(input), \"AB\", \"c\"))", text))
        .hasValueSatisfying(v -> assertThat(v).hasToString("5000000"));
  }

  @Test
  void inputThatIsNestedDeeplyIsWalkedOrRefused() {
    Value nested = ArrayValue.EMPTY;
    for (int i = 0; i < 100_000; i++) {
      nested = ArrayValue.of(nested);
    }
    Value input = nested;
    assertThatThrownBy(() -> ask("p := count([1 | walk(input, _)])", input))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(EvaluationException.CANCEL);
  }

  @Test
  void functionsThatCallOneAnotherInAChainAreStopped() {
    var rules = new StringBuilder("f0(x) := x + 1\n");
    for (int i = 1; i <= 40; i++) {
      rules.append("f%d(x) := f%d(x) + f%d(x + 1)%n".formatted(i, i - 1, i - 1));
    }
    isStopped(rules.append("p := f40(1)\n").toString());
  }

  /** What one call does over a million characters is charged to the budget too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "regex.match(`.{1,100}.{1,100}x`, input)",
        "regex.find_n(`a`, input, -1)",
        "regex.find_all_string_submatch_n(`(a)(a)`, input, -1)",
        "regex.split(`a`, input)",
        "regex.globs_match(input, input)",
        "regex.template_match(`{a*}{a*}b`, input, `{`, `}`)",
        "glob.match(`*a*a*a*b`, [], input)",
        "split(input, ``)",
        "split(input, `a`)",
        "indexof_n(input, `a`)",
        "net.cidr_contains_matches("
            + "[`10.0.0.0/8` | numbers.range(1, 1000)[_]], [`10.0.0.1` | numbers.range(1, 1000)[_]])",
        "[upper(input) | numbers.range(1, 100)[_]]",
        "[numbers.range(1, 5000) | numbers.range(1, 1000)[_]]",
      })
  void oneCallOverMuchIsStopped(String call) {
    Request request = Request.of(StringValue.of("a".repeat(1_000_000))).withBudget(2_500, null);
    assertThatThrownBy(() -> policy("p := " + call).prepare("data.a.p").value(request))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("evaluation took more than 2500 steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "regex.match(input, `a`) # expression has more than 32768 characters",
        "glob.match(input, [], `a`) # pattern has more than 32768 characters",
        "time.parse_ns(input, `a`) # layout has more than 65536 characters",
        "time.parse_duration_ns(input) # invalid duration",
        "units.parse_bytes(replace(input, `a`, `7`)) # could not parse byte amount to a number",
        "sprintf(replace(input, `a`, `%[1]65000d`), [1]) # more than 67108864 characters",
        "net.cidr_expand(`2001:db8::/64`) # block of more than 1048576 addresses",
        "bits.lsh(1, 1099511627776) # shift",
        "graph.reachable_paths({n: {m} | some n in numbers.range(1, 5000); m := n + 1}, {1})"
            + " # too many paths, or too long ones",
      })
  void operandsBeyondAllMeasureAreRefused(String call, String message) {
    Request request =
        Request.of(StringValue.of("a".repeat(100_000)))
            .withStrictErrors(true)
            .withBudget(10_000_000, Duration.ofSeconds(20));
    assertThatThrownBy(() -> policy("p := " + call).prepare("data.a.p").value(request))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatItAllocatesIsLimited() {
    Policy policy = policy("p := count([x | some i in numbers.range(1, 100000); x := [i, i]])");
    Request request = Request.of(null);
    assertThat(policy.prepare("data.a.p").value(request.withMemory(1L << 30))).isPresent();
    assertThatThrownBy(() -> policy.prepare("data.a.p").value(request.withMemory(1 << 20)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("eval_cancel_error: evaluation took more than 1048576 bytes");
  }
}
