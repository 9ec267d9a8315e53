package dev.bylaw.cedar.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.cedar.authorize.Authorizer;
import dev.bylaw.cedar.authorize.Decision;
import dev.bylaw.cedar.authorize.Request;
import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.est.PolicyJsonWriter;
import dev.bylaw.cedar.policy.PolicyPrinter;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comparing with the crate has brought to light. */
class PeerFindingsTest {
  private static final Schema SCHEMA =
      Schema.parse(
          """
          entity User in [Group] { ok: Bool };
          entity Group;
          entity Color enum ["red"];
          action view appliesTo {
            principal: User, resource: Group, context: { n?: Long, at?: datetime, set?: Set<Long> }
          };
          action alone;
          """);

  private static boolean isValidAt(int level, String policy) {
    return !Validator.hasErrors(new Validator(SCHEMA).validate(PolicySet.parse(policy), level));
  }

  @Test
  void aLevelIsCheckedForRequestsThatTheScopeRefuses() {
    String policy = "forbid(principal in Group::\"d\", action == Action::\"alone\", resource);";

    assertThat(isValidAt(0, policy)).isFalse();
    assertThat(isValidAt(1, policy)).isTrue();
  }

  @Test
  void anInBehindAnIsThatIsFalseHasNoLevel() {
    assertThat(
            isValidAt(
                1,
                "permit(principal, action, resource)"
                    + " when { principal.ok || Color::\"red\" is User in Group::\"g\" };"))
        .isTrue();
    assertThat(
            isValidAt(
                0, "permit(principal is Group in ?principal, action, resource == ?resource);"))
        .isTrue();
  }

  @Test
  void whatStandsBehindAnUnlessThatAlwaysHoldsHasNoLevel() {
    String condition = "unless { Group::\"d\" is Group } when { principal.ok };";

    assertThat(isValidAt(0, "permit(principal, action, resource) " + condition)).isTrue();
  }

  @Test
  void andAndOrOfLiteralsAreComparedAsLiterals() {
    assertThat(
            isValidAt(
                1,
                "permit(principal, action, resource)"
                    + " when { (true && true) == -1 || (true || false) != \"x\" };"))
        .isTrue();
    assertThat(isValidAt(1, "permit(principal, action, resource) when { principal.ok == -1 };"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\": \"text\"}",
        "{\"at\": {\"fn\": \"decimal\", \"arg\": \"1.0\"}}",
        "{\"set\": [true]}",
      })
  void aRequestThatIsNotCheckedMayHaveValuesOfOtherTypes(String context) {
    Source request =
        Source.of(
            "r.json",
            "{\"principal\": \"User::\\\"a\\\"\", \"action\": \"Action::\\\"view\\\"\","
                + " \"resource\": \"Group::\\\"g\\\"\", \"context\": "
                + context
                + "}");
    Request unchecked = RequestJson.read(request, SCHEMA, false);

    assertThat(
            Authorizer.of(PolicySet.parse("permit(principal, action, resource);"))
                .decide(unchecked, Entities.EMPTY))
        .isEqualTo(Decision.ALLOW);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> RequestJson.read(request, SCHEMA))
        .isInstanceOf(DiagnosticsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"set\": {}}", "{\"at\": 1}", "{\"at\": \"never\"}", "{\"other\": 1}"})
  void evenThenTheSchemaSaysHowTheContextIsRead(String context) {
    Source request =
        Source.of(
            "r.json",
            "{\"principal\": \"User::\\\"a\\\"\", \"action\": \"Action::\\\"view\\\"\","
                + " \"resource\": \"Group::\\\"g\\\"\", \"context\": "
                + context
                + "}");

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> RequestJson.read(request, SCHEMA, false))
        .isInstanceOf(DiagnosticsException.class);
  }

  @Test
  void anAnnotationWithoutAValueIsPrintedWithoutOne() {
    PolicySet policies = PolicySet.parse("@note permit(principal, action, resource);");
    PolicySet printed = PolicySet.parse(PolicyPrinter.text(policies));

    assertThat(PolicyPrinter.text(policies)).startsWith("@note\npermit");
    assertThat(PolicyJsonWriter.set(printed)).isEqualTo(PolicyJsonWriter.set(policies));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "entity B; entity A in [B,];",
        "entity A; action a appliesTo { principal: [A,], resource: A };",
      })
  void aListOfEntityTypesDoesNotEndWithAComma(String schema) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Schema.parse(schema))
        .isInstanceOf(DiagnosticsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"staticPolicies\": {}}", "{\"templates\": {}, \"staticPolicies\": {}}"})
  void aSetInJsonHasAllItsParts(String json) {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> dev.bylaw.cedar.est.PolicyJsonReader.read(Source.of("p.json", json)))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("templateLinks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User::\"a\"",
        "User :: \"a\"",
        " User::\"a\" ",
        "User::\"\\u{61}\"",
        "User::\"\\x61\""
      })
  void anEntityInARequestIsReadHoweverItIsWritten(String text) {
    String uid = text.replace("\\", "\\\\").replace("\"", "\\\"");
    Source request =
        Source.of(
            "r.json",
            "{\"principal\": \""
                + uid
                + "\", \"action\": \"Action::\\\"view\\\"\", \"resource\": \"Group::\\\"g\\\"\"}");

    assertThat(RequestJson.read(request, SCHEMA).principal())
        .isEqualTo(dev.bylaw.cedar.value.EntityUid.of("User", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"User::a", "::\"a\"", "User::\"a", "User::\"a\"b\"", "if::\"a\"", "User::\"\\q\""})
  void whatIsNoEntityIsRefused(String text) {
    String uid = text.replace("\\", "\\\\").replace("\"", "\\\"");
    Source request =
        Source.of(
            "r.json",
            "{\"principal\": \""
                + uid
                + "\", \"action\": \"Action::\\\"view\\\"\", \"resource\": \"Group::\\\"g\\\"\"}");

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> RequestJson.read(request, SCHEMA))
        .isInstanceOf(DiagnosticsException.class);
  }

  @Test
  void anActionCanBeTheValueOfAnAttribute() {
    Schema schema =
        Schema.parse(
            """
            action edit;
            namespace N {
              type Done = { last: Action };
              entity User { done: Done };
              action view appliesTo { principal: User, resource: User, context: { by: N::Action } };
            }
            """);

    for (String valid :
        List.of("context.by == action", "principal.done.last in N::Action::\"view\"")) {
      String policy = "permit(principal, action, resource) when { " + valid + " };";
      var found = new Validator(schema).validate(PolicySet.parse(policy));
      assertThat(Validator.hasErrors(found)).as(valid).isFalse();
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Schema.parse("entity User { last: Action };"))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("unknown type `Action`");
  }

  @Test
  void anActionInAnEntityIsReadWhereTheSchemaHasItsType() {
    Schema schema = Schema.parse("entity User { last: Action }; action edit;");
    String entity =
        "[{\"uid\": {\"type\": \"User\", \"id\": \"a\"}, \"parents\": [], \"attrs\":"
            + " {\"last\": {\"type\": \"Action\", \"id\": \"edit\"}}}]";

    assertThat(
            EntityJson.read(Source.of("e.json", entity), schema)
                .entity(dev.bylaw.cedar.value.EntityUid.of("User", "a")))
        .isNotNull();
  }
}
