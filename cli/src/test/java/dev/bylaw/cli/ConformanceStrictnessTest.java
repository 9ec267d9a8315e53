package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case of a suite passes only if exactly what it wants comes out. */
class ConformanceStrictnessTest extends CommandTest {
  private static final String CASES =
      """
      {"cases": [
       {"note": "right", "query": "x := 1", "want_result": [{"x": 1}]},
       {"note": "wrong value", "query": "x := 1", "want_result": [{"x": 2}]},
       {"note": "missing binding set", "query": "x := [1,2][_]", "want_result": [{"x": 1}]},
       {"note": "too many wanted", "query": "x := 1", "want_result": [{"x": 1}, {"x": 2}]},
       {"note": "error wanted none came", "query": "x := 1", "want_error_code": "eval_conflict_error"},
       {"note": "none wanted error came", "query": "x := 1/0", "strict_error": true, "want_result": [{"x": 1}]},
       {"note": "other code", "query": "x := 1/0", "strict_error": true, "want_error_code": "eval_conflict_error"},
       {"note": "other text", "query": "x := 1/0", "strict_error": true, "want_error_code": "eval_builtin_error", "want_error": "nonsense"},
       {"note": "undefined wanted", "query": "x := 1", "want_result": []},
       {"note": "defined wanted", "query": "x := 1; x == 2", "want_result": [{"x": 1}]},
       {"note": "extra binding", "query": "x := 1; y := 2", "want_result": [{"x": 1}]},
       {"note": "nothing wanted", "query": "x := 1"},
       {"note": "unsorted", "query": "x := [2,1]", "want_result": [{"x": [1,2]}]},
       {"note": "number vs string", "query": "x := 1", "want_result": [{"x": "1"}]}
      ]}
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void everyCaseThatWantsSomethingElseFails() throws IOException {
    Files.writeString(folder.resolve("a.json"), CASES);
    assertThat(run("conformance", "rego", "--failures", folder.toString())).isEqualTo(1);
    assertThat(printed()).doesNotContain("a.json: right").endsWith("1 passed, 13 failed\n");
  }

  @Test
  void aFolderWithoutCasesDoesNotPass() {
    assertThat(run("conformance", "rego", folder.toString())).isNotZero();
  }
}
