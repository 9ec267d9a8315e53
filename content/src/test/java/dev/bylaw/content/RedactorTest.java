package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private static final Inspector INSPECTOR = Inspector.standard();
  private static final Set<EntityType> TYPES =
      Set.of(EntityType.EMAIL, EntityType.SSN, EntityType.CREDIT_CARD, EntityType.PHONE);
  private static final String TICKET =
      "Jane (jane@example.com, 212-555-0123) has ssn 536-22-8726; Jane@example.com again.";

  private static String redacted(Redaction redaction, String text) {
    Redacted<String> redacted = Redactor.of(INSPECTOR, redaction).redact(text, TYPES);
    assertThat(redacted.clean()).isTrue();
    assertThat(INSPECTOR.inspect(redacted.result(), TYPES).clean()).isTrue();
    return redacted.result();
  }

  @Test
  void aMaskIsAsLongAsWhatItHides() {
    assertThat(redacted(new Redaction.Mask(), TICKET))
        .isEqualTo(
            "Jane (****************, ************) has ssn ***********; **************** again.");
  }

  @Test
  void aLabelNamesTheType() {
    assertThat(redacted(new Redaction.Label(), TICKET))
        .isEqualTo("Jane ([EMAIL], [PHONE]) has ssn [SSN]; [EMAIL] again.");
  }

  @Test
  void theLastFourAreKeptWhereTheyDoNotGiveTheRestAway() {
    assertThat(redacted(new Redaction.KeepLastFour(), "card 4111-1111-1111-1111, ssn 536228726"))
        .isEqualTo("card ****-****-****-1111, ssn *****8726");
    assertThat(redacted(new Redaction.KeepLastFour(), "mail a@b.eu")).isEqualTo("mail *@*.**");
  }

  @Test
  void aKeyedHashIsTheSameForTheSameThingAndKey() {
    Redaction one = Redaction.KeyedHash.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    Redaction other = Redaction.KeyedHash.of("fedcba9876543210".getBytes(StandardCharsets.UTF_8));
    String hashed = redacted(one, "ssn 536-22-8726 is ssn 536 22 8726");
    assertThat(hashed).matches("ssn (\\[SSN:[a-p]{16}]) is ssn \\1");
    assertThat(redacted(other, "ssn 536-22-8726 is ssn 536 22 8726")).isNotEqualTo(hashed);
  }

  @Test
  void pseudonymsAreConsistentWithinARun() {
    Redaction run = new Redaction.Pseudonym();
    assertThat(redacted(run, "a@b.eu to c@d.eu")).isEqualTo("[EMAIL_1] to [EMAIL_2]");
    assertThat(redacted(run, "C@D.eu again")).isEqualTo("[EMAIL_2] again");
    assertThat(redacted(new Redaction.Pseudonym(), "c@d.eu")).isEqualTo("[EMAIL_1]");
  }

  @Test
  void typesCanBeTreatedDifferently() {
    Redacted<String> redacted =
        Redactor.of(INSPECTOR, new Redaction.Label())
            .with(EntityType.SSN, new Redaction.KeepLastFour())
            .redact("a@b.eu 536-22-8726", TYPES);
    assertThat(redacted.result()).isEqualTo("[EMAIL] ***-**-8726");
    assertThat(redacted.found().types()).containsExactly(EntityType.EMAIL, EntityType.SSN);
  }

  @Test
  void aValueKeepsItsShapeItsOtherMembersAndDistinctNames() throws JsonException {
    Value value =
        Json.parse(
            """
            {"a@b.eu": 1, "c@d.eu": [2, "mail \\"a@b.eu\\""], "[EMAIL]": true,
             "ssn": 536228726, "amount": 12.50, "note": null}
            """);
    Redacted<Value> redacted = Redactor.of(INSPECTOR, new Redaction.Label()).redact(value, TYPES);
    assertThat(redacted.clean()).isTrue();
    assertThat(redacted.result())
        .isEqualTo(
            Json.parse(
                """
                {"[EMAIL]_2": 1, "[EMAIL]_3": [2, "mail \\"[EMAIL]\\""], "[EMAIL]": true,
                 "ssn": "[SSN]", "amount": 12.50, "note": null}
                """));
  }

  @Test
  void aTextWithoutFindingsIsTheSame() {
    assertThat(redacted(new Redaction.Label(), "nothing to see")).isEqualTo("nothing to see");
  }

  @Test
  void disguisedCharactersGoWithThePieceTheyHide() {
    assertThat(redacted(new Redaction.Label(), "𝟓𝟑𝟔-22-87\u200b26 ends"))
        .isEqualTo("[SSN] ends");
  }

  @Test
  void whatTheBudgetDidNotReachIsNotPassedOn() {
    Inspector small = INSPECTOR.with(new Budget(5, 9, 9, Duration.ofHours(1)));
    Redacted<String> redacted =
        Redactor.of(small, new Redaction.Label()).redact("ssn 536-22-8726", TYPES);
    assertThat(redacted.result()).isEqualTo("[NOT INSPECTED]");
    assertThat(redacted.clean()).isFalse();
  }
}
