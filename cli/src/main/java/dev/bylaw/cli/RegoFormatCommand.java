package dev.bylaw.cli;

import dev.bylaw.rego.format.Formatter;
import dev.bylaw.rego.format.Formatting;
import dev.bylaw.rego.format.UnifiedDiff;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bylaw rego fmt}. */
@Command(
    name = "fmt",
    description = "Lays policies out as they usually are; keeps comments.",
    footer = {
      "",
      "Exit codes: 0 done, 1 with --fail where a file would change, 2 a file cannot be read.",
      "",
      "Examples:",
      "  bylaw rego fmt policy.rego",
      "  bylaw rego fmt --write policies",
      "  bylaw rego fmt --list --fail policies"
    })
final class RegoFormatCommand extends RegoSubcommand {
  @Parameters(paramLabel = "PATH", description = "files and folders; standard input without")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-w", "--write"},
      description = "write the files instead of printing them")
  private boolean write;

  @Option(
      names = {"-l", "--list"},
      description = "list the files that would change")
  private boolean list;

  @Option(
      names = {"-d", "--diff"},
      description = "print what would change")
  private boolean diff;

  @Option(names = "--fail", description = "exit code 1 where a file would change")
  private boolean fail;

  @Option(
      names = {"--v0-v1", "--rego-v1"},
      description = "write what both dialects read alike")
  private boolean both;

  @Option(names = "--drop-v0-imports", description = "drop `rego.v1` and `future.keywords`")
  private boolean drop;

  @Override
  public Integer call() {
    try {
      if (paths.isEmpty()) {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        screen.stream().print(formatted(Source.of("stdin", text)));
        return Exit.OK;
      }
      return files();
    } catch (IOException | UncheckedIOException e) {
      screen.error("bylaw: " + e.getMessage());
      return Exit.USAGE;
    }
  }

  private int files() throws IOException {
    List<Diagnostic> wrong = new ArrayList<>();
    boolean changes = false;
    for (Source source : Loaded.of(paths, ignored).sources()) {
      try {
        String after = formatted(source);
        boolean changed = !after.equals(source.text());
        changes |= changed;
        emit(source, after, changed);
      } catch (DiagnosticsException e) {
        wrong.addAll(e.diagnostics());
      }
    }
    if (!wrong.isEmpty()) {
      tell(wrong);
      return Exit.USAGE;
    }
    return fail && changes ? Exit.FAILED : Exit.OK;
  }

  private void emit(Source source, String after, boolean changed) throws IOException {
    if (list && changed) {
      screen.text(source.name());
    }
    if (diff && changed) {
      screen.stream().print(UnifiedDiff.of(source.name(), source.text(), after));
    }
    if (write && changed) {
      Files.writeString(Path.of(source.name()), after);
    }
    if (!list && !diff && !write) {
      screen.stream().print(after);
    }
  }

  private String formatted(Source source) {
    Formatting how = Formatting.standard().withDialect(dialect()).withDropOldImports(drop);
    return Formatter.format(source, both ? how.withTarget(Formatting.Target.BOTH) : how);
  }
}
