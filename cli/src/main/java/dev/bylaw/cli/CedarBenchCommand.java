package dev.bylaw.cli;

import dev.bylaw.cedar.command.Failure;
import dev.bylaw.value.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bylaw cedar bench}. */
@Command(
    name = "bench",
    description = "Measures decisions on the policies, entities and requests of folders.",
    footer = {
      "",
      "A line of JSON for each case: case, policies, entities, requests, median_ns, p99_ns,",
      "allocs, bytes, json_median_ns, per_s_1, per_s_2.",
    })
final class CedarBenchCommand extends PrintingCommand {
  @Option(
      names = "--case",
      required = true,
      arity = "1..*",
      paramLabel = "CASE",
      description =
          "a folder of policies.cedar, requests.json, schema.cedarschema or schema.json,"
              + " entities.json and links.json")
  private List<Path> cases = new ArrayList<>();

  @Option(
      names = "--warm",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "how long to warm up before each measurement (default: 2000)")
  private long warm;

  @Option(
      names = "--time",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "how long each measurement takes (default: 2000)")
  private long time;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where CASE.json gets [decision, [reasons], [erring]] of each request")
  private @Nullable Path results;

  @Override
  public Integer call() throws Exception {
    if (warm < 0 || time <= 0) {
      throw new UsageException("--warm and --time are milliseconds, --time more than 0");
    }
    for (Path folder : cases) {
      CedarBench bench;
      try {
        bench = CedarBench.read(folder);
      } catch (Failure e) {
        throw new UsageException(String.valueOf(e.getMessage()).strip());
      }
      if (results != null) {
        Files.createDirectories(results);
        Files.writeString(results.resolve(bench.name() + ".json"), Json.write(bench.answers()));
      }
      screen.jsonLine(bench.measure(warm, time));
    }
    return Exit.OK;
  }
}
