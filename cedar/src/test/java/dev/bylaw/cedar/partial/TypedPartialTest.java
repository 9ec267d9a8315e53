package dev.bylaw.cedar.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.entity.PartialEntities;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.PolicyPrinter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.RecordValue;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
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
        PartialEntities.of(Entities.EMPTY),
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
        "resource.owner is User in Group::\"g\""
            + " ~ resource.owner is User && resource.owner in Group::\"g\"",
        "resource.owner is Photo in Group::\"g\" ~ resource.owner is Photo",
        "resource.owner == principal && principal == principal && User::\"a\" == Photo::\"p\""
            + " && principal == resource ~ resource.owner == principal && principal == principal && false",
        "(if resource.owner == principal then false else false) || principal is User"
            + " ~ (if resource.owner == principal then false else false) || true",
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

  private static PartialAnswer askAbout(String condition, String entities) {
    return PartialAuthorizer.authorizeBySome(
        PolicySet.parse("permit(principal, action, resource) when { " + condition + " };"),
        PartialRequest.withoutContext(
            new PartialEntity.Known(EntityUid.of("User", "a")),
            EntityUid.of("Action", "edit"),
            new PartialEntity.Some("Photo")),
        EntityJson.readPartial(Source.of("e.json", entities), SCHEMA),
        SCHEMA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "principal has age ~ 'attrs': {} ~ false",
        "principal has age ~ 'parents': [] ~ open",
        "principal in Group::\"g\" ~ 'parents': [] ~ false",
        "principal in Group::\"g\" ~ 'attrs': {} ~ open",
        "principal in Group::\"g\" ~ 'attrs': null, 'parents': [{'type': 'Group', 'id': 'g'}] ~ true",
        "principal in Photo::\"p\" ~ 'attrs': {} ~ false",
        "principal is User in Group::\"g\" ~ 'parents': [] ~ false",
        "principal is User in Group::\"g\" ~ 'attrs': {} ~ open",
        "principal is Photo in Photo::\"g\" ~ 'attrs': {} ~ false",
        "User::\"b\" has age ~ 'attrs': {} ~ open",
        "principal has boss.age ~ 'attrs': {'boss': {'type': 'User', 'id': 'c'}} ~ open",
        "principal has boss.nope ~ 'attrs': {'boss': {'type': 'User', 'id': 'c'}} ~ false",
      })
  void partsOfEntitiesThatAreLeftOutAreNotKnown(String condition, String parts, String decided) {
    String user = "{'uid': {'type': 'User', 'id': 'a'}, " + parts + "}";
    PartialAnswer answer = askAbout(condition, "[" + user.replace('\'', '"') + "]");

    assertThat(answer.decision().map(d -> d == Decision.ALLOW ? "true" : "false").orElse("open"))
        .isEqualTo(decided);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "{'uid': {'type': 'User', 'id': 'a'}}, {'uid': {'type': 'User', 'id': 'a'}} ~ two entities",
        "{'uid': {'type': 'Action', 'id': 'view'}} ~ actions are known by the schema",
        "{'uid': {'type': 'User', 'id': 'a'}, 'attrs': {'aeg': 1}} ~ did you mean `age`?",
        "{'uid': {'type': 'Photo', 'id': 'a'}, 'attrs': {}} ~ missing attribute `owner`",
        "{'uid': {'type': 'User', 'id': 'a'}, 'parents': [{'type': 'Group', 'id': 'g'}]}, {'uid': {'type':"
            + " 'Group', 'id': 'g'}} ~ whose parents are not known",
      })
  void whatIsKnownOfEntitiesMustBeAsTheSchemaWantsIt(String entities, String mistake) {
    assertThatThrownBy(() -> askAbout("true", "[" + entities.replace('\'', '"') + "]"))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining(mistake);
  }

  @Test
  void whatTypesDecideIsNotLeftOver() {
    // The first operand is true of all principals, so the second is never evaluated.
    assertThat(residual("principal is User || principal.age == 1")).contains("when { true }");
    assertThat(residual("resource.owner is User || resource in Group::\"g\""))
        .contains("when { resource.owner is User }");
  }

  @Test
  void requestsWithGapsAreCheckedAsFarAsTheyAreKnown() {
    var request =
        PartialRequest.of(
            new PartialEntity.Some("Usr"),
            EntityUid.of("Action", "edit"),
            new PartialEntity.Known(EntityUid.of("Photo", "p")),
            RecordValue.of(java.util.Map.of("n", new Value.Text("x"))));

    assertThat(request.mismatches(SCHEMA))
        .extracting(mismatch -> mismatch.message() + " " + mismatch.hint())
        .anyMatch(text -> text.contains("`Usr`") && text.contains("did you mean `User`?"))
        .anyMatch(text -> text.contains("attribute `n` of the context"));
  }
}
