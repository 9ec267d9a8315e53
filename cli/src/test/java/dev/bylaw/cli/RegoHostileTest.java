package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that mean harm end with one sentence and a way out, whatever command meets them. */
class RegoHostileTest extends CommandTest {
  private static final String HUGE =
      """
      package a

      p := count([x |
        some a in numbers.range(1, 100000)
        some b in numbers.range(1, 100000)
        x := [a, b]
      ])

      test_p if p > 0
      """;

  @TempDir private Path folder = Path.of("");

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  /** What one has in use before anything is asked, and some more. */
  private static String little() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return ((runtime.totalMemory() - runtime.freeMemory()) / (1 << 20) + 40) + "m";
  }

  private void isOneSentence() {
    assertThat(told().lines()).hasSize(1);
    assertThat(told())
        .startsWith("bylaw: eval_cancel_error: evaluation holds more than ")
        .contains("--memory SIZE", "BYLAW_JAVA_OPTS")
        .doesNotContain("\tat ", "OutOfMemoryError", "java.");
  }

  @Test
  void whatHoldsTooMuchEndsWithAWayOut() throws IOException {
    String policy = file("p.rego", HUGE);
    assertThat(run("rego", "eval", "-f", "pretty", "--memory", little(), "-d", policy, "data.a.p"))
        .isEqualTo(2);
    isOneSentence();
    assertThat(run("rego", "bench", "--memory", little(), "-d", policy, "data.a.p")).isEqualTo(1);
    isOneSentence();
    assertThat(
            run(
                "rego",
                "eval",
                "--partial",
                "-f",
                "source",
                "--memory",
                little(),
                "-d",
                policy,
                "data.a.p == 1"))
        .isEqualTo(2);
    isOneSentence();
    assertThat(run("rego", "test", "--timeout", "0", "--memory", little(), policy)).isEqualTo(2);
    assertThat(printed())
        .contains("data.a.test_p: ERROR", "evaluation holds more than ", "--memory SIZE");
    assertThat(run("rego", "eval", "--memory", little(), "-d", policy, "data.a.p")).isEqualTo(2);
    assertThat(printed()).contains("\"code\": \"eval_cancel_error\"", "--memory SIZE");
  }

  @Test
  void whatOnlyMakesMuchGarbageMayGoOn() {
    assertThat(
            run(
                "rego",
                "eval",
                "-f",
                "raw",
                "--memory",
                little(),
                "count({y | some a in numbers.range(1, 300); some b in numbers.range(1, 300);"
                    + " y := [a, b][1]})"))
        .isZero();
    assertThat(printed()).isEqualTo("300\n");
  }

  @Test
  void aSizeHasToBeOne() {
    assertThat(run("rego", "eval", "--memory", "lots", "1")).isEqualTo(2);
    assertThat(told()).contains("expected a size such as `500m` or `2g`, found `lots`");
    assertThat(run("rego", "eval", "--memory", "0", "1")).isEqualTo(2);
    assertThat(run("rego", "eval", "--memory", "900000g", "1")).isEqualTo(2);
    assertThat(told()).contains("more than the heap of", "BYLAW_JAVA_OPTS=-Xmx");
  }

  @Test
  void whatTakesTooLongSaysHowLong() throws IOException {
    String policy = file("p.rego", HUGE.replace("x := [a, b]", "a < 0; x := 1"));
    assertThat(run("rego", "eval", "-f", "pretty", "--timeout", "50ms", "-d", policy, "data.a.p"))
        .isEqualTo(2);
    assertThat(told())
        .isEqualTo(
            "bylaw: eval_cancel_error: context deadline exceeded: evaluation took longer than 50ms"
                + " (--timeout)\n");
    assertThat(run("rego", "test", "--timeout", "50ms", policy)).isEqualTo(2);
    assertThat(printed()).contains("evaluation took longer than 50ms (--timeout)");
  }

  @Test
  void whatGoesTooDeepIsAnErrorNotATrace() throws IOException {
    var rules = new StringBuilder("package a\n\nf0(x) := x\n");
    for (int i = 1; i <= 20_000; i++) {
      rules.append("f%d(x) := f%d(x)%n".formatted(i, i - 1));
    }
    String policy = file("deep.rego", rules.append("p := f20000(1)\n").toString());
    int code = run("rego", "eval", "-f", "pretty", "-d", policy, "data.a.p");
    assertThat(told()).doesNotContain("\tat ", "StackOverflowError");
    assertThat(code).isIn(0, 2);
    if (code == 2) {
      assertThat(told()).contains("too deep");
    }
  }

  @Test
  void bracketsWithoutEndAreAMistakeWithAPlace() throws IOException {
    String policy = file("b.rego", "package a\n\np := " + "[".repeat(200_000) + "\n");
    for (String command : new String[] {"check", "fmt", "parse", "test", "build"}) {
      assertThat(run("rego", command, policy)).as(command).isIn(1, 2);
      assertThat(told()).as(command).contains("b.rego:3:").doesNotContain("\tat ");
    }
    String data = file("data.json", "[".repeat(200_000));
    assertThat(run("rego", "eval", "-f", "pretty", "-d", data, "data")).isEqualTo(2);
    assertThat(told()).contains("data.json").doesNotContain("\tat ");
    String yaml = file("data.yaml", "a: " + "[".repeat(200_000));
    assertThat(run("rego", "eval", "-f", "pretty", "-d", yaml, "data")).isEqualTo(2);
    assertThat(told()).contains("data.yaml").doesNotContain("\tat ");
  }
}
