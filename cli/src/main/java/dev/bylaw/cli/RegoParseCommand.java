package dev.bylaw.cli;

import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.TreeText;
import dev.bylaw.rego.ast.TreeValue;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego parse}. */
@Command(name = "parse", description = "Prints the syntax tree of a policy.")
final class RegoParseCommand extends RegoSubcommand {
  @Parameters(paramLabel = "FILE", description = "the policy")
  private Path file = Path.of(".");

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "pretty",
      description = "pretty or json (${DEFAULT-VALUE})")
  private RegoCheckCommand.Format format = RegoCheckCommand.Format.PRETTY;

  @Option(
      names = "--json-include",
      paramLabel = "PART",
      split = ",",
      description = {
        "what JSON tells besides the tree: locations, comments; with - in",
        "front it does not; comments where nothing is said"
      })
  private List<String> parts = new ArrayList<>();

  @Override
  public Integer call() {
    boolean locations = false;
    boolean comments = true;
    for (String part : parts) {
      switch (part.strip()) {
        case "locations" -> locations = true;
        case "-locations" -> locations = false;
        case "comments" -> comments = true;
        case "-comments" -> comments = false;
        default ->
            throw new UsageException(
                "--json-include takes `locations` and `comments`, found `" + part + "`");
      }
    }
    try {
      Source source = Loaded.source(file);
      Module module = Parser.module(source, dialect());
      screen.stream()
          .print(
              format == RegoCheckCommand.Format.PRETTY
                  ? TreeText.of(module)
                  : JsonText.pretty(TreeValue.of(module, locations, comments)) + "\n");
      return Exit.OK;
    } catch (DiagnosticsException e) {
      if (format == RegoCheckCommand.Format.JSON) {
        screen.stderr(EvalReport.report(EvalReport.errors(e.diagnostics())));
      } else {
        tell(e.diagnostics());
      }
    } catch (IOException e) {
      if (format == RegoCheckCommand.Format.JSON) {
        screen.stderr(EvalReport.report(EvalReport.error(String.valueOf(e.getMessage()))));
      } else {
        screen.error("bylaw: " + e.getMessage());
      }
    }
    return Exit.FAILED;
  }
}
