package dev.bylaw.bench.jmh;

import dev.bylaw.expression.Bindings;
import dev.bylaw.expression.Expression;
import dev.bylaw.expression.Expressions;
import dev.bylaw.expression.Variable;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Conditions in CEL: eleven of them together, so that calls between terms are as megamorphic as in
 * a real decision; one alone beside the same written in Java; compiling one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ExpressionBenchmark {
  private static final String REFUND = "action == 'issue_refund' && params.amount <= 100";
  private static final List<String> CONDITIONS =
      List.of(
          "action == 'issue_refund'",
          REFUND,
          "action == 'issue_refund' && params.amount <= 1000.50",
          "params.amount <= 1000 && params.currency in ['USD', 'EUR'] && !params.flagged",
          "params.missing == 1 || action == 'x'",
          "resource.owner == agent.name",
          "agent.role == 'support' ? params.amount <= 100 : params.amount <= 1000",
          "params.total * 1.1 < 500",
          "params.email.endsWith('@example.org')",
          "params.items.all(i, i.price < 100)",
          "params.email.matches('^[^@]+@example[.]org$')");
  private static final NumberValue LIMIT = NumberValue.of(100);

  private final Expressions expressions =
      Expressions.over(
          Variable.text("action"),
          Variable.dynamic("params"),
          Variable.dynamic("resource"),
          Variable.dynamic("agent"));
  private final List<Expression> all = CONDITIONS.stream().map(this::compiled).toList();
  private final Expression refund = compiled(REFUND);
  private Value[] values = {};
  private final Bindings bindings = slot -> values[slot];
  private int number;

  /** The data that every condition is asked about. */
  @Setup
  public void data() throws JsonException {
    values =
        new Value[] {
          StringValue.of("issue_refund"),
          Json.parse(
              """
              {"amount": 99.99, "currency": "EUR", "flagged": false, "email": "ada@example.org",
               "total": 400, "items": [{"price": 1.5}, {"price": 20}, {"price": 30.25}]}
              """),
          Json.parse("{\"owner\": \"ada\", \"type\": \"order\"}"),
          Json.parse("{\"name\": \"ada\", \"role\": \"support\"}"),
        };
    for (Expression each : all) {
      // The fifth looks for a key that is missing: a failure, or else is not true either.
      boolean expected = each != all.get(4);
      if (each.evaluate(bindings).isTrue() != expected) {
        throw new IllegalStateException(each.toString());
      }
    }
  }

  /** Eleven conditions, one after the other. */
  @Benchmark
  public void eleven(Blackhole hole) {
    for (Expression each : all) {
      hole.consume(each.evaluate(bindings));
    }
  }

  /** One condition of two terms, alone. */
  @Benchmark
  public boolean refund() {
    return refund.evaluate(bindings).isTrue();
  }

  /** The same condition written in Java. */
  @Benchmark
  public boolean refundInJava() {
    return values[0] instanceof StringValue action
        && action.text().equals("issue_refund")
        && values[1] instanceof ObjectValue params
        && params.get("amount") instanceof NumberValue amount
        && amount.compareTo(LIMIT) <= 0;
  }

  /** Compiling a condition that was not seen before. */
  @Benchmark
  public Expression compile() {
    number++;
    return compiled("action == 'a" + number + "' && params.amount <= 100." + number);
  }

  private Expression compiled(String text) {
    return expressions.compile(text, new Diagnostics()).orElseThrow();
  }
}
