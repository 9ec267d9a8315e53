package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static List<String> numbers(String text) {
    return Inspector.standard().inspect(text, Set.of(EntityType.SSN)).all().stream()
        .map(finding -> finding.in(text))
        .toList();
  }

  private static String rows(String head, String row) {
    return head + "\n" + (row + "\n").repeat(12);
  }

  @Test
  void theHeadOfAColumnNamesTheNumbersInEachOfItsRows() {
    for (String text :
        List.of(
            rows(
                "| Employee | SSN | Site |\n|---|:-:|---|", "| Ann Marie Lee | 536228726 | Rome |"),
            rows("name,ssn,site", "\"Lee, Ann Marie Louise Anna\",536228726,Old Mill Lane North"),
            rows("name;site;ssn", "Ann;Rome;536228726"),
            rows("name\tssn", "Ann\t536228726"))) {
      assertThat(numbers(text)).as(text).hasSize(12).containsOnly("536228726");
    }
  }

  @Test
  void aHeadSaysNothingOfOtherColumnsAndOtherTables() {
    assertThat(
            numbers(
                rows(
                    "id,ssn,city of the office or store or depot where it is kept",
                    "536228726,none,Rome")))
        .isEmpty();
    assertThat(
            numbers(
                """
                a,ssn
                x,none

                The next part is about something else altogether today.

                item,stock
                bolts,536228726
                """))
        .isEmpty();
  }

  @Test
  void aLineTooLongForATableIsNone() {
    String head = "ssn," + "x,".repeat(1_200);
    assertThat(numbers(head + "\n536228726," + "y,".repeat(1_200))).isEmpty();
  }
}
