package dev.bylaw.rego.tool;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.check.Text;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs the rules whose names begin with {@code test_}, or {@code todo_test_} to skip them. */
public final class TestRunner {
  private final Policy policy;
  private final Request request;

  /** What became of a test. */
  public enum Outcome {
    PASS,
    FAIL,
    ERROR,
    SKIPPED
  }

  /**
   * One test's result.
   *
   * @param pkg the package, as {@code data.a.b}
   * @param file and line of the rule
   * @param error why it could not be evaluated
   * @param output what it printed
   * @param cases the tests within it, where its value is an object
   */
  public record Result(
      String pkg,
      String name,
      String file,
      int line,
      Outcome outcome,
      @Nullable EvaluationException error,
      long nanos,
      List<String> output,
      List<CaseResult> cases) {
    public Result {
      output = List.copyOf(output);
      cases = List.copyOf(cases);
    }
  }

  /** A test within a test. */
  public record CaseResult(String name, boolean passed, List<CaseResult> cases) {
    public CaseResult {
      cases = List.copyOf(cases);
    }
  }

  /**
   * A runner.
   *
   * @param request the limits, clock and observer of each test
   */
  public TestRunner(Policy policy, Request request) {
    this(policy, request, null);
  }

  /**
   * A runner.
   *
   * @param request the clock and observer of each test
   * @param time how long each test may take; null for as long as it likes
   */
  public TestRunner(Policy policy, Request request, @Nullable Duration time) {
    this.policy = policy;
    this.request = time == null ? request : request.withBudget(Long.MAX_VALUE, time);
  }

  /** Options that keep what tests print. */
  public static Options options(Options base) {
    return base.withPrints(true);
  }

  /** Runs the tests whose {@code data.pkg.name} is wanted, in order of file and place. */
  public List<Result> run(Predicate<String> wanted) {
    List<Result> results = new ArrayList<>();
    for (Module module : policy.modules()) {
      Set<String> seen = new LinkedHashSet<>();
      for (Rule rule : module.rules()) {
        String name = rule.head().name();
        boolean test = name.startsWith("test_") || name.startsWith("todo_test_");
        String pkg = Text.dotted(module.path());
        if (test && seen.add(name) && wanted.test(pkg + "." + name)) {
          results.add(run(pkg, rule, name));
        }
      }
    }
    return results;
  }

  private Result run(String pkg, Rule rule, String name) {
    String file = rule.span().source().name();
    int line = rule.span().position().line();
    if (name.startsWith("todo_")) {
      return new Result(pkg, name, file, line, Outcome.SKIPPED, null, 0, List.of(), List.of());
    }
    List<String> output = new ArrayList<>();
    List<CaseResult> cases = List.of();
    long start = System.nanoTime();
    Outcome outcome;
    EvaluationException error = null;
    try {
      PreparedQuery query = policy.prepare(pkg + "." + name);
      Optional<Value> value = query.value(request.printingTo(output::add));
      cases = value.map(TestRunner::cases).orElse(List.of());
      outcome = value.isPresent() && holds(value.get()) ? Outcome.PASS : Outcome.FAIL;
    } catch (EvaluationException e) {
      outcome = Outcome.ERROR;
      error = e;
    }
    long nanos = System.nanoTime() - start;
    return new Result(pkg, name, file, line, outcome, error, nanos, output, cases);
  }

  /** A test of cases holds if each does. */
  private static boolean holds(Value value) {
    return value instanceof ObjectValue
        ? cases(value).stream().allMatch(CaseResult::passed)
        : !value.equals(BooleanValue.FALSE);
  }

  private static List<CaseResult> cases(Value value) {
    List<CaseResult> found = new ArrayList<>();
    if (value instanceof ObjectValue object) {
      object.forEach((key, inner) -> {
        String name = key instanceof StringValue text ? text.text() : key.toString();
        found.add(new CaseResult(name, holds(inner), cases(inner)));
      });
    }
    return found;
  }

  /** {@code opa test}'s exit code: 0, or 2 if a test did not pass. */
  public static int exitCode(List<Result> results) {
    return results.stream().anyMatch(r -> r.outcome == Outcome.FAIL || r.outcome == Outcome.ERROR)
        ? 2
        : 0;
  }
}
