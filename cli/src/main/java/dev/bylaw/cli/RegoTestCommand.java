package dev.bylaw.cli;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.tool.Coverage;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.rego.tool.TestReport;
import dev.bylaw.rego.tool.TestRules;
import dev.bylaw.rego.tool.TestRunner;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
      "Exit codes: 0 all pass, 1 an error or less coverage than the threshold, 2 a test fails."
    })
final class RegoTestCommand extends RegoSubcommand {
  /** How results are printed. */
  enum Format {
    PRETTY,
    JSON
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
      description = "print which lines were evaluated")
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
      description = "pretty or json")
  private Format format = Format.PRETTY;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description = "for each test (${DEFAULT-VALUE})")
  private String timeout = "5s";

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

  @Override
  public Integer call() {
    Duration limit = duration(timeout);
    try {
      return run(limit);
    } catch (DiagnosticsException e) {
      if (format == Format.JSON) {
        screen.errorJson(EvalReport.errors(e.diagnostics()));
      } else {
        tell(e.diagnostics());
      }
      return Exit.FAILED;
    } catch (IOException e) {
      screen.error("bylaw: " + e.getMessage());
      return Exit.FAILED;
    }
  }

  private int run(@Nullable Duration limit) throws IOException {
    Loaded loaded = bundle ? Loaded.ofBundles(paths, ignored) : Loaded.of(paths, ignored);
    boolean covering = coverage || threshold > 0;
    Options options = schema.with(options(false)).withObserved(covering);
    Policy policy =
        Policy.ofModules(TestRules.ready(parsed(loaded)), options)
            .withData(loaded.data())
            .requireApart();
    var covered = new Coverage();
    Request request = Request.of(null).connectingTo(_ -> true);
    var runner = new TestRunner(policy, covering ? request.observedBy(covered) : request, limit);
    Pattern wanted = pattern();
    List<TestRunner.Result> results = new ArrayList<>();
    for (int i = 0; i < Math.max(1, count); i++) {
      results.addAll(runner.run(name -> wanted == null || wanted.matcher(name).find()));
    }
    int code = exitCode(results);
    if (!covering) {
      screen.stream().print(text(results));
      return code;
    }
    return covered(covered.report(policy.modules()), results, code);
  }

  private int covered(ObjectValue report, List<TestRunner.Result> results, int code) {
    double percent = report.get("coverage") instanceof NumberValue n ? n.doubleValue() : 0;
    if (code != Exit.OK) {
      screen.stream().print(TestReport.pretty(results, verbose));
      return Exit.FAILED;
    }
    if (percent < threshold) {
      screen.error(
          "bylaw: coverage is " + percent + " %, below the threshold of " + threshold + " %");
      code = Exit.USAGE;
    }
    if (coverage || format == Format.JSON) {
      screen.stream().println(JsonText.pretty(report));
    }
    return code;
  }

  private String text(List<TestRunner.Result> results) {
    return format == Format.JSON
        ? JsonText.pretty(TestReport.json(results)) + "\n"
        : TestReport.pretty(results, verbose);
  }

  private int exitCode(List<TestRunner.Result> results) {
    if (results.isEmpty()) {
      return failOnEmpty ? Exit.USAGE : Exit.OK;
    }
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
