package dev.bylaw.cli;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.bench.QueryBench;
import dev.bylaw.rego.tool.Coverage;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Explanation.Detail;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.rego.tool.TestReport;
import dev.bylaw.rego.tool.TestRules;
import dev.bylaw.rego.tool.TestRunner;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego test}. */
@Command(
    name = "test",
    description = "Runs the rules of policies whose names begin with `test_`.",
    footer = {
      "",
      "A rule whose name begins with `todo_test_` is skipped. The entries of a test that is an",
      "object, `test_x[case] if …`, are tests of their own.",
      "",
      "Exit codes: 0 all pass, 1 an error, 2 a test fails or is skipped (-z lets that pass), or",
      "less is covered than --threshold says."
    })
final class RegoTestCommand extends RegoSubcommand {
  /** How results are printed. */
  enum Format {
    PRETTY,
    JSON,
    GOBENCH
  }

  /** In which order results are told. */
  enum Sort {
    NONE,
    DURATION
  }

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "policies, tests and data")
  private List<String> paths = new ArrayList<>();

  @Mixin private RegoSchema schema = new RegoSchema();

  @Option(
      names = {"-v", "--verbose"},
      description = "tell of tests that pass, too")
  private boolean verbose;

  @Option(
      names = {"-r", "--run"},
      paramLabel = "REGEX",
      description = "only tests that match")
  private @Nullable String run;

  @Option(
      names = {"-b", "--bundle"},
      description = "the paths are bundles")
  private boolean bundle;

  @Option(
      names = {"-c", "--coverage"},
      description = "print which places were evaluated, from where to where")
  private boolean coverage;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description = "the coverage below which it fails")
  private double threshold;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "pretty",
      description = "pretty, json, or, with --bench, gobench")
  private Format format = Format.PRETTY;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "for each test (5s)")
  private @Nullable String timeout;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "how often each is run")
  private int count = 1;

  @Option(
      names = {"-z", "--exit-zero-on-skipped"},
      description = "skipped tests do not fail")
  private boolean skippedIsFine;

  @Option(names = "--fail-on-empty", description = "fail where there is no test")
  private boolean failOnEmpty;

  @Option(names = "--bench", description = "measure the tests that pass, for a second each")
  private boolean bench;

  @Option(
      names = "--benchmem",
      defaultValue = "true",
      fallbackValue = "true",
      arity = "0..1",
      description = "tell what is allocated, too")
  private boolean memory = true;

  @Option(
      names = "--explain",
      paramLabel = "DETAIL",
      description = {"why tests did not pass: fails, notes or full; also said with", "--verbose"})
  private RegoWatching.@Nullable Explain explain;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "none",
      description = "the order of results: none, or duration, longest first")
  private Sort sort = Sort.NONE;

  @Option(
      names = {"-m", "--max-errors"},
      paramLabel = "N",
      defaultValue = "10",
      description = "how many mistakes are told; 0 for all (${DEFAULT-VALUE})")
  private int mostErrors = 10;

  @SuppressWarnings("unused") // Makes no difference.
  @Option(
      names = {"-p", "--parallel"},
      paramLabel = "N",
      description = "accepted; tests run one after the other")
  private int parallel;

  @Option(
      names = {"-w", "--watch"},
      description = "run again whenever a file changes, until interrupted")
  private boolean watch;

  @Option(
      names = {"-t", "--target"},
      paramLabel = "TARGET",
      defaultValue = "rego",
      description = "what is run: rego, from source")
  private RegoBuildCommand.Target target = RegoBuildCommand.Target.REGO;

  @SuppressWarnings("unused") // Makes no difference.
  @Option(
      names = "--coverage-runs",
      paramLabel = "KIND",
      split = ",",
      description = "accepted; why a place was not met is not told")
  private List<String> coverageRuns = new ArrayList<>();

  @SuppressWarnings("unused") // Makes no difference.
  @Option(
      names = "--var-values",
      arity = "0..1",
      fallbackValue = "true",
      description = "accepted; an explanation shows what is written, not what it is worth")
  private boolean values;

  @Mixin private RegoLimits limits = new RegoLimits();

  @Override
  public Integer call() {
    RegoBuildCommand.requireRego(target);
    if (bench && (coverage || threshold > 0)) {
      return refuse("coverage reporting is not supported when benchmarking tests");
    }
    if (format == Format.GOBENCH && !bench) {
      return refuse("--format gobench goes with --bench");
    }
    Duration limit = duration(timeout == null ? bench ? "30s" : "5s" : timeout);
    Pattern wanted = pattern();
    int code = once(limit, wanted);
    try {
      List<String> before = watch ? state() : List.of();
      while (watch) {
        Thread.sleep(200);
        List<String> now = state();
        if (!now.equals(before)) {
          before = now;
          screen.text("");
          code = once(limit, wanted);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return code;
  }

  private int refuse(String why) {
    screen.error("bylaw: " + why);
    return Exit.FAILED;
  }

  /** What is in the paths: a list that is another when a file is. */
  private List<String> state() {
    List<String> all = new ArrayList<>();
    for (String path : paths) {
      try (var files = Files.walk(Path.of(path))) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(f -> all.add(f + " " + f.toFile().lastModified() + " " + f.toFile().length()));
      } catch (IOException | UncheckedIOException e) {
        all.add(path + " cannot be read");
      }
    }
    return all;
  }

  private int once(@Nullable Duration limit, @Nullable Pattern wanted) {
    try {
      return run(limit, wanted);
    } catch (DiagnosticsException e) {
      List<Diagnostic> all = e.diagnostics();
      List<Diagnostic> told =
          mostErrors > 0 && all.size() > mostErrors ? all.subList(0, mostErrors) : all;
      if (format == Format.JSON) {
        screen.stderr(EvalReport.report(EvalReport.errors(told)));
      } else {
        tell(told);
      }
    } catch (IOException e) {
      screen.error("bylaw: " + e.getMessage());
    }
    return Exit.FAILED;
  }

  private int run(@Nullable Duration limit, @Nullable Pattern wanted) throws IOException {
    Loaded loaded = bundle ? Loaded.ofBundles(paths, ignored) : Loaded.of(paths, ignored);
    boolean covering = coverage || threshold > 0;
    boolean explaining = !covering && !bench && (verbose || explain != null);
    Options options = schema.with(options(false)).withObserved(covering || explaining);
    Policy policy =
        Policy.ofModules(TestRules.ready(parsed(loaded)), options)
            .withData(loaded.data())
            .requireApart();
    var covered = new Coverage();
    Request request = limits.on(Request.of(null).connectingTo(_ -> true));
    var runner = new TestRunner(policy, covering ? request.observedBy(covered) : request, limit);
    String most = timeout == null ? "5s" : timeout;
    runner.telling(e -> limits.told(e, limit, most));
    if (explaining) {
      runner.withExplanations();
    }
    if (bench) {
      runner.measuredBy((q, r) -> QueryBench.measure(q, r, 1000, 1000, true, memory));
    }
    int code = Exit.OK;
    for (int i = 0; i < Math.max(1, count); i++) {
      List<TestRunner.Result> results = results(runner, wanted);
      if (results.isEmpty() && failOnEmpty) {
        return refuse("no tests were run");
      }
      code = Math.max(code, exitCode(results));
      if (!covering) {
        screen.stream().print(text(results));
      } else if (code != Exit.OK) {
        screen.stream().print(TestReport.pretty(results, verbose));
      }
    }
    return covering ? covered(covered, policy, code) : code;
  }

  private List<TestRunner.Result> results(TestRunner runner, @Nullable Pattern wanted) {
    List<TestRunner.Result> results =
        runner.run(name -> wanted == null || wanted.matcher(name).find());
    return sort == Sort.NONE
        ? results
        : results.stream()
            .sorted(Comparator.comparingLong(TestRunner.Result::nanos).reversed())
            .toList();
  }

  private int covered(Coverage covered, Policy policy, int code) {
    if (code != Exit.OK) {
      return Exit.FAILED;
    }
    double percent = covered.percent(policy.modules());
    boolean enough = percent >= threshold;
    if (!enough) {
      screen.error(
          String.format(
              Locale.ROOT,
              "Code coverage threshold not met: got %.2f instead of %.2f",
              percent,
              threshold));
    }
    if (coverage || format == Format.JSON) {
      screen.stream().print(EvalReport.report(covered.report(policy.modules())));
    }
    return enough ? Exit.OK : Exit.USAGE;
  }

  private String text(List<TestRunner.Result> results) {
    Detail detail = explain == null ? Detail.FAILS : RegoWatching.detail(explain);
    return format == Format.JSON
        ? EvalReport.report(TestReport.json(results))
        : TestReport.pretty(results, verbose, detail, format == Format.GOBENCH);
  }

  private int exitCode(List<TestRunner.Result> results) {
    boolean skipped =
        !skippedIsFine && results.stream().anyMatch(r -> r.outcome() == TestRunner.Outcome.SKIPPED);
    return skipped ? Exit.USAGE : TestRunner.exitCode(results);
  }

  private @Nullable Pattern pattern() {
    try {
      return run == null ? null : Pattern.compile(run);
    } catch (PatternSyntaxException e) {
      throw new UsageException("--run: " + e.getDescription() + " in `" + run + "`");
    }
  }
}
