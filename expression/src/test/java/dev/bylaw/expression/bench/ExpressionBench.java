package dev.bylaw.expression.bench;

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
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints the time and allocation of an evaluation of each of some conditions, and of compiling one.
 *
 * <p>One thread; each condition runs beside all the others, so that calls between terms are as
 * megamorphic as they are in a real decision. Processor time, as the machine may be busy: median
 * and best of nine rounds after warm-up.
 */
public final class ExpressionBench {
  private static final int ROUNDS = 9;
  private static final int CALLS = 1_000_000;
  private static final List<String> CONDITIONS =
      List.of(
          "action == 'issue_refund'",
          "action == 'issue_refund' && params.amount <= 100",
          "action == 'issue_refund' && params.amount <= 1000.50",
          "params.amount <= 1000 && params.currency in ['USD', 'EUR'] && !params.flagged",
          "params.missing == 1 || action == 'x'",
          "resource.owner == agent.name",
          "agent.role == 'support' ? params.amount <= 100 : params.amount <= 1000",
          "params.total * 1.1 < 500",
          "params.email.endsWith('@example.org')",
          "params.items.all(i, i.price < 100)",
          "params.email.matches('^[^@]+@example[.]org$')");

  private static final com.sun.management.ThreadMXBean THREAD =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ExpressionBench() {}

  public static void main(String[] arguments) throws JsonException {
    long start = System.nanoTime();
    Expressions expressions =
        Expressions.over(
            Variable.text("action"),
            Variable.dynamic("params"),
            Variable.dynamic("resource"),
            Variable.dynamic("agent"));
    List<Expression> compiled =
        CONDITIONS.stream().map(text -> compile(expressions, text)).toList();
    System.out.printf(
        Locale.ROOT,
        "first %d compiled: %.0f ms%n",
        CONDITIONS.size(),
        (System.nanoTime() - start) / 1e6);
    compiling(expressions);
    Value[] values = {
      StringValue.of("issue_refund"),
      Json.parse(
          """
          {"amount": 99.99, "currency": "EUR", "flagged": false, "email": "ada@example.org",
           "total": 400, "items": [{"price": 1.5}, {"price": 20}, {"price": 30.25}]}
          """),
      Json.parse("{\"owner\": \"ada\", \"type\": \"order\"}"),
      Json.parse("{\"name\": \"ada\", \"role\": \"support\"}"),
    };
    Bindings bindings = slot -> values[slot];
    for (int warm = 0; warm < 3; warm++) {
      compiled.forEach(expression -> round(expression, bindings, CALLS / 2));
    }
    byHand(values);
    for (int i = 0; i < compiled.size(); i++) {
      Expression expression = compiled.get(i);
      double[] nanos = new double[ROUNDS];
      long before = THREAD.getCurrentThreadAllocatedBytes();
      for (int round = 0; round < ROUNDS; round++) {
        nanos[round] = round(expression, bindings, CALLS);
      }
      double bytes = (THREAD.getCurrentThreadAllocatedBytes() - before) / (double) ROUNDS / CALLS;
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "%7.1f ns (best %7.1f) %7.1f B  %s%n",
          nanos[ROUNDS / 2],
          nanos[0],
          bytes,
          CONDITIONS.get(i));
    }
  }

  /** The second condition written in Java: how fast the machine is now. */
  private static void byHand(Value[] values) {
    double[] nanos = new double[ROUNDS];
    NumberValue limit = NumberValue.of(100);
    int held = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREAD.getCurrentThreadCpuTime();
      for (int i = 0; i < CALLS; i++) {
        held +=
            values[0] instanceof StringValue action
                    && action.text().equals("issue_refund")
                    && values[1] instanceof ObjectValue params
                    && params.get("amount") instanceof NumberValue amount
                    && amount.compareTo(limit) <= 0
                ? 1
                : 0;
      }
      nanos[round] = (THREAD.getCurrentThreadCpuTime() - start) / (double) CALLS;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%7.1f ns (best %7.1f)            the second of these in Java, %d%n",
        nanos[ROUNDS / 2],
        nanos[0],
        held);
  }

  private static double round(Expression expression, Bindings bindings, int calls) {
    long start = THREAD.getCurrentThreadCpuTime();
    int held = 0;
    for (int i = 0; i < calls; i++) {
      held += expression.evaluate(bindings).isTrue() ? 1 : 0;
    }
    double nanos = (THREAD.getCurrentThreadCpuTime() - start) / (double) calls;
    return held < 0 ? -1 : nanos;
  }

  private static void compiling(Expressions expressions) {
    int count = 2_000;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        compile(expressions, "action == 'issue_refund" + i + "' && params.amount <= 100." + i);
      }
      System.out.printf(
          Locale.ROOT, "compiled: %.0f µs each%n", (System.nanoTime() - start) / 1e3 / count);
    }
  }

  private static Expression compile(Expressions expressions, String text) {
    return expressions.compile(text, new Diagnostics()).orElseThrow();
  }
}
