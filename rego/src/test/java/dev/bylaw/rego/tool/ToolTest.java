package dev.bylaw.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.ast.Module;
import dev.bylaw.rego.builtin.JsonText;
import dev.bylaw.rego.tool.TestRunner.Outcome;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {
  private static final String TESTS =
      """
      package p

      allow if input.x == 1

      allow if {
        input.x == 2
        input.y
      }

      test_one if allow with input.x as 1

      test_two if {
        print("two")
        allow with input.x as 2
      }

      todo_test_later if false
      """;

  @Test
  void testsPassFailAndWait() {
    Policy policy =
        Policy.compile(
            List.of(Source.of("p_test.rego", TESTS)), TestRunner.options(Options.standard()));
    var results = new TestRunner(policy, Request.of(null)).run(name -> true);
    assertThat(results)
        .extracting(TestRunner.Result::outcome)
        .containsExactly(Outcome.PASS, Outcome.FAIL, Outcome.SKIPPED);
    assertThat(results.get(1).output()).containsExactly("two");
    assertThat(results.get(1).line()).isEqualTo(12);
    assertThat(TestRunner.exitCode(results)).isEqualTo(2);
    assertThat(JsonText.compact(TestReport.json(results)))
        .contains("\"name\":\"test_two\"")
        .contains("\"fail\":true");
  }

  private static List<String> outcomes(String tests) {
    List<Module> modules =
        new Loaded(List.of(Source.of("t_test.rego", tests)), ObjectValue.EMPTY).parse(Dialect.V1);
    Policy policy = Policy.ofModules(TestRules.ready(modules), Options.standard());
    return new TestRunner(policy, Request.of(null))
        .run(name -> true).stream()
            .map(r -> r.name() + " " + r.outcome() + cases(r.cases()))
            .toList();
  }

  private static String cases(List<TestRunner.CaseResult> cases) {
    var text = new StringBuilder();
    cases.forEach(c -> text.append(" (" + c.name() + " " + c.passed() + cases(c.cases()) + ")"));
    return text.toString();
  }

  /** As {@code opa test} 1.22.2 judges them. */
  @Test
  void onlyTruePasses() {
    assertThat(
            outcomes(
                """
                package t
                test_true if true
                test_number := 5
                test_text := "true"
                test_false := false
                test_undefined if input.nope
                test_set contains 1
                test_object := {"a": true}
                default test_default := false
                a.b.test_nested if true
                nothing if true
                """))
        .containsExactly(
            "test_true PASS",
            "test_number FAIL",
            "test_text FAIL",
            "test_false FAIL",
            "test_undefined FAIL",
            "test_set FAIL",
            "test_object FAIL",
            "test_default FAIL",
            "a.b.test_nested PASS");
  }

  @Test
  void noRuleHidesThatAnotherOfItsNameFails() {
    assertThat(
            outcomes(
                """
                package t
                test_x if false
                test_x if true
                test_x := 2
                a.test_y if false
                a.test_y if true
                """))
        .containsExactly(
            "test_x FAIL",
            "test_x#01 PASS",
            "test_x#02 FAIL",
            "a.test_y FAIL",
            "a[\"test_y#01\"] PASS");
  }

  @Test
  void aCaseThatDoesNotHoldFails() {
    assertThat(
            outcomes(
                """
                package t
                test_missing[name] if {
                  some name, c in {"a": 1, "b": 2}
                  c == 1
                }
                test_value[note] := ok if {
                  some note, c in {"a": 1, "b": 2}
                  ok := c == 1
                }
                test_inner[tc.note] if {
                  some tc in [{"note": "x", "n": 1}, {"note": "y", "n": 2}]
                  tc.n == 2
                }
                test_deep[a][b] if {
                  some a in [1, 2]
                  some b in ["p", "q"]
                  a == 1
                }
                test_all[n] if some n in ["x"]
                test_none[n] if some n in []
                """))
        .containsExactly(
            "test_missing FAIL (a true) (b false)",
            "test_value FAIL (a true) (b false)",
            "test_inner FAIL (x false) (y true)",
            "test_deep FAIL (1 true (p true) (q true)) (2 false (p false) (q false))",
            "test_all PASS (x true)",
            "test_none PASS");
  }

  @Test
  void coverageTellsWhichLinesWereMet() {
    Policy policy =
        Policy.compile(List.of(Source.of("p.rego", TESTS)), Options.standard().withObserved(true));
    Coverage coverage = new Coverage();
    policy.prepare("data.p.test_one").value(Request.of(null).observedBy(coverage));
    String report = JsonText.compact(coverage.report(policy.modules()));
    assertThat(report)
        .contains(
            "\"covered\":[{\"end\":{\"col\":6,\"row\":3},\"start\":{\"col\":1,\"row\":3}},"
                + "{\"end\":{\"col\":22,\"row\":3},\"start\":{\"col\":10,\"row\":3}}",
            "\"not_covered_lines\":6",
            "\"coverage\":25,");
  }

  @Test
  void aBundleIsReadAsItWasWritten() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(".manifest", bytes("{\"revision\":\"7\",\"roots\":[\"roles\",\"p\"]}"));
    files.put("roles/data.json", bytes("{\"admin\":[\"ann\"]}"));
    files.put("p/p.rego", bytes("package p\nallow if \"ann\" in data.roles.admin\n"));
    var out = new ByteArrayOutputStream();
    Bundle.write(files, out);
    Bundle bundle = Bundle.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(bundle.roots()).containsExactly("roles", "p");
    Policy policy =
        Policy.compile(bundle.content().sources(), Options.standard())
            .withData(bundle.content().data());
    assertThat(policy.prepare("data.p.allow").value(Request.of(null))).isPresent();
  }

  @Test
  void aBundleMayNotReachOutsideOfItsRoots() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(".manifest", bytes("{\"roots\":[\"roles\"]}"));
    files.put("data.json", bytes("{\"other\":1}"));
    var out = new ByteArrayOutputStream();
    Bundle.write(files, out);
    assertThatThrownBy(() -> Bundle.read(new ByteArrayInputStream(out.toByteArray())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'/other'");
  }

  @Test
  void foldersGiveDataTheirNames(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/data.json"), "{\"x\": 1}");
    Files.writeString(folder.resolve("more.yaml"), "y: [1, 2]\n");
    Files.writeString(folder.resolve("p.rego"), "package p\nq := data.a.b.x\n");
    Loaded loaded = Loaded.of(List.of(folder.toString()));
    assertThat(JsonText.compact(loaded.data())).isEqualTo("{\"a\":{\"b\":{\"x\":1}},\"y\":[1,2]}");
    assertThat(loaded.sources()).hasSize(1);
  }

  @Test
  void whatIsNamedIsLoadedOrRefused(@TempDir Path folder) throws IOException {
    Path one = Files.writeString(folder.resolve("one.json"), "{\"a\": {\"b\": 1}}");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": {\"b\": 2}}");
    Path text = Files.writeString(folder.resolve("notes.txt"), "x");
    assertThat(Loaded.of(List.of("x.y:" + one)).data())
        .hasToString("{\"x\":{\"y\":{\"a\":{\"b\":1}}}}");
    assertThatThrownBy(() -> Loaded.of(List.of(one.toString(), other.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(other + ": merge error");
    assertThatThrownBy(() -> Loaded.of(List.of(text.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("notes.txt: neither a policy");
    assertThatThrownBy(() -> Loaded.data(folder.resolve("none.json")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no such file or folder: ");
    Path bundle = folder.resolve("b.tar.gz");
    try (var out = Files.newOutputStream(bundle)) {
      Bundle.write(Map.of("c/data.json", bytes("5")), out);
    }
    assertThat(Loaded.of(List.of(one.toString(), bundle.toString())).data())
        .hasToString("{\"a\":{\"b\":1},\"c\":5}");
  }

  @Test
  void aFileThatIsNoTextIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("p.rego"), new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> Loaded.of(List.of(folder.toString())))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":1:1: is no text in UTF-8 (byte 0xC3)");
  }

  @Test
  void reportsHaveTheShapesOfTheirFormats() {
    var prepared = Policy.compile(List.of(), Options.standard()).prepare("x := {1, 2}[_]");
    var solutions = prepared.solutions(Request.of(null));
    var asked = new EvalReport.Asked(prepared.expressions());
    assertThat(JsonText.compact(EvalReport.json(solutions, asked, ObjectValue.EMPTY)))
        .startsWith("{\"result\":[{\"bindings\":{\"x\":1},\"expressions\":[{");
    assertThat(EvalReport.pretty(solutions, asked))
        .isEqualTo("┌───┐\n│ x │\n├───┤\n│ 1 │\n│ 2 │\n└───┘\n");
    assertThat(EvalReport.values(solutions)).isEqualTo("[\n  true\n]\n[\n  true\n]\n");
    assertThat(EvalReport.bindings(solutions)).startsWith("{\n  \"x\": 1\n}\n");
    assertThat(EvalReport.raw(solutions)).isEqualTo("true\ntrue\n");
    assertThat(EvalReport.exitCode(List.of(), true, false)).isEqualTo(1);
    assertThat(EvalReport.exitCode(solutions, true, false)).isZero();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
