package dev.bylaw.cli;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.partial.Residual;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.rego.tool.Coverage;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.rego.tool.PartialReport;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego eval}. */
@Command(
    name = "eval",
    description = "Answers a query over policies, data and an input.",
    footer = {
      "",
      "Exit codes: 0 answered (undefined, too), 1 as --fail and --fail-defined say, 2 an error.",
      "",
      "Examples:",
      "  bylaw rego eval -d policies -i request.json 'data.authz.allow'",
      "  bylaw rego eval -f pretty 'x := [1, 2, 3][_]; x > 1'",
      "  bylaw rego eval --fail -d policies -i request.json 'data.authz.allow == true'"
    })
final class RegoEvalCommand extends RegoSubcommand {
  /** How the answer is printed. */
  enum Format {
    JSON,
    PRETTY,
    RAW,
    VALUES,
    BINDINGS,
    DISCARD,
    SOURCE
  }

  @Parameters(arity = "0..1", paramLabel = "QUERY", description = "what is asked")
  private @Nullable String query;

  @Mixin private RegoSources from = new RegoSources();

  @Mixin private RegoQuestion question = new RegoQuestion();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = "json, pretty, raw, values, bindings, discard or source")
  private Format format = Format.JSON;

  @Option(names = "--fail", description = "exit code 1 where the answer is undefined")
  private boolean fail;

  @Option(names = "--fail-defined", description = "exit code 1 where the answer is not undefined")
  private boolean failDefined;

  @Option(
      names = {"-S", "--strict"},
      description = "check the policies strictly")
  private boolean strict;

  @Option(names = "--strict-builtin-errors", description = "an error of a builtin is an error")
  private boolean strictErrors;

  @Option(names = "--coverage", description = "tell which lines were evaluated")
  private boolean coverage;

  @Option(names = "--metrics", description = "tell how long it took")
  private boolean metrics;

  @Option(names = "--partial", description = "work out what does not depend on unknowns")
  private boolean partial;

  @Option(
      names = {"-u", "--unknowns"},
      paramLabel = "PATH",
      split = ",",
      description = "what --partial takes for unknown; input where nothing is named")
  private List<String> unknowns = new ArrayList<>();

  @Option(names = "--shallow-inlining", description = "--partial keeps rules in support")
  private boolean shallow;

  @Option(
      names = "--disable-inlining",
      paramLabel = "PATH",
      split = ",",
      description = "rules that --partial keeps in support")
  private List<String> kept = new ArrayList<>();

  @Option(names = "--timeout", paramLabel = "DURATION", description = "such as 300ms or 1m30s")
  private @Nullable String timeout;

  private final Map<String, Long> timers = new LinkedHashMap<>();

  @Override
  public Integer call() {
    Duration most = duration(timeout);
    try {
      return answer(most);
    } catch (DiagnosticsException e) {
      return report(EvalReport.errors(e.diagnostics()), () -> tell(e.diagnostics()));
    } catch (EvaluationException e) {
      return report(EvalReport.error(e), () -> screen.error("1 error occurred: " + e.getMessage()));
    } catch (IOException | JsonException e) {
      String message = String.valueOf(e.getMessage());
      return report(EvalReport.error(message), () -> screen.error("bylaw: " + message));
    }
  }

  private int report(ObjectValue errors, Runnable text) {
    if (format == Format.JSON) {
      screen.json(errors);
    } else {
      text.run();
    }
    return Exit.USAGE;
  }

  private int answer(@Nullable Duration most) throws IOException, JsonException {
    String asked = question.query(query);
    long start = System.nanoTime();
    Loaded loaded = from.load(ignored);
    start = lap("timer_rego_load_files_ns", start);
    Options options = options(strict).withObserved(coverage);
    var modules = parsed(loaded);
    start = lap("timer_rego_module_parse_ns", start);
    Policy policy = Policy.ofModules(modules, options).withData(loaded.data()).requireApart();
    start = lap("timer_rego_module_compile_ns", start);
    if (partial) {
      return partially(policy, asked, most);
    }
    PreparedQuery prepared = question.prepare(policy, asked);
    start = lap("timer_rego_query_compile_ns", start);
    var covered = new Coverage();
    Request request =
        Request.of(question.input())
            .withStrictErrors(strictErrors)
            .withBudget(Long.MAX_VALUE, most)
            .withRuntime(runtime())
            .connectingTo(_ -> true)
            .printingTo(screen::error);
    List<Query.Solution> found =
        prepared.solutions(coverage ? request.observedBy(covered) : request);
    lap("timer_rego_query_eval_ns", start);
    ObjectValue.Builder more = ObjectValue.builder();
    if (metrics) {
      ObjectValue.Builder all = ObjectValue.builder();
      timers.forEach((name, nanos) -> all.put(name, NumberValue.of(nanos)));
      more.put("metrics", all.build());
    }
    if (coverage) {
      more.put("coverage", covered.report(policy.modules()));
    }
    print(found, new EvalReport.Asked(prepared.expressions()), more.build());
    return EvalReport.exitCode(found, fail, failDefined);
  }

  private int partially(Policy policy, String asked, @Nullable Duration most)
      throws IOException, JsonException {
    Request request =
        Request.of(question.input())
            .withStrictErrors(strictErrors)
            .withBudget(Long.MAX_VALUE, most)
            .withRuntime(runtime());
    List<String> paths = unknowns.isEmpty() ? List.of("input") : unknowns;
    Residual left;
    try {
      left = policy.partially(asked, paths, request, !shallow, Set.copyOf(kept));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    String text =
        switch (format) {
          case SOURCE -> PartialReport.source(left);
          case PRETTY -> PartialReport.pretty(left);
          case JSON -> EvalReport.text(PartialReport.json(left));
          case RAW, VALUES, BINDINGS, DISCARD ->
              throw new UsageException("--partial goes with --format json, pretty or source");
        };
    screen.stream().print(text);
    boolean undefined = left.queries().isEmpty();
    return (fail && undefined) || (failDefined && !undefined) ? 1 : 0;
  }

  private long lap(String name, long start) {
    long now = System.nanoTime();
    timers.put(name, now - start);
    return now;
  }

  private void print(List<Query.Solution> found, EvalReport.Asked asked, ObjectValue more) {
    String text =
        switch (format) {
          case JSON -> EvalReport.text(EvalReport.json(found, asked, more));
          case DISCARD -> EvalReport.text(EvalReport.discarded(found, more));
          case PRETTY -> EvalReport.pretty(found, asked);
          case RAW -> EvalReport.raw(found);
          case VALUES -> EvalReport.values(found);
          case BINDINGS -> EvalReport.bindings(found);
          case SOURCE -> throw new UsageException("--format source goes with --partial");
        };
    screen.stream().print(text);
  }

  private static ObjectValue runtime() {
    ObjectValue.Builder env = ObjectValue.builder();
    System.getenv().forEach((k, v) -> env.put(k, StringValue.of(v)));
    return ObjectValue.of("env", env.build());
  }
}
