package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of {@code opa} are used to type. */
class RegoFlagsTest extends CommandTest {
  private static final String POLICY =
      """
      package authz

      default allow := false

      # admins may
      allow if {
        some role in data.roles[input.user]
        role == "admin"
      }

      allow if {
        input.method == "GET"
        public[input.path]
      }

      public contains path if {
        some path in data.paths
        startswith(path, "/pub")
      }

      deny contains message if {
        not allow
        message := sprintf("%v may not", [input.user])
      }

      unused := 1
      """;
  private static final String TESTS =
      """
      package authz_test

      import data.authz

      test_admin if authz.allow with input.user as "ann"

      test_other if authz.allow with input.user as "bob"

      todo_test_later if false
      """;

  @TempDir private Path folder = Path.of("");
  private String policy = "";
  private String data = "";

  @BeforeEach
  void aPolicyWithData() throws IOException {
    policy = file("p/authz.rego", POLICY);
    data =
        file("d/data.json", "{\"roles\": {\"ann\": [\"admin\"]}, \"paths\": [\"/pub\", \"/x\"]}");
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }

  private int rego(String command) {
    List<String> words = new ArrayList<>(List.of("rego"));
    for (String word : command.split(" ", -1)) {
      words.add(word.replace("POLICY", policy).replace("DATA", data));
    }
    return run(words.toArray(String[]::new));
  }

  private ObjectValue report() throws JsonException {
    return (ObjectValue) Json.parse(printed());
  }

  private static Value at(Value value, Object... path) {
    Value found = value;
    for (Object step : path) {
      Value next =
          switch (found) {
            case ArrayValue list when step instanceof Integer i -> list.get(i);
            case ObjectValue object -> object.get(step.toString());
            default -> null;
          };
      if (next == null) {
        throw new AssertionError("no " + step + " in " + found);
      }
      found = next;
    }
    return found;
  }

  @Test
  void anAnswerIsInTheOrderInWhichOpaTellsIt() {
    assertThat(rego("eval x:={\"b\":1,\"a\":2}")).isZero();
    assertThat(printed())
        .isEqualTo(
            """
            {
              "result": [
                {
                  "expressions": [
                    {
                      "value": true,
                      "text": "x:={\\"b\\":1,\\"a\\":2}",
                      "location": {
                        "row": 1,
                        "col": 1
                      }
                    }
                  ],
                  "bindings": {
                    "x": {
                      "a": 2,
                      "b": 1
                    }
                  }
                }
              ]
            }
            """);
  }

  @Test
  void severalRunsTellHowTheirTimesAreSpread() throws JsonException {
    assertThat(rego("eval --count 3 --profile -d POLICY -d DATA data.authz.public")).isZero();
    ObjectValue report = report();
    assertThat(at(report, "aggregated_metrics", "timer_rego_query_eval_ns", "count"))
        .hasToString("3");
    assertThat(at(report, "aggregated_profile", 0, "total_time_ns_stats", "count"))
        .hasToString("3");
    assertThat(rego("eval --count 3 --profile -f pretty -d POLICY -d DATA data.authz.public"))
        .isZero();
    assertThat(printed()).contains("Min", "99%", "Num Redo", "timer_rego_query_eval_ns");
    assertThat(rego("eval --count 0 1")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void whatIsWorkedOutAheadAnswersTheSame(String level) throws IOException, JsonException {
    List<String> inputs =
        List.of(
            "{}",
            "{\"user\": \"ann\"}",
            "{\"user\": \"bob\", \"method\": \"GET\", \"path\": \"/pub\"}",
            "{\"user\": \"bob\", \"method\": \"GET\", \"path\": \"/x\"}");
    String made = folder.resolve("made" + level + ".tar.gz").toString();
    assertThat(rego("build -O " + level + " -e authz/deny --debug POLICY DATA -o " + made))
        .isZero();
    assertThat(told()).isEqualTo("data.authz.deny is optimised\n");
    for (String input : inputs) {
      String given = file("input.json", input);
      rego("eval -f raw -d POLICY -d DATA -i " + given + " data.authz");
      String expected = printed();
      assertThat(rego("eval -f raw -b " + made + " -i " + given + " data.authz")).isZero();
      assertThat(printed()).as(input).isEqualTo(expected);
      rego(
          "eval -O "
              + level
              + " -e authz/allow -f raw -d POLICY -d DATA -i "
              + given
              + " data.authz");
      assertThat(printed()).as(input).isEqualTo(expected);
    }
  }

  @Test
  void whatIsWorkedOutAheadNeedsARuleThatIsAskedFor() {
    assertThat(rego("eval -O 1 -d POLICY data.authz")).isEqualTo(2);
    assertThat(printed()).contains("require at least one entrypoint");
    assertThat(rego("build -O 1 -e authz/nobody POLICY")).isEqualTo(1);
    assertThat(told()).contains("undefined entrypoint data.authz.nobody");
    assertThat(rego("build -O 1 -e authz POLICY")).isEqualTo(1);
    assertThat(told()).contains("invalid entrypoint authz");
    assertThat(rego("build --prune-unused POLICY")).isEqualTo(1);
    assertThat(told()).contains("--entrypoint");
  }

  @Test
  void rulesThatNoEntrypointNeedsAreLeftOut() {
    String made = folder.resolve("made.tar.gz").toString();
    assertThat(rego("build --prune-unused -e authz/public POLICY DATA -o " + made)).isZero();
    assertThat(rego("eval -f raw -b " + made + " data.authz")).isZero();
    assertThat(printed()).isEqualTo("{\"public\":[\"/pub\"]}\n");
  }

  @Test
  void aTestThatFailsIsExplained() throws IOException {
    String tests = file("t/authz_test.rego", TESTS);
    assertThat(rego("test -v POLICY DATA " + tests)).isEqualTo(2);
    assertThat(printed())
        .contains(
            "FAILURES",
            "| Enter data.authz_test.test_other\n",
            "Fail authz.allow with input.user as \"bob\"");
    assertThat(rego("test POLICY DATA " + tests)).isEqualTo(2);
    assertThat(printed()).doesNotContain("FAILURES");
    assertThat(rego("test --explain full --run other POLICY DATA " + tests)).isEqualTo(2);
    assertThat(printed()).contains("Eval some role in data.roles[input.user]");
    assertThat(rego("test -z --run later " + tests + " POLICY")).isZero();
    assertThat(rego("test --run later " + tests + " POLICY")).isEqualTo(2);
    assertThat(rego("test --fail-on-empty --run nothing " + tests + " POLICY")).isEqualTo(1);
    assertThat(told()).contains("no tests were run");
  }

  @Test
  void testsAreMeasured() throws IOException, JsonException {
    String tests = file("t/authz_test.rego", TESTS);
    assertThat(rego("test --bench --run admin -f gobench POLICY DATA " + tests)).isZero();
    assertThat(printed())
        .startsWith("BenchmarkDataAuthzTestTestAdmin\t")
        .contains(" ns/op\t", " B/op")
        .endsWith("PASS: 1/1\n");
    assertThat(rego("test --bench -c POLICY " + tests)).isEqualTo(1);
    assertThat(rego("test -f gobench POLICY " + tests)).isEqualTo(1);
  }

  @Test
  void coverageTellsFromWhereToWhere() throws IOException, JsonException {
    String tests = file("t/authz_test.rego", TESTS);
    assertThat(rego("test -c --run admin POLICY DATA " + tests)).isZero();
    ObjectValue report = report();
    Value first = at(report, "files", policy, "covered", 0);
    assertThat(first)
        .hasToString("{\"start\":{\"row\":6,\"col\":1},\"end\":{\"row\":6,\"col\":6}}");
    assertThat(at(report, "covered_lines")).hasToString("4");
    assertThat(rego("test -c POLICY DATA " + tests)).isEqualTo(1);
    assertThat(rego("test --threshold 99 --run admin POLICY DATA " + tests)).isEqualTo(2);
    assertThat(told()).contains("threshold not met");
  }

  @Test
  void aTreeTellsPlacesAndComments() throws JsonException {
    assertThat(rego("parse -f json --json-include locations POLICY")).isZero();
    ObjectValue tree = report();
    assertThat(at(tree, "comments", 0, "Text")).hasToString("\"IGFkbWlucyBtYXk=\"");
    assertThat(at(tree, "rules", 1, "location", "row")).hasToString("6");
    assertThat(at(tree, "rules", 1, "body", 1, "terms", 1, "location", "col")).hasToString("3");
    assertThat(rego("parse -f json --json-include -comments POLICY")).isZero();
    assertThat(printed()).doesNotContain("comments", "location");
    assertThat(rego("parse --json-include everything POLICY")).isEqualTo(2);
  }

  @Test
  void aPolicyOfBothDialectsIsAskedForAndWritten() throws IOException {
    String old = file("old.rego", "package old\n\nallow { input.x == 1 }\n");
    assertThat(rego("check --v0-v1 " + old)).isEqualTo(1);
    assertThat(told()).contains("`if` keyword is required before rule body");
    assertThat(rego("check --v0-v1 POLICY")).isEqualTo(1);
    assertThat(told()).contains("`import rego.v1` makes it of both dialects");
    assertThat(rego("fmt --v0-v1 -w " + old)).isZero();
    assertThat(Files.readString(Path.of(old))).contains("import rego.v1", "allow if input.x == 1");
    assertThat(rego("check --v0-v1 " + old)).isZero();
    assertThat(rego("fmt --v0-v1 --drop-v0-imports " + old)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval -t wasm 1",
        "test -t wasm POLICY",
        "build -t plan POLICY",
        "build --wasm-include-print POLICY",
        "build --format proto POLICY",
        "build --signing-plugin x POLICY",
        "bench --e2e 1",
        "bench -c c.yaml 1",
      })
  void whatMakesNoSenseHereIsRefusedWithASentence(String command) {
    assertThat(rego(command)).isEqualTo(2);
    assertThat(told()).startsWith("bylaw: ");
    assertThat(told().lines()).hasSize(1);
  }

  @Test
  void flagsThatChangeNoAnswerAreTaken() {
    assertThat(
            rego(
                "eval --disable-indexing --disable-early-exit --pretty-limit 10 --var-values"
                    + " --optimize-store-for-read-speed --coverage-runs index_excluded -f raw 1"))
        .isZero();
    assertThat(printed()).isEqualTo("1\n");
  }

  @Test
  void partialEvaluationIsMeasured() throws JsonException {
    assertThat(
            rego("bench --partial --warm 10 --time 10 -f json -d POLICY -d DATA data.authz.deny"))
        .isZero();
    assertThat(at(report(), "N")).isNotNull();
  }
}
