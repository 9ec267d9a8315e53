package dev.bylaw.cli;

import dev.bylaw.policy.rego.HostFunctions;
import dev.bylaw.rego.Options;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.builtin.Builtins;
import dev.bylaw.rego.plan.EvaluationException;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands of {@code bylaw rego} have in common: a dialect, and what is loaded how. */
abstract class RegoSubcommand extends PrintingCommand {
  /** The version of OPA whose language and builtins these are. */
  private static final String VERSION = "v1.22.2";

  @Option(
      names = "--v0-compatible",
      description = "files that do not say it themselves are of the dialect before OPA 1.0")
  boolean older;

  @Option(names = "--v1-compatible", hidden = true)
  boolean newer;

  @Option(
      names = "--ignore",
      paramLabel = "PATTERN",
      split = ",",
      description = "names of files and folders that are not loaded, such as `.*` or `*_test.rego`")
  List<String> ignored = new ArrayList<>();

  @Option(
      names = "--capabilities",
      paramLabel = "FILE",
      description = {
        "a file of capabilities: builtins that it does not list cannot be",
        "used; or v1.22.2, the version that this is"
      })
  @Nullable Path capabilities;

  Dialect dialect() {
    return older ? Dialect.V0 : Dialect.V1;
  }

  /** How to compile: with the functions of Bylaw, without what the capabilities leave out. */
  Options options(boolean strict) throws IOException {
    return Options.standard()
        .withDialect(dialect())
        .withStrict(strict)
        .withPrints(true)
        .withFunctions(HostFunctions.ALL)
        .without(withheld());
  }

  private Set<String> withheld() throws IOException {
    if (capabilities == null || capabilities.toString().equals(VERSION)) {
      return Set.of();
    }
    String named = capabilities.toString();
    if (named.matches("v\\d+\\.\\d+\\.\\d+.*") && !Files.exists(capabilities)) {
      throw new IOException(
          "--capabilities "
              + named
              + ": only "
              + VERSION
              + " is known by name; `opa capabilities --version "
              + named
              + " > capabilities.json` writes a file that can be given");
    }
    Set<String> left = new HashSet<>(Builtins.ALL.keySet());
    if (Loaded.data(capabilities) instanceof ObjectValue o
        && o.get("builtins") instanceof ArrayValue listed) {
      for (Value v : listed) {
        if (v instanceof ObjectValue b && b.get("name") instanceof StringValue name) {
          left.remove(name.text());
        }
      }
      // Nobody asks for it: tests with cases get it.
      left.remove("internal.test_case");
      return left;
    }
    throw new IOException(capabilities + ": expected an object with `builtins`");
  }

  /** Reads all sources; what is wrong in any of them is told at once. */
  List<Module> parsed(Loaded loaded) {
    return loaded.parse(dialect());
  }

  /** Prints mistakes for people, with line and caret. */
  void tell(List<Diagnostic> diagnostics) {
    screen.diagnostics(diagnostics);
  }

  /** Prints for people why evaluations failed, with line and caret where that is known. */
  void tellFailures(List<EvaluationException> failures) {
    List<Diagnostic> placed = new ArrayList<>();
    for (EvaluationException e : failures) {
      Span span = e.span();
      if (span == null) {
        screen.error("bylaw: " + e.code() + ": " + e.text());
      } else {
        placed.add(Diagnostic.error(e.code(), span, e.text()));
      }
    }
    if (!placed.isEmpty()) {
      tell(placed);
    }
  }

  /** A length of time as Go writes it: {@code 300ms}, {@code 1m30s}; null for none. */
  static @Nullable Duration duration(@Nullable String text) {
    if (text == null || text.equals("0")) {
      return null;
    }
    var parts =
        java.util.regex.Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)").matcher(text);
    double nanos = 0;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      double unit =
          switch (parts.group(2)) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
          };
      nanos += Double.parseDouble(parts.group(1)) * unit;
      end = parts.end();
    }
    if (end == 0 || end < text.length()) {
      throw new UsageException(
          "expected a duration such as `300ms` or `1m30s`, found `" + text + "`");
    }
    return Duration.ofNanos((long) nanos);
  }
}
