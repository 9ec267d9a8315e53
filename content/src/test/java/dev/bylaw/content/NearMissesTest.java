package dev.bylaw.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearMissesTest {
  private static List<String> found(String text, EntityType type) {
    return Inspector.standard().inspect(text, Set.of(type)).all().stream()
        .map(finding -> finding.in(text))
        .toList();
  }

  @Test
  void aReferenceNearTheWordMobileIsNoTelephoneNumber() {
    for (String text :
        List.of(
            "For your mobile: reference 8648-2311-19",
            "Thank you for calling. Mobile plan 4471-9020-33 starts today.",
            "I called about claim 5526104438 yesterday.",
            "call me about booking 20481177")) {
      assertThat(found(text, EntityType.PHONE)).as(text).isEmpty();
    }
  }

  @Test
  void telephoneNumbersInSignaturesListsAndMessagesAreFound() {
    for (String text :
        List.of(
            "t: 2125550142 | Sales",
            "pager 2125550142",
            "Text us at 2125550142.",
            "Tel. 089 4899-53",
            "Contacts: Ann 2125550142",
            "appelez le 06 12 34 56 78")) {
      assertThat(found(text, EntityType.PHONE)).as(text).hasSize(1);
    }
  }

  @Test
  void theNumberOfAMessageIsNoMailAddress() {
    assertThat(
            found(
                "Message-ID: <9d3f.77@mx.firm.com>\nIn-Reply-To: <1.2@firm.com>\nTo: <ann@firm.com>",
                EntityType.EMAIL))
        .containsExactly("ann@firm.com");
  }

  @Test
  void aSocialSecurityNumberWithBlanksAroundItsDashesIsOne() {
    assertThat(found("SSN 536 - 22 - 8726", EntityType.SSN)).containsExactly("536 - 22 - 8726");
  }

  @Test
  void numbersListedBehindAPartNumberArePartNumbersToo() {
    assertThat(found("Part 536-22-8726 replaces 412-55-9083 and 219-09-9998.", EntityType.SSN))
        .isEmpty();
    assertThat(found("Part 536-22-8726, SSN 412-55-9083", EntityType.SSN))
        .containsExactly("412-55-9083");
  }

  @Test
  void aCountIsNoSocialSecurityNumber() {
    assertThat(found("Employee count: 536228726", EntityType.SSN)).isEmpty();
    assertThat(found("Employee SSN: 536228726", EntityType.SSN)).hasSize(1);
  }

  @Test
  void aShortNumberOfNoIssuerIsNoCard() {
    assertThat(found("library card 27683978102731", EntityType.CREDIT_CARD)).isEmpty();
    assertThat(found("card 30569309025904", EntityType.CREDIT_CARD)).hasSize(1);
  }

  @Test
  void lettersAloneAreAnAddressOnlyWhereTheyAreCalledOne() {
    assertThat(found("use dead::beef in the program", EntityType.IP_ADDRESS)).isEmpty();
    assertThat(found("ip dead::beef", EntityType.IP_ADDRESS)).hasSize(1);
    assertThat(found("http://2001:db8::12ab:50211/x", EntityType.IP_ADDRESS))
        .containsExactly("2001:db8::12ab");
  }

  @Test
  void aPhraseThatMeansNothingElseNamesANumberManyWordsLater() {
    String far = "Her social security number, which she read to me twice over the phone today, is ";
    assertThat(found(far + "536228726.", EntityType.SSN)).containsExactly("536228726");
    assertThat(found(far + "not in file 12, only claim 536228726.", EntityType.SSN)).isEmpty();
    assertThat(found("Order 536228726 has left the house.", EntityType.SSN)).isEmpty();
  }

  @Test
  void aShortNumberThatOnlyMaestroCouldHaveIsNoCardWhereItIsCalledAnOrder() {
    assertThat(found("order 501837426615 has left", EntityType.CREDIT_CARD)).isEmpty();
    assertThat(found("order 4111 1111 1111 1111 has left", EntityType.CREDIT_CARD)).hasSize(1);
    assertThat(found("paid with card 501837426615", EntityType.CREDIT_CARD))
        .containsExactly("501837426615");
  }

  @Test
  void whatStandsInAChangelogIsAVersion() {
    assertThat(found("changelog of 4.10.2.1: bumped to 4.10.3.7", EntityType.IP_ADDRESS)).isEmpty();
    assertThat(found("the client at 10.4.3.7 timed out", EntityType.IP_ADDRESS))
        .containsExactly("10.4.3.7");
  }
}
