package dev.bylaw.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import dev.bylaw.policy.cedar.CedarLanguage;
import dev.bylaw.policy.rego.RegoAccess;
import dev.bylaw.policy.rego.RegoLanguage;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.syntax.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of reference is read as it is written. */
class PackReferenceTest {
  private static final Pattern BLOCK = Pattern.compile("```(yaml|json)\n(.*?)```", Pattern.DOTALL);

  private static final String REGISTRY =
      """
      identity: acme
      zone: Europe/Berlin
      currency: USD
      agents: {bot: {environment: production}}
      approvers: {alice: [finance], dana: [managers]}
      data: {approved_vendors: [a.example]}
      """;

  private static House house() {
    return House.of(REGISTRY)
        .with(
            RuleEnvironment.standard()
                .with(List.of(new RegoLanguage(RegoAccess.NONE), new CedarLanguage())));
  }

  @Test
  void theExamplesOfRulesOnThePageHold() throws IOException {
    int run = 0;
    for (String example : blocks("yaml").stream().filter(b -> b.startsWith("- id:")).toList()) {
      House house = house().rules(example);
      var found = new Diagnostics();
      run +=
          new PackExamples(
                  house.registry(), house.policies().data(), house.policies().environment())
              .run(house.policies().packs().values().iterator().next(), found);
      assertThat(found.all()).as(example).isEmpty();
    }
    assertThat(run).isGreaterThanOrEqualTo(4);
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs/reference/packs.md")))
        .results()
        .filter(found -> found.group(1).equals(language))
        .map(found -> found.group(2))
        .toList();
  }

  @Test
  void thePackOfThePageLoads() throws IOException {
    assertThat(House.of(REGISTRY).pack(blocks("yaml").getFirst()).problemText()).isEmpty();
  }

  @Test
  void everyExampleOfThePageIsARule() throws IOException {
    List<String> examples =
        blocks("yaml").stream().filter(block -> block.startsWith("- id:")).toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(10);
    for (String example : examples) {
      assertThat(house().rules(example).problemText()).as(example).isEmpty();
    }
  }

  @Test
  void theJsonPoliciesOfThePageLoad() throws IOException {
    assertThat(House.of(REGISTRY).pack(blocks("json").getFirst()).problemText()).isEmpty();
  }
}
