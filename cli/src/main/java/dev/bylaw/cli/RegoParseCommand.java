package dev.bylaw.cli;

import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.ast.TreeText;
import dev.bylaw.rego.ast.TreeValue;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      defaultValue = "json",
      description = "json or pretty (${DEFAULT-VALUE})")
  private RegoCheckCommand.Format format = RegoCheckCommand.Format.JSON;

  @Override
  public Integer call() {
    try {
      Source source = Source.of(file.toString(), Files.readString(file));
      Module module = Parser.module(source, dialect());
      screen.stream()
          .print(
              format == RegoCheckCommand.Format.PRETTY
                  ? TreeText.of(module)
                  : JsonText.pretty(TreeValue.of(module)) + "\n");
      return Exit.OK;
    } catch (DiagnosticsException e) {
      if (format == RegoCheckCommand.Format.JSON) {
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
}
