package dev.bylaw.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of reference is read as it is written. */
class PackReferenceTest {
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\| `(\\{[^`]*})`");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/reference/packs.md"));
  }

  @Test
  void thePackAndTheRegistryOfThePageLoad() throws IOException {
    List<String> blocks = new ArrayList<>();
    BLOCK.matcher(page()).results().forEach(found -> blocks.add(found.group(1)));
    assertThat(blocks).hasSize(2);
    House house =
        House.of(blocks.get(1))
            .pack(blocks.get(0))
            .pack("pack: brand-style\nrules: [{id: tone, tone: professional}]\n")
            .pack("pack: safety-core\nrules: []\n");
    assertThat(house.problemText()).isEmpty();
  }

  @Test
  void theExamplesOfTheTableAreRules() throws IOException {
    Matcher rows = ROW.matcher(page());
    int found = 0;
    while (rows.find()) {
      String about = rows.group(1).equals("cap") ? "" : "on: x, ";
      House house =
          House.of(
                  """
                  identity: acme
                  agents: {bot: {}}
                  approvers: {alice: finance, cfo: board}
                  data: {approved_vendors: [a.example]}
                  """)
              .rules("- {id: a, " + about + rows.group(1) + ": " + rows.group(2) + "}\n");
      assertThat(house.problemText()).as(rows.group()).isEmpty();
      found++;
    }
    assertThat(found).isEqualTo(7);
  }
}
