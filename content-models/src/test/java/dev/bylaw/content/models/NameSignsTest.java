package dev.bylaw.content.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameSignsTest {
  private static final Inspector INSPECTOR = Inspector.standard().with(NerDetector.standard());

  private static List<String> people(String text) {
    return INSPECTOR.inspect(text, Set.of(EntityType.PERSON)).all().stream()
        .map(finding -> finding.in(text))
        .toList();
  }

  @Test
  void aTitleNamesWhoStandsBehindItInSeveralLanguages() {
    assertThat(people("Sehr geehrter Herr Obermaier, vielen Dank.")).containsExactly("Obermaier");
    assertThat(people("Estimado señor Quintero: su pedido ha llegado."))
        .containsExactly("Quintero");
    assertThat(people("The form was checked by Nurse Tolliver at noon."))
        .containsExactly("Tolliver");
  }

  @Test
  void theHeadOfAColumnNamesThePeopleInIt() {
    assertThat(
            people(
                """
                ticket,guest name,product name
                71,Obinna Echebiri,Blue Grace
                72,Yuto Hayashida,Red Hope
                """))
        .containsExactly("Obinna Echebiri", "Yuto Hayashida");
  }

  @Test
  void aNameUnderAGreetingAtTheEndAndOneInFrontOfANumberAreFound() {
    assertThat(people("The parts are on their way.\n\nKind regards,\nSunniva"))
        .containsExactly("Sunniva");
    assertThat(people("Keys: Ngozi +44 20 7946 0958, Ingeborg (212) 555-0142"))
        .containsExactly("Ngozi", "Ingeborg");
  }

  @Test
  void anInitialGoesWithTheNameBehindIt() {
    assertThat(people("A correction for B. Oduya was sent.")).containsExactly("B. Oduya");
  }

  @Test
  void whatIsOnlyCalledAfterSomebodyIsNobody() {
    assertThat(people("Turn into Roosevelt Avenue, then left at the Garibaldi Bridge.")).isEmpty();
    assertThat(people("We compared a Harley-Davidson with a Rolls-Royce over Earl Grey."))
        .isEmpty();
    assertThat(people("checksum: 9f2c\nIMEI: 350123451234560\nhaha ok thx")).isEmpty();
  }

  @Test
  void aPersonWhoIsCalledLikeAFirmIsStillFoundWhereATitleSaysSo() {
    assertThat(people("Please call Mrs Porsche about it.")).containsExactly("Porsche");
  }

  @Test
  void namesAreListedWithoutAccentsAndInLowerCase() throws Exception {
    Names names = Names.load();
    assertThat(names.of(Names.folded("Łukasz"))).isEqualTo(Names.Kind.GIVEN);
    assertThat(names.of(Names.folded("BJØRN"))).isEqualTo(Names.Kind.GIVEN);
    assertThat(names.of("hope")).isEqualTo(Names.Kind.COMMON);
    assertThat(names.of("the")).isEqualTo(Names.Kind.NONE);
  }
}
