package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.Finding.Place;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class InspectorTest {
  private static final Inspector INSPECTOR = Inspector.standard();
  private static final Set<EntityType> FIRST =
      Set.of(
          EntityType.EMAIL,
          EntityType.PHONE,
          EntityType.SSN,
          EntityType.CREDIT_CARD,
          EntityType.IBAN,
          EntityType.IP_ADDRESS);

  private static List<String> found(String text) {
    return INSPECTOR.inspect(text, FIRST).all().stream()
        .map(finding -> finding.type() + " " + finding.in(text))
        .toList();
  }

  private static Value json(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static List<String> foundIn(String json) {
    return INSPECTOR.inspect(json(json), FIRST).all().stream()
        .map(finding -> finding.path() + " " + finding.type())
        .toList();
  }

  @Test
  void theSpecificationsOwnPayloadsAreToldApart() {
    assertThat(foundIn("{\"ssn\": \"123-45-6789\"}")).containsExactly("/ssn ssn");
    assertThat(foundIn("{\"product_id\": \"ABC123\"}")).isEmpty();
  }

  @Test
  void aLetterIsReadFromEndToEnd() {
    assertThat(
            found(
                "Hi, I am Jane, jane.doe+bills@mail.example.co.uk, call (212) 555-0123 ext. 4 or"
                    + " +44 20 7946 0958. My SSN is 536-22-8726, card 4111 1111 1111 1111, IBAN DE89"
                    + " 3704 0044 0532 0130 00; the server was 192.168.10.4:8080 or 2001:db8::1."))
        .containsExactly(
            "email jane.doe+bills@mail.example.co.uk",
            "phone (212) 555-0123 ext. 4",
            "phone +44 20 7946 0958",
            "ssn 536-22-8726",
            "credit_card 4111 1111 1111 1111",
            "iban DE89 3704 0044 0532 0130 00",
            "ip_address 192.168.10.4",
            "ip_address 2001:db8::1");
  }

  @Test
  void numbersThatOnlyLookAlikeAreLeftAlone() {
    assertThat(
            found(
                "Order 123-45-6789-22, invoice 536228726, ISBN 978-3-16-148410-0, version 1.2.3.4,"
                    + " uuid 550e8400-e29b-41d4-a716-446655440000, total $1,234,567.89, on"
                    + " 2024-05-17 at 12:30:45, card 4111 1111 1111 1112, DE89 3704 0044 0532 0130"
                    + " 01, npm i @scope/name@1.2.3, logo@2x.png, std::vector, tracking"
                    + " 1234567890, git@github.com:bylaw/bylaw.git"))
        .isEmpty();
  }

  @Test
  void callingACardAnOrderDoesNotHideIt() {
    assertThat(found("order id 4111111111111111")).containsExactly("credit_card 4111111111111111");
    assertThat(foundIn("{\"order_id\": \"5555555555554444\"}"))
        .containsExactly("/order_id credit_card");
  }

  @Test
  void aFieldNameSpeaksForANumberThatWasNeverIssued() {
    assertThat(foundIn("{\"customerSsn\": \"000-12-3456\", \"order_id\": \"900-12-3456\"}"))
        .containsExactly("/customerSsn ssn");
    assertThat(foundIn("{\"card\": {\"number\": \"4111111111111112\"}}"))
        .containsExactly("/card/number credit_card");
    assertThat(foundIn("[{\"name\": \"social security number\", \"value\": 123456789}]"))
        .containsExactly("/0/value ssn");
    assertThat(foundIn("{\"phone\": \"5550123\"}")).containsExactly("/phone phone");
  }

  @Test
  void numbersOfJsonAndNamesOfMembersAreInspectedToo() {
    Findings findings =
        INSPECTOR.inspect(
            json("{\"jane@example.com\": {\"a/b~\": 4111111111111111}, \"n\": 1.5}"), FIRST);
    assertThat(findings.all())
        .extracting(Finding::path, Finding::place, Finding::type)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/jane@example.com", Place.NAME, EntityType.EMAIL),
            org.assertj.core.groups.Tuple.tuple(
                "/jane@example.com/a~1b~0", Place.VALUE, EntityType.CREDIT_CARD));
  }

  @Test
  void aFindingExplainsItselfAndNeverHoldsTheText() {
    Finding card = INSPECTOR.inspect("my card is 4111-1111-1111-1111", FIRST).all().getFirst();
    assertThat(card.explanation())
        .isEqualTo("luhn ok, issuer range visa, context word \"card\" 8 characters before");
    assertThat(card.toString()).doesNotContain("4111");
    assertThat(card.start()).isEqualTo(11);
    assertThat(card.end()).isEqualTo(30);
  }

  @Test
  void disguisedDigitsAreReadAndLieWhereTheyWere() {
    String fullWidth = "pay with ４１１１ １１１１ １１１１ １１１１ now";
    assertThat(found(fullWidth)).containsExactly("credit_card ４１１１ １１１１ １１１１ １１１１");
    String zeroWidth = "ssn 5\u200b36-2\u200d2-87\u00ad26.";
    assertThat(found(zeroWidth)).containsExactly("ssn 5\u200b36-2\u200d2-87\u00ad26");
    String cyrillic = "write to jоhn@exаmple.com";
    assertThat(found(cyrillic)).containsExactly("email jоhn@exаmple.com");
    String bold = "iban 𝐃𝐄𝟖𝟗370400440532013000!";
    assertThat(found(bold)).containsExactly("iban 𝐃𝐄𝟖𝟗370400440532013000");
    String spelled = "card 4-1-1-1 1.1.1.1 1 1 1 1 1-1-1-1 thanks";
    assertThat(found(spelled)).containsExactly("credit_card 4-1-1-1 1.1.1.1 1 1 1 1 1-1-1-1");
    assertThat(found("reach jane (at) example (dot) com")).hasSize(1);
  }

  @Test
  void onlyWhatIsAskedForIsLookedFor() {
    String text = "jane@example.com, 536-22-8726";
    assertThat(INSPECTOR.inspect(text, Set.of(EntityType.SSN)).types())
        .containsExactly(EntityType.SSN);
    assertThat(INSPECTOR.inspect(text, Set.of()).clean()).isTrue();
  }

  @Test
  void whatNoDetectorCanSeeIsAGap() {
    Findings findings = INSPECTOR.inspect("x", Set.of(EntityType.custom("badge")));
    assertThat(findings.complete()).isFalse();
    assertThat(findings.gaps())
        .extracting(Findings.Gap::reason)
        .containsExactly(Findings.Gap.Reason.NO_DETECTOR);
  }

  @Test
  void aTextBeyondTheBudgetIsAGapAndNotSilence() {
    Budget small = new Budget(10, 3, 1, Duration.ofSeconds(1));
    Inspector inspector = INSPECTOR.with(small).withNanoTime(() -> 0);
    assertThat(inspector.inspect("jane@example.com", FIRST).gaps())
        .extracting(Findings.Gap::reason)
        .containsExactly(Findings.Gap.Reason.TOO_LARGE);
    assertThat(inspector.inspect(json("[[[[[1]]]]]"), FIRST).complete()).isFalse();
    assertThat(inspector.inspect("a@b.eu c@d.eu".substring(0, 6), FIRST).complete()).isTrue();
    Inspector one = INSPECTOR.with(new Budget(100, 3, 1, Duration.ofSeconds(1)));
    assertThat(one.withNanoTime(() -> 0).inspect("a@b.eu c@d.eu", FIRST).gaps())
        .extracting(Findings.Gap::reason)
        .containsExactly(Findings.Gap.Reason.TOO_MANY);
    AtomicLong clock = new AtomicLong();
    assertThat(one.withNanoTime(() -> clock.getAndAdd(600_000_000)).inspect("a@b.eu", FIRST).gaps())
        .extracting(Findings.Gap::reason)
        .containsExactly(Findings.Gap.Reason.TOO_SLOW);
  }

  @Test
  void aGlanceAsksTheCostlyOnlyWhereTheQuickFindNothing() {
    AtomicInteger asked = new AtomicInteger();
    Detector costly =
        new Detector() {
          @Override
          public String name() {
            return "costly";
          }

          @Override
          public boolean isCostly() {
            return true;
          }

          @Override
          public Set<EntityType> types() {
            return Set.of(EntityType.PERSON);
          }

          @Override
          public void detect(Passage passage, Set<EntityType> wanted, Matches matches) {
            asked.incrementAndGet();
            matches.add(EntityType.PERSON, 0, 4, .9, "a name");
          }
        };
    Inspector inspector = INSPECTOR.with(costly);
    Set<EntityType> both = Set.of(EntityType.EMAIL, EntityType.PERSON);
    assertThat(inspector.glance(StringValue.of("jane@example.com"), both).types())
        .containsExactly(EntityType.EMAIL);
    assertThat(asked).hasValue(0);
    assertThat(inspector.glance(StringValue.of("Jane was here"), both).types())
        .containsExactly(EntityType.PERSON);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aDetectorThatCannotWorkIsAGap() {
    Detector broken =
        new Detector() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Set<EntityType> types() {
            return Set.of(EntityType.EMAIL);
          }

          @Override
          public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
            throw new DetectorUnavailableException("the model file is missing");
          }
        };
    Findings findings = INSPECTOR.with(broken).inspect("jane@example.com", FIRST);
    assertThat(findings.types()).containsExactly(EntityType.EMAIL);
    assertThat(findings.gaps().getFirst().detail())
        .isEqualTo("detector `broken`: the model file is missing");
  }

  @Test
  void everyExampleOfTheTableIsFoundNextToItsName() {
    SoftAssertions softly = new SoftAssertions();
    for (Identifier row : StandardDetectors.IDENTIFIERS) {
      assertThat(row.examples()).as(row.name()).isNotEmpty();
      for (String example : row.examples()) {
        Value value = ObjectValue.of(row.names().first(), StringValue.of(example));
        softly
            .assertThat(INSPECTOR.inspect(value, Set.of(row.type())).types())
            .as("%s as a field: %s", row.name(), example)
            .containsExactly(row.type());
        String text = "Your " + row.names().first() + ": " + example + ". Thanks.";
        softly
            .assertThat(INSPECTOR.inspect(text, Set.of(row.type())).all())
            .as("%s in a text: %s", row.name(), example)
            .extracting(finding -> finding.in(text))
            .containsExactly(example);
      }
    }
    softly.assertAll();
  }

  @Test
  void theTypesHaveTheirCommonNames() {
    assertThat(EntityType.named("US_SSN")).contains(EntityType.SSN);
    assertThat(EntityType.named("card")).contains(EntityType.CREDIT_CARD);
    assertThat(EntityType.named("nonsense")).isEmpty();
    assertThat(EntityType.personal()).contains(EntityType.SSN, EntityType.EMAIL);
  }
}
