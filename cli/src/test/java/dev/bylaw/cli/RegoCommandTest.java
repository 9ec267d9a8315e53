package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegoCommandTest extends CommandTest {
  @TempDir private Path folder = Path.of("");

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void aQueryOverAPolicyAndAnInputIsAnswered() throws IOException {
    String policy = file("p.rego", "package p\nallow if input.role == data.role\n");
    String data = file("d.json", "{\"role\": \"admin\"}");
    String input = file("i.json", "{\"role\": \"admin\"}");
    assertThat(run("rego", "eval", "-d", policy, "-d", data, "-i", input, "data.p.allow")).isZero();
    assertThat(printed()).contains("\"value\": true", "\"text\": \"data.p.allow\"");
    assertThat(run("rego", "eval", "-f", "pretty", "-d", policy, "data.p.allow")).isZero();
    assertThat(printed()).isEqualTo("undefined\n");
    assertThat(run("rego", "eval", "--fail", "-d", policy, "data.p.allow")).isEqualTo(1);
    assertThat(run("rego", "eval", "--fail-defined", "1")).isEqualTo(1);
    assertThat(run("rego", "eval", "-f", "raw", "concat(\"-\", [\"a\", \"b\"])")).isZero();
    assertThat(printed()).isEqualTo("a-b\n");
  }

  @Test
  void anErrorOfABuiltinIsOneOnlyWhereItIsAskedFor() {
    assertThat(run("rego", "eval", "1 / 0")).isZero();
    assertThat(printed()).isEqualTo("{}\n");
    assertThat(run("rego", "eval", "--strict-builtin-errors", "1 / 0")).isEqualTo(2);
    assertThat(printed()).contains("\"code\": \"eval_builtin_error\"", "div: divide by zero");
  }

  @Test
  void whatIsLeftOfAQueryIsPrinted() throws IOException {
    String policy =
        file("p.rego", "package p\nallow if input.role in data.roles\nlevel := 1 + 1\n");
    String data = file("d.json", "{\"roles\": [\"a\"]}");
    assertThat(
            run(
                "rego",
                "eval",
                "--partial",
                "-f",
                "source",
                "-d",
                policy,
                "-d",
                data,
                "data.p.allow"))
        .isZero();
    assertThat(printed()).isEqualTo("# Query 1\ninput.role in [\"a\"]\n\n");
    assertThat(run("rego", "eval", "--partial", "-d", policy, "data.p.level == 2")).isZero();
    assertThat(printed()).contains("\"partial\": {", "\"queries\": [");
    assertThat(run("rego", "eval", "--partial", "-f", "pretty", "-d", policy, "data.p.level == 3"))
        .isZero();
    assertThat(printed()).isEqualTo("undefined\n");
    assertThat(run("rego", "eval", "--partial", "--unknowns", "x", "1")).isEqualTo(2);
  }

  @Test
  void eachExpressionHasItsTextWhateverWasTakenOutOfIt() {
    assertThat(run("rego", "eval", "not 1 != count([1])")).isZero();
    assertThat(printed()).contains("\"text\": \"not 1 != count([1])\"", "\"value\": true");
  }

  @Test
  void policiesMayUseWhatBylawKnows() {
    assertThat(run("rego", "eval", "-f", "raw", "contains_pii(\"mail jane.doe@example.com\")"))
        .isZero();
    assertThat(printed()).isEqualTo("true\n");
  }

  @Test
  void whatAFileOfCapabilitiesLeavesOutCannotBeUsed() throws IOException {
    String capabilities = file("c.json", "{\"builtins\": [{\"name\": \"count\"}]}");
    assertThat(run("rego", "eval", "--capabilities", capabilities, "count([1])")).isZero();
    assertThat(run("rego", "eval", "--capabilities", capabilities, "sum([1])")).isEqualTo(2);
    assertThat(printed()).contains("undefined function sum");
  }

  @Test
  void testsThatFailEndWithTwo() throws IOException {
    String tests =
        file(
            "a_test.rego", "package a\ntest_x if 1 == 1\ntest_y if 1 == 2\ntodo_test_z if false\n");
    assertThat(run("rego", "test", tests)).isEqualTo(2);
    assertThat(printed())
        .contains("data.a.test_y: FAIL", "data.a.todo_test_z: SKIPPED", "PASS: 1/3", "FAIL: 1/3")
        .doesNotContain("test_x: PASS");
    assertThat(run("rego", "test", "-v", "--run", "test_x", tests)).isZero();
    assertThat(printed()).contains("data.a.test_x: PASS").endsWith("PASS: 1/1\n");
    assertThat(run("rego", "test", "--run", "test_x", "--threshold", "99", tests)).isEqualTo(2);
    assertThat(told()).isEqualTo("Code coverage threshold not met: got 33.33 instead of 99.00\n");
  }

  @Test
  void testsWithCasesCountAsTheirCases() throws IOException {
    String tests =
        file(
            "c_test.rego",
            """
            package c
            test_x[n] if {
              some n, v in {"a": 1, "b": 2}
              v == 1
            }
            test_y if true
            test_y if false
            """);
    String capabilities =
        file("none.json", "{\"builtins\": [{\"name\": \"equal\"}, {\"name\": \"eq\"}]}");
    assertThat(run("rego", "test", "--capabilities", capabilities, tests)).isEqualTo(2);
    assertThat(printed())
        .contains("data.c.test_x: FAIL", "\n  b: FAIL\n", "data.c.test_y#01: FAIL")
        .doesNotContain("a: PASS")
        .endsWith("PASS: 2/4\nFAIL: 2/4\n");
  }

  @Test
  void everyMistakeHasAPlaceAndACaret() throws IOException {
    String policy = file("p.rego", "package p\n\nq := y\n\nr := z\n");
    assertThat(run("rego", "check", policy)).isEqualTo(1);
    assertThat(told())
        .contains("p.rego:3:6: rego_unsafe_var_error: var y is unsafe\n  q := y\n       ^")
        .contains("p.rego:5:6: rego_unsafe_var_error: var z is unsafe");
    assertThat(run("rego", "check", "--max-errors", "1", policy)).isEqualTo(1);
    assertThat(told()).doesNotContain("var z");
    assertThat(run("rego", "check", "--format", "json", policy)).isEqualTo(1);
    assertThat(told()).contains("\"code\": \"rego_unsafe_var_error\"", "\"row\": 3");
  }

  @Test
  void filesAreFormattedListedAndWritten() throws IOException {
    String policy = file("p.rego", "package p\nq:=1\n");
    assertThat(run("rego", "fmt", policy)).isZero();
    assertThat(printed()).isEqualTo("package p\n\nq := 1\n");
    assertThat(run("rego", "fmt", "--list", "--fail", policy)).isEqualTo(2);
    assertThat(printed()).isEqualTo(policy + "\n");
    assertThat(run("rego", "fmt", "--write", policy)).isZero();
    assertThat(run("rego", "fmt", "--list", "--fail", policy)).isZero();
    assertThat(Files.readString(Path.of(policy))).isEqualTo("package p\n\nq := 1\n");
  }

  @Test
  void aSyntaxTreeIsPrintedForPeopleAndPrograms() throws IOException {
    String policy =
        file(
            "p.rego",
            """
            package a.b
            import data.x as y
            default d := {"k": [1, null]}
            f(x) := x + 1 if not x == y[_]
            s contains q if {
              some q in input.qs
              every v in {1} { v > 0 } with input.a as [z | z := 1]
            }
            """);
    assertThat(run("rego", "parse", "-f", "json", policy)).isZero();
    assertThat(printed()).startsWith("{").contains("\"default\": true");
    assertThat(run("rego", "parse", "-f", "pretty", policy)).isZero();
    assertThat(printed())
        .startsWith("module\n package\n  ref\n   data\n   \"a\"\n   \"b\"\n import\n  ref\n")
        .contains(
            "   object\n    \"k\"\n    array\n     1\n     null\n  body\n   expr index=0\n    true\n",
            "   args\n    x\n   call\n    ref\n     plus\n    x\n    1\n",
            "   expr negated index=0\n    ref\n     equal\n    x\n    ref\n     y\n     _\n",
            "    somedecl\n     call\n      ref\n       internal\n       \"member_2\"\n      q\n",
            "    every\n     v\n     set\n      1\n     body\n      expr index=0\n",
            "    with\n     ref\n      input\n      \"a\"\n     arraycomprehension\n      z\n");
    String broken = file("broken.rego", "package p\nx :=");
    assertThat(run("rego", "parse", "-f", "pretty", broken)).isEqualTo(1);
    assertThat(told()).contains("broken.rego:2:5: rego_parse_error");
  }

  @Test
  void namesThatAreIgnoredAreNotLoaded() throws IOException {
    file("x/p.rego", "package p\nq := 1\n");
    file("x/broken_test.rego", "package");
    String root = folder.resolve("x").toString();
    assertThat(run("rego", "check", root)).isEqualTo(1);
    assertThat(run("rego", "check", "--ignore", "*_test.rego", root)).isZero();
  }

  @Test
  void aSuiteEndsWithHowManyPassed() throws IOException {
    file(
        "s/a.json",
        """
        {"cases": [
          {"note": "a/right", "query": "x := 1", "want_result": [{"x": 1}]},
          {"note": "a/wrong", "query": "x := 1", "want_result": [{"x": 2}]}
        ]}
        """);
    String suite = folder.resolve("s").toString();
    assertThat(run("conformance", "rego", "--failures", suite)).isEqualTo(1);
    assertThat(printed()).contains("FAIL a.json: a/wrong").endsWith("1 passed, 1 failed\n");
  }

  @Test
  void aQuerysDependenciesAreTold() throws IOException {
    String policy = file("p.rego", "package p\nallow if input.role in data.roles\n");
    assertThat(run("rego", "deps", "-d", policy, "data.p.allow")).isZero();
    assertThat(printed())
        .isEqualTo(
            """
            ┌────────────────┬───────────────────┐
            │ BASE DOCUMENTS │ VIRTUAL DOCUMENTS │
            ├────────────────┼───────────────────┤
            │ data.roles     │ data.p.allow      │
            │ input.role     │                   │
            └────────────────┴───────────────────┘
            """);
    assertThat(run("rego", "deps", "-f", "json", "-d", policy, "input.x")).isZero();
    assertThat(printed()).contains("\"base\": [", "\"type\": \"var\"").doesNotContain("virtual");
    assertThat(run("rego", "deps", "-d", policy, "x := y")).isEqualTo(1);
    assertThat(told()).contains("var y is unsafe");
    assertThat(run("rego", "deps", "-d", "no-such-file", "data")).isEqualTo(1);
    assertThat(run("rego", "deps")).isEqualTo(2);
  }

  @Test
  void aBundleIsBuiltSignedAndLoaded() throws IOException {
    file("b/.manifest", "{\"roots\": [\"p\", \"roles\"], \"revision\": \"1\"}");
    file("b/p/p.rego", "package p\nallow if input.role in data.roles\n");
    file("b/roles/data.json", "[\"admin\"]");
    String source = folder.resolve("b").toString();
    String input = file("i.json", "{\"role\": \"admin\"}");
    String made = folder.resolve("made.tar.gz").toString();
    assertThat(
            run(
                "rego",
                "build",
                "-b",
                source,
                "-o",
                made,
                "-r",
                "7",
                "--signing-key",
                "s",
                "--signing-alg",
                "HS256"))
        .isZero();
    assertThat(run("rego", "eval", "-f", "raw", "-b", made, "-i", input, "data.p.allow")).isZero();
    assertThat(printed()).isEqualTo("true\n");
    String again = folder.resolve("again.tar.gz").toString();
    assertThat(run("rego", "build", "-b", made, "-o", again)).isEqualTo(1);
    assertThat(told()).contains("verification key not provided");
    assertThat(
            run(
                "rego",
                "build",
                "-b",
                made,
                "-o",
                again,
                "--verification-key",
                "s",
                "--signing-alg",
                "HS256"))
        .isZero();
    assertThat(
            run(
                "rego",
                "eval",
                "-b",
                made,
                "--verification-key",
                "other",
                "--signing-alg",
                "HS256",
                "1"))
        .isEqualTo(2);
    assertThat(printed()).contains("failed to verify JWT signature");
    assertThat(
            run(
                "rego",
                "eval",
                "-b",
                again,
                "--verification-key",
                "s",
                "--signing-alg",
                "HS256",
                "1"))
        .isEqualTo(2);
    assertThat(printed()).contains("bundle missing .signatures.json file");
    assertThat(run("rego", "eval", "-b", made, "-b", source, "1")).isEqualTo(2);
    assertThat(printed()).contains("overlapping roots");
    assertThat(run("rego", "check", "-b", made)).isZero();
  }

  @Test
  void whatCannotBecomeABundleIsSaidAndNothingIsWritten() throws IOException {
    String policy = file("x/p.rego", "package p\nq := y\n");
    Path made = folder.resolve("made.tar.gz");
    assertThat(run("rego", "build", policy, "-o", made.toString())).isEqualTo(1);
    assertThat(told()).contains("p.rego:2:6", "var y is unsafe");
    assertThat(run("rego", "build", "no-such", "-o", made.toString())).isEqualTo(1);
    assertThat(run("rego", "build", "-t", "wasm", policy)).isEqualTo(2);
    assertThat(run("rego", "build", policy, "--signing-key", "s")).isEqualTo(2);
    assertThat(told()).contains("say --bundle");
    assertThat(run("rego", "build")).isEqualTo(2);
    assertThat(made).doesNotExist();
    file("y/.manifest", "{\"roots\": [\"p\"]}");
    String folderWithManifest = folder.resolve("y").toString();
    assertThat(run("rego", "build", folderWithManifest, "-o", made.toString())).isZero();
    assertThat(told()).contains(".manifest, which counts only with --bundle");
    assertThat(made).exists();
  }

  @Test
  void anEvaluationIsExplainedProfiledAndTimed() throws IOException {
    String policy = file("p.rego", "package p\nallow if {\n\ttrace(\"here\")\n\tinput.x > 1\n}\n");
    String input = file("i.json", "{\"x\": 1}");
    assertThat(
            run(
                "rego",
                "eval",
                "--explain",
                "fails",
                "-f",
                "pretty",
                "-d",
                policy,
                "-i",
                input,
                "data.p.allow"))
        .isZero();
    assertThat(printed()).contains("| Enter data.p.allow\n", "| | Fail input.x > 1\nundefined\n");
    assertThat(run("rego", "eval", "--explain", "notes", "-d", policy, "data.p.allow")).isZero();
    assertThat(printed()).contains("\"explanation\": [", "\"Message\": \"\\\"here\\\"\"");
    assertThat(
            run(
                "rego",
                "eval",
                "--profile",
                "--profile-sort",
                "line",
                "--profile-limit",
                "1",
                "-d",
                policy,
                "-i",
                input,
                "data.p.allow"))
        .isZero();
    assertThat(printed())
        .contains("\"metrics\": {", "\"timer_rego_query_eval_ns\"", "\"num_eval\": 1", "\"row\": 4")
        .doesNotContain("\"row\": 3");
    assertThat(run("rego", "eval", "--metrics", "--coverage", "-f", "pretty", "1")).isZero();
    assertThat(printed())
        .contains("│            Metric", "timer_rego_query_eval_ns", "Overall Coverage │ 100 │");
    assertThat(run("rego", "eval", "--explain", "nothing", "1")).isEqualTo(2);
  }

  @Test
  void errorsOfBuiltinsAreShownWhereThatIsAskedFor() {
    assertThat(run("rego", "eval", "--show-builtin-errors", "x := [1 / 0, to_number(\"a\")]"))
        .isZero();
    assertThat(printed()).contains("\"errors\": [", "div: divide by zero");
    assertThat(run("rego", "eval", "--show-builtin-errors", "-f", "pretty", "1 / 0")).isZero();
    assertThat(told())
        .isEqualTo(
            "query:1:1: eval_builtin_error: div: divide by zero\n  1 / 0\n  ^^^^^\n1 error\n");
    assertThat(run("rego", "eval", "--show-builtin-errors", "--fail", "1 / 0")).isEqualTo(1);
    assertThat(run("rego", "eval", "--show-builtin-errors", "--strict-builtin-errors", "1"))
        .isEqualTo(2);
  }

  @Test
  void aSchemaOfTheInputIsUsedWhereverPoliciesAreEvaluated() throws IOException {
    String policy = file("p.rego", "package p\nallow if input.x.y\ntest_a if true\n");
    String schema = file("s.json", "{\"properties\": {\"x\": {\"type\": \"string\"}}}");
    assertThat(run("rego", "check", "-s", schema, policy)).isEqualTo(1);
    assertThat(told()).contains("rego_type_error");
    assertThat(run("rego", "eval", "-s", schema, "-d", policy, "data.p.allow")).isEqualTo(2);
    assertThat(printed()).contains("rego_type_error");
    assertThat(run("rego", "test", "-s", schema, policy)).isEqualTo(1);
    assertThat(told()).contains("rego_type_error");
    assertThat(run("rego", "bench", "-s", schema, "-d", policy, "data.p.allow")).isEqualTo(1);
    assertThat(told()).contains("rego_type_error");
  }

  @Test
  void aPartialQueryMayBeAskedInAPackage() throws IOException {
    String policy = file("p.rego", "package p\nallow if input.x == 1\n");
    assertThat(run("rego", "eval", "-p", "-f", "source", "--package", "p", "-d", policy, "allow"))
        .isZero();
    assertThat(printed()).isEqualTo("# Query 1\ninput.x == 1\n\n");
    assertThat(
            run(
                "rego",
                "eval",
                "-p",
                "-f",
                "source",
                "--import",
                "data.p",
                "-d",
                policy,
                "p.allow"))
        .isZero();
    assertThat(printed()).isEqualTo("# Query 1\ninput.x == 1\n\n");
    assertThat(run("rego", "eval", "-p", "--metrics", "-d", policy, "data.p.allow")).isZero();
    assertThat(printed()).contains("\"timer_rego_partial_eval_ns\"", "\"partial\": {");
    assertThat(run("rego", "eval", "-p", "-f", "raw", "data.p.allow")).isEqualTo(2);
  }

  @Test
  void whatAQueryIsAskedWithHasToBeClear() {
    assertThat(run("rego", "eval", "-i", folder.toString(), "input")).isEqualTo(2);
    assertThat(printed()).contains(folder + ": is a folder; expected a file");
    assertThat(run("rego", "eval", "-i", "no-such.json", "input")).isEqualTo(2);
    assertThat(run("rego", "eval", "--stdin", "1")).isEqualTo(2);
    assertThat(run("rego", "eval", "--stdin", "-I")).isEqualTo(2);
    assertThat(run("rego", "eval")).isEqualTo(2);
    assertThat(run("rego", "eval", "-f", "source", "1")).isEqualTo(2);
  }
}
