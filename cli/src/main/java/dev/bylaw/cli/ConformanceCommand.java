package dev.bylaw.cli;

import dev.bylaw.cedar.conformance.CedarSuite;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.conformance.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw conformance}. */
@Command(
    name = "conformance",
    description = "Runs the official test suites of Rego and Cedar from a folder.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConformanceCommand.Rego.class, ConformanceCommand.Cedar.class},
    footer = {"", "The last line says `N passed, N failed`; exit code 1 if any failed."})
final class ConformanceCommand extends PrintingCommand {
  @Override
  public Integer call() {
    picocli.CommandLine.usage(this, screen.stream());
    return Exit.USAGE;
  }

  /** A suite: cases are counted, failures named if asked for. */
  abstract static class Suite extends PrintingCommand {
    @Parameters(paramLabel = "DIR", description = "the folder with the cases")
    Path folder = Path.of(".");

    @Option(names = "--failures", description = "name each case that fails, and say why")
    boolean failures;

    private int passed;
    private int failed;

    void passed() {
      passed++;
    }

    void failed(String name, String why) {
      failed++;
      if (failures) {
        screen.text("FAIL " + name + ": " + why);
      }
    }

    abstract void run() throws IOException;

    @Override
    public Integer call() {
      if (!Files.isDirectory(folder)) {
        throw new UsageException("no such folder: " + folder);
      }
      try {
        run();
      } catch (IOException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
      screen.text(passed + " passed, " + failed + " failed");
      return failed == 0 && passed > 0 ? Exit.OK : Exit.FAILED;
    }
  }

  /** {@code bylaw conformance rego}. */
  @Command(name = "rego", description = "Runs cases of OPA's suite: files `*.json` with `cases`.")
  static final class Rego extends Suite {
    @Option(names = "--v0-compatible", description = "the cases are of the dialect before OPA 1.0")
    private boolean older;

    @Override
    void run() throws IOException {
      Conformance.Report report = new Conformance(older ? Dialect.V0 : Dialect.V1).run(folder);
      for (int i = 0; i < report.passed(); i++) {
        passed();
      }
      report.failures().forEach(f -> failed(f.file() + ": " + f.note(), f.why()));
    }
  }

  /** {@code bylaw conformance cedar}. */
  @Command(
      name = "cedar",
      description = "Runs Cedar's suites: `tests/` and archives of tests, each request a case.")
  static final class Cedar extends Suite {
    @Override
    void run() throws IOException {
      CedarSuite.run(
          folder,
          result -> {
            if (result.passed()) {
              passed();
            } else {
              failed(result.test() + " " + result.part(), result.message());
            }
          });
    }
  }
}
