package dev.bylaw.cedar.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the suites lie: they are never part of the project. */
public final class ConformanceFolder {
  private ConformanceFolder() {}

  /**
   * The folder of Cedar's suites: under {@code BYLAW_CONFORMANCE}, else beside the checkout.
   *
   * @throws AssertionError if there is none and {@code CI=true}
   */
  public static Optional<Path> cedar() {
    String named = System.getenv("BYLAW_CONFORMANCE");
    Stream<Path> candidates =
        named != null
            ? Stream.of(Path.of(named))
            : Stream.of("../../shared/conformance", "../shared/conformance").map(Path::of);
    Optional<Path> found =
        candidates.map(c -> c.resolve("cedar")).filter(Files::isDirectory).findFirst();
    if (found.isEmpty()) {
      String message =
          "NO CONFORMANCE SUITE: set BYLAW_CONFORMANCE to the folder that holds `cedar/`";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      System.err.println(message);
    }
    return found;
  }
}
