package dev.bylaw.cedar.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.PolicyPrinter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.DiagnosticsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What types decide, as the reference tool decided these on the same schema and request. */
class TypedPartialTest {
  private static final Schema SCHEMA =
      Schema.parse(
          """
          entity Group;
          entity User in [Group] { age?: Long, boss?: User };
          entity Photo { owner: User };
          action view, edit appliesTo { principal: User, resource: Photo, context: { n?: Long } };
          """);

  private static PartialAnswer ask(String policies) {
    return PartialAuthorizer.authorizeBySome(
        PolicySet.parse(policies),
        PartialRequest.withoutContext(
            new PartialEntity.Some("User"),
            EntityUid.of("Action", "edit"),
            new PartialEntity.Some("Photo")),
        Entities.EMPTY,
        SCHEMA);
  }

  private static String residual(String condition) {
    PolicySet policies =
        PolicySet.parse("permit(principal, action, resource) when { " + condition + " };");
    return ask("permit(principal, action, resource) when { " + condition + " };")
        .allResiduals(policies)
        .stream()
        .map(each -> PolicyPrinter.text(each).strip())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "principal in Photo::\"p\" ~ false",
        "resource in Group::\"g\" ~ false",
        "principal in Group::\"g\" ~ principal in Group::\"g\"",
        "principal in [Group::\"g\"] && resource in [Group::\"g\"] ~ false",
        "principal == User::\"a\" && principal has age && principal.age > 3"
            + " ~ principal == User::\"a\" && principal has age && principal.age > 3",
        "principal is User && principal is User in Group::\"g\" ~ principal in Group::\"g\"",
        "principal has boss && principal.boss has age ~ principal has boss && principal.boss has age",
        "context has n && context.n == 1 ~ context has n && context.n == 1",
        "principal == User::\"a\" || true ~ true",
        "resource.owner == principal || true ~ resource.owner == principal || true",
        "principal == User::\"a\" && false ~ false",
        "principal.hasTag(\"x\") ~ false",
        "User::\"a\" in Photo::\"p\" ~ false"
      })
  void theTypeOfWhatIsNotKnownDecides(String condition, String left) {
    assertThat(residual(condition))
        .isEqualTo("permit(principal, action, resource) when { " + left + " };");
  }

  @Test
  void aForbidThatCannotApplyToTheTypeLetsThePermitDecide() {
    assertThat(
            ask("""
            @id("a") permit(principal is User, action, resource is Photo);
            forbid(principal, action, resource in Group::"g");
            """)
                .decision())
        .contains(dev.bylaw.cedar.authorize.Decision.ALLOW);
  }

  @Test
  void policiesThatAreNotValidThereAreRefusedAllAtOnce() {
    assertThatThrownBy(() ->
            ask(
                """
                permit(principal, action, resource) when { principal.aeg == 1 };
                permit(principal == Usr::"a", action, resource);
                """))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("policies.cedar:1:")
        .hasMessageContaining("did you mean `age`?")
        .hasMessageContaining("policies.cedar:2:")
        .hasMessageContaining("did you mean `User`?");
    assertThat(ask("permit(principal, action == Action::\"view\", resource);").open()).isEmpty();
  }
}
