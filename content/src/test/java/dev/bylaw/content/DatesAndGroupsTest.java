package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatesAndGroupsTest {
  private static final Inspector INSPECTOR = Inspector.standard();

  private static List<String> found(String text, EntityType... types) {
    return INSPECTOR.inspect(text, Set.of(types)).all().stream()
        .map(finding -> finding.in(text))
        .toList();
  }

  @Test
  void datesAndTimesAreFoundAsTheyAreWritten() {
    assertThat(
            found(
                "On 2026-03-12T10:11:12.250Z and 12/05/2026, 3 May 2026, March 3rd 2026, June 2026;"
                    + " at 9:30 pm, 14:05 or 23:59:59+02:00, and on 2026-03-13 08:00.",
                EntityType.DATE_TIME))
        .containsExactly(
            "2026-03-12T10:11:12.250Z",
            "12/05/2026",
            "3 May 2026",
            "March 3rd 2026",
            "June 2026",
            "9:30 pm",
            "14:05",
            "23:59:59+02:00",
            "2026-03-13 08:00");
  }

  @Test
  void whatOnlyLooksLikeADateOrATimeIsNone() {
    assertThat(
            found(
                "16:9, 00:1B:44:11:3A:B7, 10:61, 25:00, 12:30:45:67, 2026-13-01, 2026-02-1234,"
                    + " fe80::12:30, 1.2.2026.4, in may 2026 people may 12345",
                EntityType.DATE_TIME))
        .isEmpty();
  }

  @Test
  void aDateOfBirthIsADateTooWhereThatIsAskedFor() {
    String text = "born on 12/05/1980, hired on 01/06/2020";
    assertThat(found(text, EntityType.DATE_TIME)).containsExactly("12/05/1980", "01/06/2020");
    assertThat(
            INSPECTOR
                .inspect(text, Set.of(EntityType.DATE_TIME, EntityType.BIRTH_DATE))
                .all()
                .getFirst()
                .type())
        .isEqualTo(EntityType.BIRTH_DATE);
  }

  @Test
  void nationalityReligionAndPoliticsCountWhereTheyArePeoples() {
    for (String text :
        List.of(
            "Nationality: Moroccan",
            "she is Jewish and lives in Leeds",
            "a Sri Lankan citizen applied",
            "He is a registered Republican",
            "a devout Muslim from Lyon")) {
      assertThat(found(text, EntityType.GROUP)).as(text).hasSize(1);
    }
    assertThat(found("a Sri Lankan citizen", EntityType.GROUP)).containsExactly("Sri Lankan");
    assertThat(
            INSPECTOR
                .inspect(
                    ObjectValue.of("religion", StringValue.of("Roman Catholic")),
                    Set.of(EntityType.GROUP))
                .all())
        .hasSize(1);
  }

  @Test
  void theSameWordsForThingsAreNoPersonalData() {
    for (String text :
        List.of(
            "We ship German cars and French wine.",
            "The Indian Ocean and the Russian market",
            "a conservative estimate, an orthodox method",
            "English and Spanish manuals are in the box")) {
      assertThat(found(text, EntityType.GROUP)).as(text).isEmpty();
    }
  }

  @Test
  void accountsOfAwsAreToldByWhatStandsNearThem() {
    assertThat(
            found(
                "arn:aws:iam::123456789012:role/reader; AWS account 1234-5678-9012",
                EntityType.AWS_ACCOUNT))
        .containsExactly("123456789012", "1234-5678-9012");
    assertThat(found("order 123456789012 has shipped", EntityType.AWS_ACCOUNT)).isEmpty();
  }
}
