package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.bench.CaseBench;
import dev.bylaw.rego.bench.QueryBench;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      "Exit codes: 0 measured, 1 undefined (--fail=false lets it pass), 2 an error.",
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

  @Override
  public Integer call() {
    try {
      return cases.isEmpty() ? query() : cases();
    } catch (DiagnosticsException e) {
      tell(e.diagnostics());
    } catch (EvaluationException | IOException | JsonException e) {
      screen.error("bylaw: " + e.getMessage());
    }
    return Exit.USAGE;
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

  private int query() throws IOException, JsonException {
    if (words.size() > 1) {
      throw new UsageException("expected one query, or --case");
    }
    String asked = question.query(words.isEmpty() ? null : words.getFirst());
    Loaded loaded = from.load(ignored);
    Policy policy =
        Policy.ofModules(parsed(loaded), schema.with(options(false))).withData(loaded.data());
    PreparedQuery prepared = question.prepare(policy.requireApart(), asked);
    Request request = Request.of(question.input());
    if (fail && prepared.solutions(request).isEmpty()) {
      screen.error("bylaw: the answer is undefined");
      return Exit.FAILED;
    }
    for (int i = 0; i < count; i++) {
      print(QueryBench.measure(prepared, request, warm, time, metrics, memory));
    }
    return Exit.OK;
  }

  private void print(ObjectValue report) {
    switch (format) {
      case JSON -> screen.json(report);
      case GOBENCH -> screen.text(QueryBench.line(report));
      case PRETTY -> screen.table(List.of("what", "value"), QueryBench.rows(report));
    }
  }
}
