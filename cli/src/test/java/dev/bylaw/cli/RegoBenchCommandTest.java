package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegoBenchCommandTest {
  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int run(String... arguments) {
    out.reset();
    var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Main.run(new Screen(printed, printed, false), arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }

  private Path aCase(String name) throws IOException {
    file(name + "/policy/p.rego", "package p\n\nallow if input.role == data.role\n");
    file(name + "/data.json", "{\"role\": \"admin\"}");
    file(name + "/query", "data.p.allow\n");
    file(name + "/inputs/1.json", "{\"role\": \"admin\"}");
    file(name + "/inputs/2.json", "{\"role\": \"guest\"}");
    return folder.resolve(name);
  }

  @Test
  void casesArePrintedALineEachAndAnsweredIntoAFolder() throws IOException, JsonException {
    Path first = aCase("first");
    Path second = aCase("second");
    Path results = folder.resolve("results");

    int code =
        run(
            "rego",
            "bench",
            "--case",
            first.toString(),
            second.toString(),
            "--warm",
            "5",
            "--time",
            "5",
            "--results",
            results.toString());

    assertThat(code).as(printed()).isZero();
    assertThat(printed().lines()).hasSize(2);
    for (String line : printed().lines().toList()) {
      Value value = Json.parse(line);
      assertThat(value.at("prepare_ms")).isPresent();
      assertThat(value.at("json", "two_threads_ops")).isPresent();
      String name = String.valueOf(value.at("case").orElseThrow().toJava());
      assertThat(Files.readString(results.resolve(name + ".json"))).isEqualTo("[[true],[]]\n");
    }
  }

  @Test
  void aQueryIsMeasuredInTheFieldsOfOpa() throws IOException, JsonException {
    String policy = file("p.rego", "package p\n\nallow if input.role == \"admin\"\n");
    String input = file("i.json", "{\"role\": \"admin\"}");

    int code =
        run(
            "rego",
            "bench",
            "--format",
            "json",
            "--warm",
            "5",
            "--time",
            "5",
            "-d",
            policy,
            "-i",
            input,
            "data.p.allow");

    assertThat(code).as(printed()).isZero();
    Value report = Json.parse(printed());
    assertThat(report.at("N")).isPresent();
    assertThat(report.at("Extra", "histogram_timer_rego_query_eval_ns_median")).isPresent();
  }

  @Test
  void anUndefinedAnswerIsMeasuredOnlyWhereThatIsAskedFor() throws IOException {
    String policy = file("p.rego", "package p\n\nallow if input.role == \"admin\"\n");

    assertThat(run("rego", "bench", "-d", policy, "data.p.allow")).isEqualTo(1);
    assertThat(
            run(
                "rego",
                "bench",
                "--fail=false",
                "--warm",
                "5",
                "--time",
                "5",
                "-d",
                policy,
                "data.p.allow"))
        .as(printed())
        .isZero();
  }

  @Test
  void aCaseThatIsNoneIsRefused() {
    assertThat(run("rego", "bench", "--case", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(printed()).contains("none");
  }

  @Test
  void answersAreListsOfAValueOrEmpty() throws IOException {
    file("sets/policy/p.rego", "package p\nr[x] { x := input.a[_] }\n");
    file("sets/v0", "");
    file("sets/query", "data.p.r");
    file("sets/inputs/b.json", "{\"a\": [2, 10, 1]}");
    file("sets/inputs/a.json", "{}");
    file("sets/inputs/c.json", "{\"a\": [\"x\", [1], {\"y\": null}]}");
    String results = folder.resolve("answers").toString();
    String sets = folder.resolve("sets").toString();
    assertThat(
            run(
                "rego",
                "bench",
                "--case",
                sets,
                "--warm",
                "1",
                "--time",
                "1",
                "--results",
                results))
        .isZero();
    assertThat(Files.readString(folder.resolve("answers/sets.json")))
        .isEqualTo("[[[]],[[1,2,10]],[[\"x\",[1],{\"y\":null}]]]\n");
    assertThat(printed()).contains("\"case\":\"sets\"").contains("\"n\":").contains("\"bytes\":");
  }

  @Test
  void aCaseThatIsIncompleteIsTold() throws IOException {
    assertThat(run("rego", "bench", "--case", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(printed()).contains("no such folder: ", "policy");
    Path one = aCase("one");
    String path = one.toString();
    file("one/inputs/2.json", "{");
    assertThat(run("rego", "bench", "--case", path)).isEqualTo(2);
    assertThat(printed()).contains("2.json: the text ends in the middle of a value");
    Files.delete(one.resolve("inputs/1.json"));
    Files.delete(one.resolve("inputs/2.json"));
    assertThat(run("rego", "bench", "--case", path)).isEqualTo(2);
    assertThat(printed()).contains("no inputs; expected files of JSON");
    file("one/inputs/1.json", "{}");
    file("one/data.json", "[1]");
    assertThat(run("rego", "bench", "--case", path)).isEqualTo(2);
    assertThat(printed()).contains("data.json: expected an object, found an array");
    file("one/data.json", "{}");
    Files.delete(one.resolve("query"));
    assertThat(run("rego", "bench", "--case", path)).isEqualTo(2);
    assertThat(printed()).contains("no such file: ");
  }
}
