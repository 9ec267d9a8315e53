package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.bench.CaseBench;
import dev.bylaw.rego.bench.QueryBench;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego bench}. */
@Command(
    name = "bench",
    description = {
      "Measures a query, on one thread, warmed up, with the input parsed once;",
      "or folders CASE/{policy/*.rego, data.json, inputs/*.json, query}, a line of JSON for each."
    },
    footer = {
      "",
      "Exit codes: 0 measured, 1 an error, or undefined (--fail=false lets that pass).",
      "",
      "Examples:",
      "  bylaw rego bench -d policies -i request.json 'data.authz.allow'",
      "  bylaw rego bench --case cases/rbac --case cases/rules --warm 2000 --results answers"
    })
final class RegoBenchCommand extends RegoSubcommand {
  /** How the figures are printed. */
  enum Format {
    PRETTY,
    JSON,
    GOBENCH
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "QUERY",
      description = "what is asked; behind --case, more cases")
  private List<String> words = new ArrayList<>();

  @Option(names = "--case", arity = "1..*", paramLabel = "CASE", description = "folders to measure")
  private List<Path> cases = new ArrayList<>();

  @Option(
      names = "--warm",
      paramLabel = "MS",
      defaultValue = "2000",
      description = {
        "milliseconds to warm up (${DEFAULT-VALUE}), and at most as many again",
        "while the compiler is still at work"
      })
  private long warm = 2000;

  @Option(
      names = "--time",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "milliseconds to measure (${DEFAULT-VALUE})")
  private long time = 1000;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the answers of each case are written, as CASE.json")
  private @Nullable Path results;

  @Mixin private RegoSources from = new RegoSources();

  @Mixin private RegoQuestion question = new RegoQuestion();

  @Mixin private RegoSchema schema = new RegoSchema();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "pretty",
      description = "pretty, json or gobench")
  private Format format = Format.PRETTY;

  @Option(names = "--count", paramLabel = "N", description = "measure so often")
  private int count = 1;

  @Option(
      names = "--metrics",
      defaultValue = "true",
      fallbackValue = "true",
      arity = "0..1",
      description = "tell how the times are spread")
  private boolean metrics = true;

  @Option(
      names = "--benchmem",
      defaultValue = "true",
      fallbackValue = "true",
      arity = "0..1",
      description = "tell what is allocated")
  private boolean memory = true;

  @Option(
      names = "--fail",
      defaultValue = "true",
      fallbackValue = "true",
      arity = "0..1",
      description = "exit code 1 where the answer is undefined")
  private boolean fail = true;

  @Option(
      names = {"-p", "--partial"},
      description = "measure partial evaluation itself")
  private boolean partial;

  @Option(
      names = {"-u", "--unknowns"},
      paramLabel = "PATH",
      split = ",",
      description = "what --partial takes for unknown; input where nothing is named")
  private List<String> unknowns = new ArrayList<>();

  @Option(
      names = {"-t", "--target"},
      paramLabel = "TARGET",
      defaultValue = "rego",
      description = "what is run: rego, from source")
  private RegoBuildCommand.Target target = RegoBuildCommand.Target.REGO;

  @Option(
      names = "--e2e",
      description = "refused: there is no server whose answers could be measured")
  private boolean endToEnd;

  @Option(
      names = {"-c", "--config-file"},
      paramLabel = "FILE",
      description = "refused: it is the configuration of a server")
  private @Nullable Path configuration;

  @SuppressWarnings("unused") // Makes no difference.
  @Option(
      names = "--optimize-store-for-read-speed",
      arity = "0..1",
      fallbackValue = "true",
      description = "accepted; data is always held for reading")
  private boolean readSpeed;

  @Mixin private RegoLimits limits = new RegoLimits();

  @Override
  public Integer call() {
    RegoBuildCommand.requireRego(target);
    if (endToEnd || configuration != null) {
      throw new UsageException(
          "Bylaw evaluates Rego in process and has no server to measure; leave out --e2e and"
              + " --config-file");
    }
    try {
      return cases.isEmpty() ? query() : cases();
    } catch (DiagnosticsException e) {
      tell(e.diagnostics());
    } catch (EvaluationException e) {
      tellFailures(List.of(limits.told(e, null, null)));
    } catch (IOException e) {
      screen.error("bylaw: " + e.getMessage());
    }
    return cases.isEmpty() ? Exit.FAILED : Exit.USAGE;
  }

  private int cases() throws IOException {
    List<Path> all = new ArrayList<>(cases);
    words.forEach(w -> all.add(Path.of(w)));
    if (results != null) {
      Files.createDirectories(results);
    }
    for (Path folder : all) {
      var bench = new CaseBench(folder);
      if (results != null) {
        Files.writeString(results.resolve(bench.name() + ".json"), bench.results() + "\n");
      }
      screen.stream().println(bench.measure(warm, time));
      screen.stream().flush();
    }
    return Exit.OK;
  }

  private int query() throws IOException {
    if (words.size() > 1) {
      throw new UsageException("expected one query, or --case");
    }
    String asked = question.query(words.isEmpty() ? null : words.getFirst());
    Loaded loaded = from.load(ignored);
    Policy policy =
        Policy.ofModules(parsed(loaded), schema.with(options(false))).withData(loaded.data());
    policy.requireApart();
    Request request = limits.on(Request.of(question.input()));
    PreparedQuery prepared = question.prepare(policy, asked);
    IntSupplier work =
        partial
            ? () -> partially(policy, asked, request)
            : () -> prepared.solutions(request).size();
    if (fail && work.getAsInt() == 0) {
      screen.error("bylaw: the answer is undefined; --fail=false measures it all the same");
      return Exit.FAILED;
    }
    for (int i = 0; i < count; i++) {
      print(QueryBench.measure(work, warm, time, metrics, memory));
    }
    return Exit.OK;
  }

  private int partially(Policy policy, String asked, Request request) {
    List<String> paths = unknowns.isEmpty() ? List.of("input") : unknowns;
    return policy
        .partially(asked, question.pkg(), question.imports(), paths, request, true, Set.of())
        .queries()
        .size();
  }

  private void print(ObjectValue report) {
    switch (format) {
      case JSON -> screen.stream().print(EvalReport.report(report));
      case GOBENCH -> screen.text(QueryBench.line(report));
      case PRETTY -> screen.table(List.of("what", "value"), QueryBench.rows(report));
    }
  }
}
