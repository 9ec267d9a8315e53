package dev.bylaw.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactsTest {
  private static final long SEED = Long.getLong("bylaw.seed", 20_261_122L);
  private static final Expressions EXPRESSIONS =
      Expressions.over(
          Variable.dynamic("p"), Variable.text("action"), new Variable("now", Type.TIMESTAMP));

  /** Random logic over comparisons with constants; the other terms may fail. */
  private static String condition(Random random, Generator generator, int depth) {
    return switch (depth == 0 ? random.nextInt(6) : 6 + random.nextInt(5)) {
      case 0 -> "action == 'a'";
      case 1 -> "p.s in ['a', 'abc', '12']";
      case 2 -> "p.i == " + random.nextInt(3);
      case 3 -> "p.m.x != null";
      case 4 -> "p.s == 'abc'";
      case 5 -> "p.gone == 1";
      case 6, 7 ->
          "(%s && %s)"
              .formatted(
                  condition(random, generator, depth - 1), condition(random, generator, depth - 1));
      case 8 ->
          "(%s || %s)"
              .formatted(
                  condition(random, generator, depth - 1), condition(random, generator, depth - 1));
      case 9 -> "!(" + condition(random, generator, 0) + ")";
      default ->
          "(" + generator.expression(0) + " == 'a' && " + condition(random, generator, 0) + ")";
    };
  }

  /** What an index of rules relies on: a rule it leaves out would have been false. */
  @Test
  void aConditionIsFalseWhereAFactOfItDoesNotHold() {
    Random random = new Random(SEED);
    Generator generator = new Generator(random);
    int refuted = 0;
    for (int i = 0; i < 1_000; i++) {
      String text = condition(random, generator, 1 + random.nextInt(3));
      Optional<Expression> compiled = EXPRESSIONS.compile(text, new Diagnostics());
      if (compiled.isEmpty()) {
        continue;
      }
      for (int j = 0; j < 5; j++) {
        ObjectValue p = generator.input();
        Bindings bindings = Bindings.of(p, StringValue.of(j % 2 == 0 ? "a" : "b"));
        for (Fact fact : compiled.get().facts()) {
          Value value = fact.reference().read(bindings);
          if (value != null && !fact.values().contains(value)) {
            refuted++;
            assertThat(compiled.get().evaluate(bindings).isFalse())
                .as("seed %d: %s by %s over %s", SEED, text, fact, Json.write(p))
                .isTrue();
          }
        }
      }
    }
    assertThat(refuted).as("facts that did not hold").isGreaterThan(1_000);
  }

  @Test
  void anElementOfAnArrayIsNoKey() {
    Expression expression = EXPRESSIONS.compile("p.l['0'] == 'a'", new Diagnostics()).orElseThrow();
    Bindings bindings = Bindings.of(Trial.json("{\"l\": [\"b\"]}"));
    assertThat(expression.facts().getFirst().reference().read(bindings)).isNull();
    assertThat(expression.evaluate(bindings)).isInstanceOf(Result.Failed.class);
  }

  @Test
  void anEmptyListOrNeverTrueConditionGivesNoFalseFact() {
    for (String text : List.of("action in []", "action == 'a' && action == 'b'")) {
      Expression expression = EXPRESSIONS.compile(text, new Diagnostics()).orElseThrow();
      assertThat(expression.facts()).as(text).isEmpty();
    }
  }
}
