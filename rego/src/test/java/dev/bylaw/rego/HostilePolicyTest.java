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

/** Policies that mean harm end with a clear error, or with an answer, and never hang. */
class HostilePolicyTest {
  private static final long STEPS = 200_000;

  private static Optional<Value> ask(String rules, Value input) {
    String text = "package a\n\n" + rules;
    Policy policy = Policy.compile(List.of(Source.of("p.rego", text)), Options.standard());
    return policy
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
}
