package dev.bylaw.rego.tool;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.Rule;
import dev.bylaw.rego.check.Text;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs the rules whose names begin with {@code test_}, or {@code todo_test_} to skip them. */
public final class TestRunner {
  private final Policy policy;
  private final Request request;
  private boolean explained;
  private @Nullable Bench bench;
  private UnaryOperator<EvaluationException> told = UnaryOperator.identity();

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
   * @param explanation how it came to that; null where nobody asked
   * @param bench what it costs, in the shape of {@code opa test --bench}; null where it was not
   *     measured
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
      List<CaseResult> cases,
      @Nullable Explanation explanation,
      @Nullable ObjectValue bench) {
    public Result {
      output = List.copyOf(output);
      cases = List.copyOf(cases);
    }

    /** Whether it was run and did not pass. */
    public boolean failed() {
      return outcome == Outcome.FAIL || outcome == Outcome.ERROR;
    }

    Result withBench(ObjectValue report) {
      return new Result(
          pkg, name, file, line, outcome, error, nanos, output, cases, explanation, report);
    }
  }

  /** Measures the query of a test that passes. */
  @FunctionalInterface
  public interface Bench {
    ObjectValue measure(PreparedQuery query, Request request);
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

  /** Keeps how each test came to its result; the policy has to be observed. */
  public TestRunner withExplanations() {
    explained = true;
    return this;
  }

  /** Measures the tests that pass. */
  public TestRunner measuredBy(Bench how) {
    bench = how;
    return this;
  }

  /** Says of failures what the one who runs the tests knows of them. */
  public TestRunner telling(UnaryOperator<EvaluationException> how) {
    told = how;
    return this;
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
        TestRules.Name name = TestRules.name(rule);
        String pkg = Text.dotted(module.path());
        if (name != null && seen.add(name.dotted()) && wanted.test(pkg + "." + name.dotted())) {
          results.add(run(module, rule, name));
        }
      }
    }
    return results;
  }

  private Result run(Module module, Rule rule, TestRules.Name test) {
    String pkg = Text.dotted(module.path());
    String name = test.dotted();
    String file = rule.span().source().name();
    int line = rule.span().position().line();
    if (test.isSkipped()) {
      return new Result(
          pkg, name, file, line, Outcome.SKIPPED, null, 0, List.of(), List.of(), null, null);
    }
    List<String> output = new ArrayList<>();
    List<CaseResult> cases = List.of();
    var met = new Cases();
    List<String> path = new ArrayList<>(module.path());
    path.addAll(test.path());
    String asked = Text.dotted(path);
    Explanation explanation = explained ? new Explanation(Source.of("query", asked).span()) : null;
    List<Observer> observers = new ArrayList<>(List.of(met));
    Observer other = request.settings().observer();
    if (other != null) {
      observers.addFirst(other);
    }
    if (explanation != null) {
      observers.addFirst(explanation);
    }
    Observer observer = observers.size() == 1 ? met : new Observers(observers);
    long start = System.nanoTime();
    Outcome outcome;
    EvaluationException error = null;
    PreparedQuery query = policy.prepare(asked);
    try {
      Optional<Value> value = query.value(request.printingTo(output::add).observedBy(observer));
      boolean passed = value.isPresent() && value.get().equals(BooleanValue.TRUE);
      if (test.cases() && value.isPresent()) {
        cases = cases(value.get(), met.all, 0);
        passed = value.get() instanceof ObjectValue && all(cases);
      }
      outcome = passed ? Outcome.PASS : Outcome.FAIL;
    } catch (EvaluationException e) {
      outcome = Outcome.ERROR;
      error = told.apply(e);
    }
    long nanos = System.nanoTime() - start;
    Result result =
        new Result(pkg, name, file, line, outcome, error, nanos, output, cases, explanation, null);
    return bench == null || outcome != Outcome.PASS
        ? result
        : result.withBench(bench.measure(query, request.printingTo(_ -> {})));
  }

  /** The cases that a test came to, whatever became of them. */
  private static final class Cases implements Observer {
    private final List<ArrayValue> all = new ArrayList<>();

    @Override
    public void enter(Span literal) {}

    @Override
    public void pass(Span literal) {}

    @Override
    public void rule(String path, Span rule) {}

    @Override
    public void testCase(ArrayValue names) {
      all.add(names);
    }
  }

  private static boolean all(List<CaseResult> cases) {
    return cases.stream().allMatch(CaseResult::passed);
  }

  /** The cases in a value, and those that were met and are not in it. */
  private static List<CaseResult> cases(Value value, List<ArrayValue> met, int depth) {
    Map<String, CaseResult> found = new TreeMap<>();
    if (value instanceof ObjectValue object) {
      object.forEach((key, inner) -> {
        List<ArrayValue> within =
            met.stream().filter(m -> m.size() > depth && m.get(depth).equals(key)).toList();
        List<CaseResult> below = cases(inner, within, depth + 1);
        boolean passed =
            inner instanceof ObjectValue ? all(below) : inner.equals(BooleanValue.TRUE);
        found.put(text(key), new CaseResult(text(key), passed, below));
      });
    }
    for (ArrayValue names : met) {
      if (names.size() > depth) {
        String name = text(names.get(depth));
        if (!found.containsKey(name)) {
          List<ArrayValue> within =
              met.stream().filter(m -> names.get(depth).equals(m.get(depth))).toList();
          List<CaseResult> below = cases(NullValue.NULL, within, depth + 1);
          found.put(name, new CaseResult(name, false, below));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static String text(Value key) {
    return key instanceof StringValue text ? text.text() : key.toString();
  }

  /** {@code opa test}'s exit code: 0, or 2 if a test did not pass. */
  public static int exitCode(List<Result> results) {
    return results.stream().anyMatch(Result::failed) ? 2 : 0;
  }
}
