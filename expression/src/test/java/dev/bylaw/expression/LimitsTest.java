package dev.bylaw.expression;

import static dev.bylaw.expression.Trial.complaints;
import static dev.bylaw.expression.Trial.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  /** A request whose list has ten thousand elements and whose text a million characters. */
  private static final Value LARGE =
      ObjectValue.of(
          "list",
          ArrayValue.of(IntStream.range(0, 10_000).mapToObj(NumberValue::of).toList()),
          "text",
          StringValue.of("ab".repeat(500_000)));

  private static Result overLarge(String text) {
    return Trial.compile(text).evaluate(Bindings.of(StringValue.of("x"), LARGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "params.list.all(x, params.list.all(y, x + y >= 0))",
        "params.list.map(x, params.list).all(x, x == params.list)",
        "params.list.exists(x, params.list.exists(y, params.list.exists(z, z < 0)))",
        "params.list.all(x, params.text.matches('(a|b)*c?$'))",
        "params.list.map(x, params.text + params.text)",
        "params.list.map(x, params.text.upperAscii())",
        "params.list.all(x, !(x in params.list.filter(y, y < 0)))",
        "params.list.map(x, params.list + params.list)",
        "params.text.replace('a', params.text)",
        "params.text.split('').join(params.text)",
        "params.list.all(x, host.echo(x, params.text) == params.text)",
      })
  void aHostileLoopEndsWithAFailure(String text) {
    Result result = overLarge(text);
    assertThat(result).isInstanceOf(Result.Failed.class);
    assertThat(((Result.Failed) result).reason()).isEqualTo(Result.Reason.BUDGET);
  }

  @Test
  void anHonestLoopOverALargeInputEndsWithItsResult() {
    assertThat(overLarge("params.list.all(x, x < 10000)").isTrue()).isTrue();
    assertThat(overLarge("size(params.list.filter(x, x % 2 == 0)) == 5000").isTrue()).isTrue();
    assertThat(overLarge("params.text.contains('ba') && size(params.text) == 1000000").isTrue())
        .isTrue();
  }

  @Test
  void aSpentBudgetIsNotHiddenByTheLoopAround() {
    Result result = overLarge("params.list.exists(x, params.list.all(y, y < 5) || x < 0)");
    assertThat(result.isFalse()).isTrue();
    Result spent =
        overLarge("params.list.map(x, params.list.all(y, y >= 0) ? 1 : 1).exists(z, z == 2)");
    assertThat(spent).isInstanceOf(Result.Failed.class);
  }

  @Test
  void textsThatAreTooLongOrTooDeepAreRefused() {
    assertThat(complaints("true" + " && true".repeat(2_000)))
        .startsWith("rule:1:1: E0606: a condition of 16004 characters, expected at most 8192");
    assertThat(complaints("(".repeat(101) + "true" + ")".repeat(101)))
        .startsWith("rule:1:1: E0606: nested more than 100 deep");
    assertThat(complaints("[".repeat(4_000))).startsWith("rule:1:1: E0606: nested");
    assertThat(complaints("1" + "+1".repeat(4_000) + "==1")).startsWith("rule:1:1: E0606: nested");
    assertThat(complaints("params" + ".a".repeat(4_000))).startsWith("rule:1:1: E0606: nested");
    assertThat(complaints("!(".repeat(90) + "true" + ")".repeat(90))).isEmpty();
    assertThat(complaints("true" + " && params.a".repeat(600))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "(a{100}){100}",
        "((((a{2,30}){30}){30}){30})",
        "[a-z]{999}{999}",
        "(([^]]{50})([)]{50}){50}){50}",
      })
  void patternsThatUnfoldWithoutEndAreRefused(String pattern) {
    assertThat(outcome("params.kind.matches('" + pattern + "')"))
        .startsWith("FORMAT: not a pattern");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^[A-Z]{2}\\\\d{2}( ?[A-Z0-9]{4}){3,7}$", "(re|x{3})fund", "[\\\\pL]+"})
  void everydayPatternsAreNot(String pattern) {
    assertThat(outcome("params.kind.matches('" + pattern + "')")).isIn("true", "false");
  }

  @Test
  void numbersDoNotGrowWithoutEnd() {
    assertThat(outcome("params.list")).startsWith("MISSING");
    String squares =
        "[1.0000001].map(a, a * a).map(a, a * a).map(a, a * a).map(a, a * a).map(a, a * a)"
            + ".map(a, a * a).map(a, a * a).map(a, a * a)";
    assertThat(outcome(squares)).startsWith("NUMBER: `*` makes a number out of range");
    assertThat(outcome("1e900 * 1e900")).startsWith("NUMBER");
    assertThat(outcome("params.amount + 1e-999 + 1e999")).startsWith("NUMBER");
    assertThat(complaints("1e99999 > 1")).startsWith("rule:1:1: E0607: a number out of range");
  }

  @Test
  void whateverTheBindingsHoldNothingIsThrown() {
    List<Value> odd =
        List.of(
            Trial.json("null"),
            Trial.json("[]"),
            Trial.json("{\"amount\": {\"amount\": []}}"),
            Trial.json("1e400"),
            Trial.json("\"\""));
    Expression expression =
        Trial.compile(
            "action == 'x' || params.amount > 1 || now > timestamp(0) || count % 2 == 1"
                + " || params.items.exists(i, i.price > 1.5)");
    for (Value a : odd) {
      for (Value b : odd) {
        assertThat(expression.evaluate(Bindings.of(a, b, a, b))).isNotNull();
        assertThat(expression.explain(Bindings.of(a, b, a, b))).isNotEmpty();
      }
    }
  }

  @Test
  void aSmallBudgetIsKept() {
    Expressions small =
        Expressions.of(
            List.of(Variable.dynamic("params")), List.of(), Limits.DEFAULT.withSteps(100));
    Expression expression =
        small.compile("params.list.all(x, x >= 0)", new Diagnostics()).orElseThrow();
    assertThat(expression.evaluate(Bindings.of(LARGE)))
        .hasToString("expression:1:1: more than the evaluation may take");
  }
}
