package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego check}. */
@Command(
    name = "check",
    description = "Tells every mistake in policies, with line and caret.",
    footer = {"", "Exit codes: 0 nothing is wrong, 1 something is."})
final class RegoCheckCommand extends RegoSubcommand {
  /** How mistakes are printed. */
  enum Format {
    PRETTY,
    JSON
  }

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "files and folders")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-S", "--strict"},
      description = "unused variables and imports, and names that shadow `input` or `data`, too")
  private boolean strict;

  @Option(
      names = {"-b", "--bundle"},
      description = "the paths are bundles")
  private boolean bundle;

  @Mixin private RegoSchema schema = new RegoSchema();

  @Option(
      names = {"-m", "--max-errors"},
      paramLabel = "N",
      defaultValue = "10",
      description = "how many are told; 0 for all (${DEFAULT-VALUE})")
  private int most = 10;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "pretty",
      description = "pretty or json")
  private Format format = Format.PRETTY;

  @Override
  public Integer call() {
    try {
      Loaded loaded = bundle ? Loaded.ofBundles(paths, ignored) : Loaded.of(paths, ignored);
      Policy.ofModules(parsed(loaded), schema.with(options(strict)));
      return Exit.OK;
    } catch (DiagnosticsException e) {
      List<Diagnostic> all = e.diagnostics();
      List<Diagnostic> told = most > 0 && all.size() > most ? all.subList(0, most) : all;
      if (format == Format.JSON) {
        screen.errorJson(EvalReport.errors(told));
      } else {
        tell(told);
      }
      return Exit.FAILED;
    } catch (IOException e) {
      screen.error("bylaw: " + e.getMessage());
      return Exit.FAILED;
    }
  }
}
