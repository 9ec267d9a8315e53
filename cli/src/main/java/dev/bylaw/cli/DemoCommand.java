package dev.bylaw.cli;

import dev.bylaw.runtime.BylawException;
import dev.bylaw.store.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bylaw demo}. */
@Command(
    name = "demo",
    description =
        "Runs the specification's three scenarios and its refund playbook, end to end, over real"
            + " connections to a sandbox on this machine.",
    footer = {
      "",
      "Examples:",
      "  bylaw demo                 in a folder that is deleted at the end",
      "  bylaw demo --keep acme     in a folder to play with: change a limit, run it again"
    })
final class DemoCommand extends ScreenCommand {
  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "the folder to use and to keep; files that are there already are used as they are")
  private @Nullable Path keep;

  @Override
  public Integer call() {
    try {
      Path folder = keep == null ? Files.createTempDirectory("bylaw-demo") : keep;
      // Ctrl-C ends the process without the `finally` below.
      Thread sweep = new Thread(() -> sweep(folder), "demo-sweep");
      if (keep == null) {
        Runtime.getRuntime().addShutdownHook(sweep);
      }
      try {
        Examples.write("acme", folder);
        Demo.Summary summary = new Demo(json() ? null : screen.page(), folder).play();
        if (json()) {
          screen.json(summary.toValue());
        }
        if (keep != null && !json()) {
          screen.gap();
          screen.text("the folder is yours: " + folder);
          screen.text("  change a limit in " + folder + "/packs/financial-limits.yaml, then");
          screen.text("  bylaw demo --keep " + folder);
        }
        return summary.asExpected() ? Exit.OK : Exit.FAILED;
      } finally {
        if (keep == null) {
          delete(folder);
        }
      }
    } catch (IOException e) {
      throw new BylawException("the demo needs a folder to write in: " + Trouble.reason(e));
    }
  }

  /** Deletes what is left of a folder while others may still write in it, as well as it goes. */
  private static void sweep(Path folder) {
    for (int left = 3; left > 0 && Files.exists(folder); left--) {
      try {
        delete(folder);
      } catch (IOException | UncheckedIOException e) {
        // a file came or went meanwhile: look again
      }
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
