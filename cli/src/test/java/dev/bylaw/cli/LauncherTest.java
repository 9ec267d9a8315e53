package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher {@code bylaw} of a checkout, with a build and a Java that only note that they were
 * called.
 */
class LauncherTest {
  /** Notes that it builds, and ends when it is let go. */
  private static final String BUILD =
      """
      #!/bin/sh
      echo built >> builds
      until [ -e go ]; do sleep 0.05; done
      mkdir -p cli/target/app
      """;

  private static final String JAVA = "#!/bin/sh\necho \"ran $*\"\n";

  @TempDir private Path checkout = Path.of("");

  @BeforeEach
  void aCheckoutThatIsNotBuilt() throws IOException {
    for (String file : List.of("bylaw", "tools/jdk.sh")) {
      script(file, Files.readString(Path.of("..").resolve(file)));
    }
    script("mvnw", BUILD);
    script("jdk/bin/java", JAVA);
    script("jdk/bin/javac", JAVA);
    Files.writeString(checkout.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.createDirectories(checkout.resolve("target"));
  }

  private void script(String name, String text) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Process start() throws IOException {
    var builder = new ProcessBuilder(checkout.resolve("bylaw").toString(), "--version");
    builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
    return builder.redirectErrorStream(true).start();
  }

  private static String ran(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private List<String> builds() throws IOException {
    Path file = checkout.resolve("builds");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Starts it three times while the build of the first is held up. */
  private void startsAtOnce() throws IOException, InterruptedException {
    List<Process> started = List.of(start(), start(), start());
    for (int i = 0; i < 600 && builds().isEmpty(); i++) {
      Thread.sleep(Duration.ofMillis(50));
    }
    // Long enough for the others to begin a build, if nothing kept them from it.
    Thread.sleep(Duration.ofMillis(500));
    Files.createFile(checkout.resolve("go"));
    for (Process process : started) {
      assertThat(ran(process)).contains("ran ", "dev.bylaw.cli.Main --version");
    }
  }

  @Test
  void startsAtOnceBuildOnce() throws IOException, InterruptedException {
    startsAtOnce();
    assertThat(builds()).containsExactly("built");
    assertThat(Files.isSymbolicLink(checkout.resolve("target/.build-lock"))).isFalse();
  }

  @Test
  void theLockOfABuildThatWasKilledIsTakenOverByOneStart()
      throws IOException, InterruptedException {
    Process gone = new ProcessBuilder("true").start();
    assertThat(gone.waitFor()).isZero();
    Files.createSymbolicLink(
        checkout.resolve("target/.build-lock"), Path.of(Long.toString(gone.pid())));
    startsAtOnce();
    assertThat(builds()).containsExactly("built");
  }

  @Test
  void whatIsBuiltIsNotBuiltAgainAndWhatChangedIs() throws IOException, InterruptedException {
    Files.createFile(checkout.resolve("go"));
    assertThat(ran(start())).contains("ran ");
    assertThat(ran(start())).contains("ran ").doesNotContain("bylaw: built");
    assertThat(builds()).hasSize(1);
    Path pom = checkout.resolve("pom.xml");
    Files.setLastModifiedTime(
        pom,
        java.nio.file.attribute.FileTime.from(
            Files.getLastModifiedTime(pom).toInstant().plusSeconds(60)));
    assertThat(ran(start())).contains("bylaw: built");
    assertThat(builds()).hasSize(2);
  }
}
