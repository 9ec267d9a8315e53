package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.tool.EvalReport;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
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

  @Option(
      names = "--v0-v1",
      description = "the policies have to be of both dialects: v1, with the imports of v0")
  private boolean both;

  @Override
  public Integer call() {
    try {
      Loaded loaded = bundle ? Loaded.ofBundles(paths, ignored) : Loaded.policies(paths, ignored);
      if (both) {
        inBoth(loaded);
      }
      Policy.ofModules(parsed(loaded), schema.with(options(strict || both)))
          .withData(bundle ? loaded.data() : ObjectValue.EMPTY)
          .requireApart();
      return Exit.OK;
    } catch (DiagnosticsException e) {
      List<Diagnostic> all = e.diagnostics();
      List<Diagnostic> told = most > 0 && all.size() > most ? all.subList(0, most) : all;
      if (format == Format.JSON) {
        screen.stderr(EvalReport.report(EvalReport.errors(told)));
      } else {
        tell(told);
        if (told.size() < all.size()) {
          screen.error((all.size() - told.size()) + " more; --max-errors 0 tells all of them");
        }
      }
    } catch (IOException e) {
      if (format == Format.JSON) {
        screen.stderr(EvalReport.report(EvalReport.error(String.valueOf(e.getMessage()))));
      } else {
        screen.error("bylaw: " + e.getMessage());
      }
    }
    return Exit.FAILED;
  }

  /** Tells what one of the dialects does not know. */
  private static void inBoth(Loaded loaded) {
    var wrong = new Diagnostics();
    for (Source source : loaded.sources()) {
      var newer = new Diagnostics();
      Parser.module(source, Dialect.V1, newer);
      var older = new Diagnostics();
      Parser.module(source, Dialect.V0, older);
      boolean first = true;
      for (Diagnostic d : (newer.hasErrors() ? newer : older).all()) {
        boolean hinted = first && !newer.hasErrors() && d.hint().isEmpty();
        wrong.add(
            hinted
                ? d.withHint("v0 cannot read it; `import rego.v1` makes it of both dialects")
                : d);
        first = false;
      }
    }
    wrong.throwIfErrors();
  }
}
