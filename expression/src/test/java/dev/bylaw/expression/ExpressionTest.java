package dev.bylaw.expression;

import static dev.bylaw.expression.Trial.compile;
import static dev.bylaw.expression.Trial.evaluate;
import static dev.bylaw.expression.Trial.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.StringValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "params.amount < 1000",
        "params.amount <= params.limit",
        "params.limit == 1000",
        "params.limit <= 1000.00",
        "!(params.limit < 1000)",
        "params.amount == 999.99",
        "params.amount > 999.98999999999999999999",
        "params.amount != 999.990000000000000000001",
        "1 == 1.0 && 1u == 1.0",
        "0.1 + 0.2 == 0.3",
        "params.amount + 0.01 == params.limit",
        "params.amount * 100 == 99999",
        "params.whole / 3 * 3 < params.whole",
        "params.whole + 0.5 == 1000.5",
        "7 / 2 == 3 && 7.0 / 2.0 == 3.5",
        "count / 2 == 1.5",
        "-params.amount == -999.99",
        "-0.10000000000000000000001 < -0.1",
      })
  void moneyIsExact(String condition) {
    assertThat(outcome(condition)).isEqualTo("true");
  }

  @Test
  void anOrderAgainstAConstantIsThatOfTheDecimals() {
    List<String> numbers =
        List.of(
            "0",
            "0.5",
            "-0.5",
            "99",
            "99.99",
            "100",
            "100.01",
            "-100",
            "9223372036854775807",
            "9223372036854775806.5",
            "9223372036854775808.0",
            "-9223372036854775808",
            "-9223372036854775808.5",
            "-9223372036854775809.0",
            "1e300",
            "-1e300",
            "1e-300");
    for (String number : numbers) {
      Bindings bindings = Bindings.of(null, Trial.json("{\"n\": " + number + "}"));
      for (String constant : numbers) {
        int order = new BigDecimal(number).compareTo(new BigDecimal(constant));
        String context = number + " and " + constant;
        assertThat(truth("params.n < " + constant, bindings)).as(context).isEqualTo(order < 0);
        assertThat(truth("params.n <= " + constant, bindings)).as(context).isEqualTo(order <= 0);
        assertThat(truth(constant + " < params.n", bindings)).as(context).isEqualTo(order > 0);
        assertThat(truth("params.n >= " + constant, bindings)).as(context).isEqualTo(order >= 0);
        assertThat(truth("params.n == " + constant, bindings)).as(context).isEqualTo(order == 0);
      }
    }
  }

  private static boolean truth(String text, Bindings bindings) {
    Result result = compile(text).evaluate(bindings);
    assertThat(result).isInstanceOf(Result.Produced.class);
    return result.isTrue();
  }

  @Test
  void aTextThatHoldsANumberIsNoNumber() {
    assertThat(outcome("params.text_amount == 50")).isEqualTo("false");
    assertThat(outcome("params.text_amount <= 100"))
        .isEqualTo("TYPE: `<=` cannot be applied to string and number");
    assertThat(outcome("double(params.text_amount) <= 100")).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!(false && params.missing)",
        "!(params.missing && false)",
        "true || params.missing",
        "params.missing || true",
        "params.tags.exists(t, t == 'b' || t.x)",
        "!params.tags.all(t, t == 'a' && t.x)",
        "has(params.amount) && !has(params.missing)",
        "params.nothing == null && params.amount != null",
        "(params.flag ? params.amount : params.missing) == 999.99",
      })
  void aFailureThatDoesNotMatterIsIgnored(String condition) {
    assertThat(outcome(condition)).isEqualTo("true");
  }

  @Test
  void aFailureThatMattersIsTheResult() {
    assertThat(outcome("params.missing")).isEqualTo("MISSING: there is no `missing`");
    assertThat(outcome("params.missing && true")).isEqualTo("MISSING: there is no `missing`");
    assertThat(outcome("params.tags.all(t, t.x)"))
        .isEqualTo("TYPE: `x` asked of string, expected an object");
    assertThat(outcome("has(params.missing.x)")).isEqualTo("MISSING: there is no `missing`");
    assertThat(outcome("absent.x == 1")).isEqualTo("MISSING: `absent` has no value");
    assertThat(outcome("params.kind && true"))
        .isEqualTo("TYPE: expected true or false, found string");
    assertThat(outcome("params.amount / 0")).isEqualTo("NUMBER: division by zero");
    assertThat(outcome("params.tags[3]")).isEqualTo("MISSING: index 3 of an array of 3 elements");
  }

  @Test
  void aFailureSaysWhere() {
    assertThat(evaluate("action == 'x' || params.missing > 1"))
        .hasToString("expression:1:18: there is no `missing`");
  }

  @Test
  void loopsGoOverListsAndKeys() {
    assertThat(outcome("params.items.map(i, i.price * 2)")).isEqualTo("[2.2,4.4,6.6]");
    assertThat(outcome("params.tags.filter(t, t > 'a')")).isEqualTo("[\"b\",\"c\"]");
    assertThat(outcome("params.tags.map(t, t > 'a', t + t)")).isEqualTo("[\"bb\",\"cc\"]");
    assertThat(outcome("params.nested.all(k, k == 'deep')")).isEqualTo("true");
    assertThat(outcome("params.tags.exists_one(t, t < 'b')")).isEqualTo("true");
    assertThat(outcome("[1, 2].map(x, [x, 3].map(x, x * 2))")).isEqualTo("[[2,6],[4,6]]");
    assertThat(outcome("[[1], [2, 3]].map(x, x.map(y, y + size(x)))")).isEqualTo("[[2],[4,5]]");
  }

  @Test
  void timesAreComparedAndCalculatedWith() {
    assertThat(outcome("now - timestamp(params.from) > duration('24h')")).isEqualTo("true");
    assertThat(outcome("now.getHours('Europe/Berlin')")).isEqualTo("11");
    assertThat(outcome("now.getDayOfWeek() == 0 && now.getMonth() == 10")).isEqualTo("true");
    assertThat(outcome("timestamp('2026-01-01T00:00:00Z') + duration('90m')"))
        .isEqualTo("\"2026-01-01T01:30:00Z\"");
    assertThat(outcome("[timestamp(0), now].exists(t, t < now)")).isEqualTo("true");
    assertThat(outcome("{'a': duration('1h')}['a'].getMinutes()")).isEqualTo("60");
    assertThat(outcome("timestamp(params.kind)"))
        .isEqualTo("FORMAT: expected a timestamp such as `2026-01-31T08:00:00Z`, found \"refund\"");
  }

  @Test
  void durationsBelowZeroKeepTheirFraction() {
    assertThat(outcome("duration('-1.5s') - duration('1m')")).isEqualTo("\"-61.500s\"");
    assertThat(outcome("string(duration('-0.25s'))")).isEqualTo("\"-0.250s\"");
    assertThat(outcome("timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')"))
        .isEqualTo("NUMBER: a time out of range");
    assertThat(outcome("''.indexOf('a') == -1 && ''.split('a', -1) == ['']")).isEqualTo("true");
  }

  @Test
  void textsCountCodePoints() {
    assertThat(outcome("size(params.name)")).isEqualTo("5");
    assertThat(outcome("params.name.substring(4)")).isEqualTo("\"😀\"");
    assertThat(outcome("params.name.lowerAscii().split(' ')")).isEqualTo("[\"ada\",\"😀\"]");
    assertThat(outcome("params.tags.join('-').replace('-', '+')")).isEqualTo("\"a+b+c\"");
    assertThat(outcome("params.name.matches('^Ada')")).isEqualTo("true");
  }

  @Test
  void hostFunctionsAreCalledAndTheirFailuresAreValues() {
    assertThat(outcome("bylaw.contains_pii('ada@example.org')")).isEqualTo("true");
    assertThat(outcome("host.echo(1, params.kind)")).isEqualTo("\"refund\"");
    assertThat(outcome("host.fail()")).isEqualTo("HOST: `host.fail` failed: no answer");
    assertThat(outcome("host.fail() == 1 || true")).isEqualTo("true");
  }

  @Test
  void whatAnExpressionReadsIsKnown() {
    assertThat(compile("action == 'x' && params.a.b > params['c-d'] || has(params.e)").references())
        .extracting(Reference::toString)
        .containsExactly("action", "params.a.b", "params[\"c-d\"]", "params.e");
    assertThat(compile("params.items.all(i, i.price < params.limit)").references())
        .extracting(Reference::toString)
        .containsExactly("params.items", "params.limit");
    assertThat(compile("params != null && params.a == 1 && params.a.b == 2").references())
        .extracting(Reference::toString)
        .containsExactly("params", "params.a", "params.a.b");
  }

  @Test
  void factsSayWhatMustHold() {
    assertThat(facts("action == 'a' && params.kind in ['x', 'y'] && params.n > 1"))
        .isEqualTo("action: [\"a\"], params.kind: [\"x\", \"y\"]");
    assertThat(facts("action == 'a' || action == 'b' && params.n == 1"))
        .isEqualTo("action: [\"a\", \"b\"]");
    assertThat(facts("params.n > 1 && 'a' == action && action in ['a', 'b']"))
        .isEqualTo("action: [\"a\"]");
    assertThat(facts("action == 'a' || params.n == 1")).isEmpty();
    assertThat(facts("action != 'a' && !(action == 'b')")).isEmpty();
  }

  private static String facts(String condition) {
    return String.join(
        ", ",
        compile(condition).facts().stream()
            .map(fact -> fact.reference() + ": " + fact.values())
            .toList());
  }

  @Test
  void anExplanationSaysWhichTermsDecided() {
    assertThat(
            compile("action == 'issue_refund' && (params.amount <= 100 || params.vip)")
                .explain(Trial.request()))
        .extracting(term -> (term.decisive() ? "*" : "-") + term.depth() + " " + term)
        .containsExactly(
            "-0 action == 'issue_refund' is true",
            "-1 action is \"issue_refund\"",
            "-0 params.amount <= 100 is false",
            "-1 params.amount is 999.99",
            "*0 params.vip fails: there is no `vip`");
    assertThat(compile("action == 'issue_refund' && params.amount <= 100").explain(Trial.request()))
        .filteredOn(Term::decisive)
        .extracting(Term::toString)
        .containsExactly("params.amount <= 100 is false", "params.amount is 999.99");
  }

  @Test
  void anExpressionIsForManyThreads() {
    Expression expression =
        compile("params.items.map(i, string(i.n).matches('^' + params.p)).exists_one(m, m)");
    assertThat(
            IntStream.range(0, 4_000)
                .parallel()
                .filter(n -> {
                  String input =
                      "{\"items\": [{\"n\": " + n + "}, {\"n\": -1}], \"p\": \"" + n + "$\"}";
                  Bindings own = Bindings.of(null, Trial.json(input));
                  return !expression.evaluate(own).isTrue();
                })
                .count())
        .isZero();
  }

  @Test
  void anUnboundVariableOfKnownTypeFails() {
    Expression expression = compile("action == 'x'");
    assertThat(expression.evaluate(Bindings.of()))
        .hasToString("expression:1:1: `action` has no value");
    assertThat(expression.evaluate(Bindings.of(StringValue.of("x"))))
        .isSameAs(Result.Produced.TRUE);
    assertThat(expression.evaluate(Bindings.of(Trial.json("1")))).isSameAs(Result.Produced.FALSE);
  }
}
