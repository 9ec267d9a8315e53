package dev.bylaw.cli;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.format.Formatter;
import dev.bylaw.rego.format.Formatting;
import dev.bylaw.rego.format.UnifiedDiff;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
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
      "Exit codes: 0 done, 1 there is no such file, 2 with --fail where a file would change, or a",
      "file cannot be read as Rego.",
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

  @Option(names = "--fail", description = "exit code 2 where a file would change; prints no policy")
  private boolean fail;

  @Option(
      names = {"--v0-v1", "--rego-v1"},
      description = "write what both dialects read alike")
  private boolean both;

  @Option(names = "--drop-v0-imports", description = "drop `rego.v1` and `future.keywords`")
  private boolean drop;

  @Option(
      names = "--check-result",
      defaultValue = "true",
      fallbackValue = "true",
      arity = "0..1",
      description = "read what was laid out again, and fail if that is not possible")
  private boolean check = true;

  @Override
  public Integer call() {
    if (both && drop) {
      throw new UsageException("--v0-v1 needs the imports that --drop-v0-imports takes away");
    }
    try {
      if (paths.isEmpty()) {
        return standardInput();
      }
      return files();
    } catch (DiagnosticsException e) {
      tell(e.diagnostics());
      return Exit.USAGE;
    } catch (IOException | UncheckedIOException e) {
      screen.error("bylaw: " + e.getMessage());
      return Exit.FAILED;
    }
  }

  private int standardInput() throws IOException {
    String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    Source source = Source.of("stdin", text);
    String after = formatted(source);
    boolean changed = !after.equals(text);
    if (diff && changed) {
      screen.stream().print(UnifiedDiff.of(source.name(), text, after));
    } else if (list && changed) {
      screen.text(source.name());
    } else if (!diff && !list && !fail) {
      screen.stream().print(after);
    }
    return fail && changed ? Exit.USAGE : Exit.OK;
  }

  private int files() throws IOException {
    List<Diagnostic> wrong = new ArrayList<>();
    boolean changes = false;
    for (Source source : Loaded.policies(paths, ignored).sources()) {
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
    return fail && changes ? Exit.USAGE : Exit.OK;
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
    if (!list && !diff && !write && !fail) {
      screen.stream().print(after);
    }
  }

  private String formatted(Source source) throws IOException {
    Formatting how = Formatting.standard().withDialect(dialect(source)).withDropOldImports(drop);
    String after = Formatter.format(source, both ? how.withTarget(Formatting.Target.BOTH) : how);
    if (check) {
      try {
        boolean newer = both || dialect(source) == Dialect.V1;
        Parser.module(Source.of(source.name(), after), newer ? Dialect.V1 : Dialect.V0);
      } catch (DiagnosticsException e) {
        throw new IOException(
            source.name()
                + ": laid out, it could not be read again, and is left as it is; please report it: "
                + e.diagnostics().getFirst().message(),
            e);
      }
    }
    return after;
  }

  /** The dialect of a file: with --v0-v1 the older one where it is not of the newer. */
  private Dialect dialect(Source source) {
    if (!both || older) {
      return dialect();
    }
    var newer = new Diagnostics();
    var before = new Diagnostics();
    Parser.module(source, Dialect.V1, newer);
    Parser.module(source, Dialect.V0, before);
    return newer.hasErrors() && !before.hasErrors() ? Dialect.V0 : Dialect.V1;
  }
}
