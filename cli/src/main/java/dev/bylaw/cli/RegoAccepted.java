package dev.bylaw.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * What scripts written for {@code opa eval} may say and what makes no difference here: the answer
 * is the same with and without.
 */
@SuppressWarnings("unused") // Nothing reads what makes no difference.
final class RegoAccepted {
  @Option(
      names = "--optimize-store-for-read-speed",
      arity = "0..1",
      fallbackValue = "true",
      description = "accepted; data is always held for reading")
  private boolean readSpeed;

  @Option(
      names = "--disable-indexing",
      arity = "0..1",
      fallbackValue = "true",
      description = "accepted; answers do not depend on it")
  private boolean noIndexing;

  @Option(
      names = "--disable-early-exit",
      arity = "0..1",
      fallbackValue = "true",
      description = "accepted; answers do not depend on it")
  private boolean noEarlyExit;

  @Option(
      names = "--pretty-limit",
      paramLabel = "N",
      description = "accepted; tables are never cut off")
  private int prettyLimit;

  @Option(
      names = "--coverage-runs",
      paramLabel = "KIND",
      split = ",",
      description = "accepted; why a place was not met is not told")
  private List<String> coverageRuns = new ArrayList<>();

  @Option(
      names = "--var-values",
      arity = "0..1",
      fallbackValue = "true",
      description = "accepted; an explanation shows what is written, not what it is worth")
  private boolean values;
}
