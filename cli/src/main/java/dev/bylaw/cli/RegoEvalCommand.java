package dev.bylaw.cli;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.partial.Residual;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.plan.Observer;
import dev.bylaw.rego.plan.Query;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.rego.tool.PartialReport;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
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

  @Mixin private RegoSchema schema = new RegoSchema();

  @Mixin private RegoWatching watching = new RegoWatching();

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

  @Option(
      names = "--show-builtin-errors",
      description = "tell all errors of builtins; they are not fatal")
  private boolean showErrors;

  @Option(
      names = {"-p", "--partial"},
      description = "work out what does not depend on unknowns")
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

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "do it so often, and tell how the times are spread")
  private int count = 1;

  @Option(
      names = {"-t", "--target"},
      paramLabel = "TARGET",
      defaultValue = "rego",
      description = "what is run: rego, from source")
  private RegoBuildCommand.Target target = RegoBuildCommand.Target.REGO;

  @Mixin private RegoLimits limits = new RegoLimits();

  @SuppressWarnings("unused") // Makes no difference.
  @Mixin
  private RegoAccepted accepted = new RegoAccepted();

  @Mixin private RegoOptimizing optimizing = new RegoOptimizing();

  private Map<String, Long> timers = new LinkedHashMap<>();

  @Override
  public Integer call() {
    RegoBuildCommand.requireRego(target);
    if (count < 1) {
      throw new UsageException("--count is 1 or more");
    }
    Duration most = duration(timeout);
    try {
      return answer(most);
    } catch (DiagnosticsException e) {
      return report(EvalReport.errors(e.diagnostics()), () -> tell(e.diagnostics()));
    } catch (EvaluationException e) {
      EvaluationException told = limits.told(e, most, timeout);
      return report(EvalReport.error(told), () -> tellFailures(List.of(told)));
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return report(EvalReport.error(message), () -> screen.error("bylaw: " + message));
    }
  }

  private int report(ObjectValue errors, Runnable text) {
    if (format == Format.JSON) {
      screen.stream().print(EvalReport.report(errors));
    } else {
      text.run();
    }
    return Exit.USAGE;
  }

  /** What one evaluation came to. */
  private record Outcome(
      Policy policy,
      EvalReport.Asked asked,
      PreparedQuery.Answer answer,
      RegoWatching.Watch watch) {}

  private int answer(@Nullable Duration most) throws IOException {
    if (showErrors && strictErrors) {
      throw new UsageException(
          "--strict-builtin-errors ends with the first error of a builtin; leave out it or"
              + " --show-builtin-errors");
    }
    if (format == Format.SOURCE && !partial) {
      throw new UsageException("--format source goes with --partial");
    }
    String asked = question.query(query);
    Value input = question.input();
    if (partial) {
      return partially(compiled(false), asked, input, most);
    }
    Outcome outcome = once(asked, input, most);
    List<Map<String, Long>> runs = new ArrayList<>();
    List<RegoWatching.Watch> watches = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      runs.add(timers);
      watches.add(outcome.watch);
      timers = new LinkedHashMap<>();
      outcome = once(asked, input, most);
    }
    runs.add(timers);
    watches.add(outcome.watch);
    RegoWatching.Told told = watching.told(watches, runs, outcome.policy);
    PreparedQuery.Answer answer = outcome.answer;
    if (showErrors && !answer.errors().isEmpty()) {
      tellErrors(answer, outcome.asked, told.json());
    } else {
      print(answer.solutions(), outcome.asked, told);
    }
    return EvalReport.exitCode(answer.solutions(), fail, failDefined);
  }

  private Policy compiled(boolean observed) throws IOException {
    long start = System.nanoTime();
    Loaded loaded = from.load(ignored);
    start = lap("timer_rego_load_files_ns", start);
    Options options = schema.with(options(strict)).withObserved(observed);
    var modules = parsed(optimizing.of(loaded, options, limits, _ -> {}));
    start = lap("timer_rego_module_parse_ns", start);
    Policy policy = Policy.ofModules(modules, options).withData(loaded.data()).requireApart();
    lap("timer_rego_module_compile_ns", start);
    return policy;
  }

  private Outcome once(String asked, @Nullable Value input, @Nullable Duration most)
      throws IOException {
    Policy policy = compiled(watching.isObserved());
    long start = System.nanoTime();
    PreparedQuery prepared = question.prepare(policy, asked);
    start = lap("timer_rego_query_compile_ns", start);
    Source source = Source.of("query", asked);
    RegoWatching.Watch watch = watching.watch(source.span(0, asked.length()));
    Request request = request(input, most).connectingTo(_ -> true).printingTo(screen::error);
    Observer observer = watch.observer();
    PreparedQuery.Answer answer =
        prepared.answer(observer == null ? request : request.observedBy(observer));
    lap("timer_rego_query_eval_ns", start);
    return new Outcome(policy, new EvalReport.Asked(prepared.expressions()), answer, watch);
  }

  private Request request(@Nullable Value input, @Nullable Duration most) {
    return limits.on(
        Request.of(input)
            .withStrictErrors(strictErrors)
            .withBudget(Long.MAX_VALUE, most)
            .withRuntime(runtime()));
  }

  private void tellErrors(PreparedQuery.Answer answer, EvalReport.Asked asked, ObjectValue more) {
    if (format == Format.JSON) {
      ObjectValue report = EvalReport.json(answer.solutions(), asked, more);
      screen.stream().print(EvalReport.report(EvalReport.errors(answer).with(report)));
      return;
    }
    tellFailures(answer.errors());
  }

  private int partially(
      Policy policy, String asked, @Nullable Value input, @Nullable Duration most) {
    List<String> paths = unknowns.isEmpty() ? List.of("input") : unknowns;
    long start = System.nanoTime();
    Residual left;
    try {
      left =
          policy.partially(
              asked,
              question.pkg(),
              question.imports(),
              paths,
              request(input, most),
              !shallow,
              Set.copyOf(kept));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    lap("timer_rego_partial_eval_ns", start);
    RegoWatching.Watch watch = watching.watch(Source.of("query", asked).span(0, asked.length()));
    RegoWatching.Told told = watching.told(List.of(watch), List.of(timers), policy);
    String text =
        switch (format) {
          case SOURCE -> PartialReport.source(left);
          case PRETTY -> PartialReport.pretty(left) + told.behind();
          case JSON -> EvalReport.text(PartialReport.json(left).with(told.json()));
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

  private void print(List<Query.Solution> found, EvalReport.Asked asked, RegoWatching.Told told) {
    String text =
        switch (format) {
          case JSON -> EvalReport.report(EvalReport.json(found, asked, told.json()));
          case DISCARD -> EvalReport.report(EvalReport.discarded(found, told.json()));
          case PRETTY -> told.before() + EvalReport.pretty(found, asked) + told.behind();
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
