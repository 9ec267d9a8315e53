package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.check.Dependencies;
import dev.bylaw.rego.tool.DependencyReport;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.syntax.DiagnosticsException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego deps}. */
@Command(
    name = "deps",
    description = "Tells which documents and rules a query depends on, whatever the input.",
    footer = {
      "",
      "Exit codes: 0 told, 1 something is wrong in the query or the policies.",
      "",
      "Example:",
      "  bylaw rego deps -d policies 'data.authz.allow'"
    })
final class RegoDepsCommand extends RegoSubcommand {
  @Parameters(paramLabel = "QUERY", description = "what is asked")
  private String query = "";

  @Mixin private RegoSources from = new RegoSources();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "pretty",
      description = "pretty or json")
  private RegoCheckCommand.Format format = RegoCheckCommand.Format.PRETTY;

  @Override
  public Integer call() {
    try {
      Policy policy = Policy.ofModules(parsed(from.load(ignored)), options(false));
      Dependencies found = policy.dependencies(query);
      screen.stream()
          .print(
              format == RegoCheckCommand.Format.JSON
                  ? EvalReport.text(DependencyReport.json(found))
                  : DependencyReport.pretty(found));
      return Exit.OK;
    } catch (DiagnosticsException e) {
      tell(e.diagnostics());
    } catch (IOException e) {
      screen.error("bylaw: " + e.getMessage());
    }
    return Exit.FAILED;
  }
}
