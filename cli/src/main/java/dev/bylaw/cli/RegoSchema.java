package dev.bylaw.cli;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.tool.SchemaFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Schemas that types are checked with. */
final class RegoSchema {
  @Option(
      names = {"-s", "--schema"},
      paramLabel = "PATH",
      description = {
        "a JSON Schema of the input, or a folder of schemas that",
        "annotations name: `a/b.json` is `schema.a.b`"
      })
  private @Nullable Path schema;

  Options with(Options options) throws IOException {
    return schema == null ? options : options.withSchemas(SchemaFiles.read(schema));
  }
}
