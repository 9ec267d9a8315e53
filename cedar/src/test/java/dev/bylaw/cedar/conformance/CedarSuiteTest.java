package dev.bylaw.cedar.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CedarSuiteTest {
  @Test
  void allOfCedarsOwnTestsPass() throws IOException {
    var folder = ConformanceFolder.cedar();
    assumeThat(folder).isPresent();
    var failed = new ArrayList<CedarSuite.Result>();
    int[] passed = {0};
    CedarSuite.run(
        folder.orElseThrow(),
        result -> {
          if (result.passed()) {
            passed[0]++;
          } else {
            failed.add(result);
          }
        });
    System.out.println("cedar: " + passed[0] + " passed, " + failed.size() + " failed");
    assertThat(failed).isEmpty();
    assertThat(passed[0]).isGreaterThan(50_000);
  }

  @Test
  void aWrongDecisionReasonErrorOrVerdictFails(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(
        folder.resolve("p.cedar"),
        """
        permit(principal, action, resource);
        permit(principal, action, resource) when { principal.age > 9223372036854775807 + 1 };
        """);
    Files.writeString(
        folder.resolve("s.cedarschema"),
        """
        entity User { age: Long };
        action view appliesTo { principal: User, resource: User };
        """);
    Files.writeString(
        folder.resolve("e.json"),
        "[{\"uid\": {\"type\": \"User\", \"id\": \"a\"}, \"attrs\": {\"age\": 1}, \"parents\": []}]");
    String uid = "{\"type\": \"User\", \"id\": \"a\"}";
    String request =
        "{\"principal\": "
            + uid
            + ", \"action\": {\"type\": \"Action\", \"id\": \"view\"}, \"resource\": "
            + uid
            + ", \"context\": {}, \"decision\": \"%s\", \"reason\": [%s], \"errors\": [%s]}";
    Files.writeString(
        folder.resolve("tests/1.json"),
        "{\"policies\": \"p.cedar\", \"entities\": \"e.json\", \"schema\": \"s.cedarschema\","
            + " \"shouldValidate\": false, \"requests\": ["
            + request.formatted("allow", "\"policy0\"", "\"policy1\"")
            + ","
            + request.formatted("deny", "\"policy0\"", "\"policy1\"")
            + ","
            + request.formatted("allow", "", "\"policy1\"")
            + ","
            + request.formatted("allow", "\"policy0\"", "")
            + "]}");
    var results = new ArrayList<CedarSuite.Result>();

    CedarSuite.run(folder, results::add);

    assertThat(results)
        .extracting(CedarSuite.Result::part)
        .containsExactly("validation", "0", "1", "2", "3");
    assertThat(results)
        .extracting(CedarSuite.Result::passed)
        .containsExactly(false, true, false, false, false);
  }
}
