package dev.bylaw.rego.tool;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.check.Text;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
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
   */
  public record Result(
      String pkg,
      String name,
      String file,
      int line,
      Outcome outcome,
      @Nullable String error,
      long nanos,
      List<String> output) {
    public Result {
      output = List.copyOf(output);
    }
  }

  /**
   * A runner.
   *
   * @param request the limits, clock and observer of each test
   */
  public TestRunner(Policy policy, Request request) {
    this.policy = policy;
    this.request = request;
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
      return new Result(pkg, name, file, line, Outcome.SKIPPED, null, 0, List.of());
    }
    List<String> output = new ArrayList<>();
    long start = System.nanoTime();
    Outcome outcome;
    String error = null;
    try {
      PreparedQuery query = policy.prepare(pkg + "." + name);
      Optional<Value> value = query.value(request.printingTo(output::add));
      outcome = value.isPresent() && holds(value.get()) ? Outcome.PASS : Outcome.FAIL;
    } catch (EvaluationException e) {
      outcome = Outcome.ERROR;
      error = e.getMessage();
    }
    return new Result(pkg, name, file, line, outcome, error, System.nanoTime() - start, output);
  }

  /** A test of cases holds if each does. */
  private static boolean holds(Value value) {
    return switch (value) {
      case BooleanValue b -> b.isTrue();
      case ObjectValue cases -> {
        boolean all = cases.size() > 0;
        for (int i = 0; i < cases.size(); i++) {
          all &= holds(cases.value(i));
        }
        yield all;
      }
      default -> true;
    };
  }

  /** The results as {@code opa test --format json} prints them. */
  public static ArrayValue json(List<Result> results) {
    List<Value> all = new ArrayList<>();
    for (Result r : results) {
      ObjectValue.Builder one = ObjectValue.builder();
      one.put(
          "location",
          ObjectValue.builder(3)
              .put("file", r.file)
              .put("row", NumberValue.of(r.line))
              .put("col", NumberValue.of(1))
              .build());
      one.put("package", r.pkg).put("name", r.name).put("duration", NumberValue.of(r.nanos));
      switch (r.outcome) {
        case PASS -> {}
        case FAIL -> one.put("fail", BooleanValue.TRUE);
        case SKIPPED -> one.put("skip", BooleanValue.TRUE);
        case ERROR -> one.put("error", String.valueOf(r.error));
      }
      all.add(one.build());
    }
    return ArrayValue.of(all);
  }

  /** {@code opa test}'s exit code: 0, or 2 if a test did not pass. */
  public static int exitCode(List<Result> results) {
    return results.stream().anyMatch(r -> r.outcome == Outcome.FAIL || r.outcome == Outcome.ERROR)
        ? 2
        : 0;
  }
}
