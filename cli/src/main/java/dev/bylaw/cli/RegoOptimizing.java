package dev.bylaw.cli;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.tool.Loaded;
import dev.bylaw.rego.tool.Optimizing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whether policies are worked out ahead, as far as they do not depend on the input. */
final class RegoOptimizing {
  @Option(
      names = {"-O", "--optimize"},
      paramLabel = "LEVEL",
      defaultValue = "0",
      description = {
        "works out ahead what does not depend on the input: 0 nothing,",
        "1 rules by themselves, 2 rules in the place of their names too"
      })
  private int level;

  @Option(
      names = {"-e", "--entrypoint"},
      paramLabel = "PATH",
      split = ",",
      description = "the rules that are asked for, such as authz/allow")
  private List<String> entrypoints = new ArrayList<>();

  boolean isAsked() {
    return level > 0;
  }

  List<String> entrypoints() {
    return entrypoints;
  }

  /** What was loaded, optimised if that is asked for. */
  Loaded of(Loaded loaded, Options options, RegoLimits limits, Consumer<String> debug)
      throws IOException {
    if (level < 0) {
      throw new UsageException("--optimize is 0, 1 or 2");
    }
    return level == 0
        ? loaded
        : new Optimizing(options, level, limits::on, debug).of(loaded, entrypoints);
  }
}
