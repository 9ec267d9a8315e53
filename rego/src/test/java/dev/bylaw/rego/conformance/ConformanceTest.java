package dev.bylaw.rego.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bylaw.rego.ast.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs the official cases from the folder that {@code BYLAW_CONFORMANCE} names. */
class ConformanceTest {
  @Test
  void theCasesOfV1Pass() throws IOException {
    check("rego", Dialect.V1);
  }

  @Test
  void theCasesOfV0Pass() throws IOException {
    check("rego-v0", Dialect.V0);
  }

  private static void check(String name, Dialect dialect) throws IOException {
    Path folder = folder().resolve(name);
    if (!Files.isDirectory(folder)) {
      String missing = "NO CONFORMANCE CASES at " + folder + ": set BYLAW_CONFORMANCE";
      System.err.println(missing);
      assertThat(System.getenv("CI")).as(missing).isNotEqualTo("true");
      assumeTrue(false, missing);
    }
    Conformance.Report report = new Conformance(dialect).run(folder);
    assertThat(report.passed()).isPositive();
    assertThat(report.failures()).as(report.summary()).isEmpty();
  }

  private static Path folder() {
    String given = System.getenv("BYLAW_CONFORMANCE");
    if (given != null) {
      return Path.of(given);
    }
    Path beside = Path.of("../../shared/conformance");
    return Files.isDirectory(beside) ? beside : Path.of("../shared/conformance");
  }
}
