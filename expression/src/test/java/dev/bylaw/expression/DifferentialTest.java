package dev.bylaw.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.Json;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random expressions over random inputs mean the same here and in dev.cel's planner runtime. Longer
 * runs: {@code -Dbylaw.differential=100000}; another seed: {@code -Dbylaw.seed=1}.
 */
class DifferentialTest {
  private static final long SEED = Long.getLong("bylaw.seed", 20_261_122L);
  private static final int EXPRESSIONS =
      Integer.getInteger("bylaw.differential", Boolean.getBoolean("bylaw.long") ? 30_000 : 1_500);
  private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
  private static final Expressions OURS =
      Expressions.of(
          List.of(
              Variable.dynamic("p"), Variable.text("action"), new Variable("now", Type.TIMESTAMP)),
          List.of(),
          Limits.DEFAULT);

  @Test
  void expressionsMeanWhatTheyMeanInCel() {
    Random random = new Random(SEED);
    Generator generator = new Generator(random);
    List<String> differences = new ArrayList<>();
    int compiled = 0;
    int values = 0;
    for (int i = 0; i < EXPRESSIONS && differences.size() < 20; i++) {
      String text = generator.expression(1 + random.nextInt(4));
      var program = Oracle.program(text);
      var expression = OURS.compile(text, new Diagnostics());
      if (program.isPresent() && expression.isEmpty()) {
        differences.add("refused here only: " + text);
      }
      if (program.isEmpty() || expression.isEmpty()) {
        continue;
      }
      compiled++;
      for (int j = 0; j < 3; j++) {
        ObjectValue p = generator.input();
        String action = List.of("a", "issue_refund", "").get(j);
        Optional<Value> theirs = Oracle.evaluate(program.get(), p, action, NOW);
        Result ours = expression.get().evaluate(bindings(p, action));
        Optional<Value> value =
            ours instanceof Result.Produced(Value produced)
                ? Optional.of(produced)
                : Optional.empty();
        values += theirs.isPresent() ? 1 : 0;
        if (!value.equals(theirs)) {
          differences.add(
              text + "\n  p = " + Json.write(p) + "\n  here " + ours + "\n  there " + theirs);
        }
      }
    }
    assertThat(differences).as("seed %d", SEED).isEmpty();
    assertThat(compiled).as("expressions that compile").isGreaterThan(EXPRESSIONS / 2);
    assertThat(values).as("evaluations to a value").isGreaterThan(compiled / 2);
  }

  private static Bindings bindings(ObjectValue p, String action) {
    return Bindings.of(p, StringValue.of(action), StringValue.of(NOW.toString()));
  }

  /** The one difference: decimals are exact here, rounded to binary or refused there. */
  @Test
  void decimalsDifferOnlyByBeingExact() {
    Random random = new Random(SEED);
    for (int i = 0; i < EXPRESSIONS / 3; i++) {
      Decimals decimals = new Decimals(random);
      Decimals.Term term = decimals.term(3);
      ObjectValue p = decimals.input();
      Result ours =
          OURS.compile(term.text(), new Diagnostics()).orElseThrow().evaluate(bindings(p, ""));
      String context = "seed " + SEED + ": " + term.text() + " over " + Json.write(p);
      assertThat(ours).as(context).isInstanceOf(Result.Produced.class);
      assertThat(((Result.Produced) ours).value())
          .as(context)
          .isEqualTo(NumberValue.of(term.value()));
      Oracle.program(term.text())
          .flatMap(program -> Oracle.evaluate(program, p, "", NOW))
          .ifPresent(theirs ->
              assertThat(((NumberValue) theirs).doubleValue())
                  .as(context)
                  .isCloseTo(
                      term.value().doubleValue(),
                      org.assertj.core.data.Offset.offset(
                          1e-6 * (1 + Math.abs(term.value().doubleValue())))));
    }
  }
}
