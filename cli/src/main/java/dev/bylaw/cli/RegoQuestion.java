package dev.bylaw.cli;

import dev.bylaw.rego.Policy;
import dev.bylaw.rego.PreparedQuery;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.parse.Parser;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked besides the query itself: with which input, in which package. */
final class RegoQuestion {
  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "the input, as JSON or YAML")
  private @Nullable Path input;

  @Option(
      names = {"-I", "--stdin-input"},
      description = "the input is read from standard input")
  private boolean inputFromStandardInput;

  @Option(names = "--stdin", description = "the query is read from standard input")
  private boolean queryFromStandardInput;

  @Option(names = "--package", paramLabel = "NAME", description = "the package of the query")
  private String pkg = "";

  @Option(names = "--import", paramLabel = "PATH", split = ",", description = "what it imports")
  private List<String> imports = new ArrayList<>();

  /** The query: what was given, or what standard input says. */
  String query(@Nullable String given) throws IOException {
    if (!pkg.isEmpty()) {
      Parser.module(Source.of("--package", "package " + pkg), Dialect.V1);
    }
    if (queryFromStandardInput && inputFromStandardInput) {
      throw new UsageException("--stdin and --stdin-input both read standard input");
    }
    if (queryFromStandardInput && given != null) {
      throw new UsageException("expected a query or --stdin, not both");
    }
    if (queryFromStandardInput) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (given == null) {
      throw new UsageException("expected a query, or --stdin");
    }
    return given;
  }

  /** The input; null where there is none. */
  @Nullable Value input() throws IOException {
    if (inputFromStandardInput) {
      if (input != null) {
        throw new UsageException("--input and --stdin-input exclude each other");
      }
      return Loaded.given("stdin", System.in.readAllBytes());
    }
    if (input != null && Files.isDirectory(input)) {
      throw new IOException(input + ": is a folder; expected a file of JSON or YAML");
    }
    return input == null ? null : Loaded.data(input);
  }

  PreparedQuery prepare(Policy policy, String query) {
    return policy.prepare(query, pkg, imports);
  }

  String pkg() {
    return pkg;
  }

  List<String> imports() {
    return List.copyOf(imports);
  }
}
