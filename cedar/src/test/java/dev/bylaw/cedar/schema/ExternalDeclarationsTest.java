package dev.bylaw.cedar.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.entity.PartialEntities;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.partial.PartialAuthorizer;
import dev.bylaw.cedar.partial.PartialRequest;
import dev.bylaw.cedar.partial.PartialRequest.PartialEntity;
import dev.bylaw.cedar.policy.PolicySet;
import dev.bylaw.cedar.validate.Validator;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types and actions that a schema names and leaves for another one to define. */
class ExternalDeclarationsTest {
  private static final String TEXT =
      """
      entity Photo = {
        owner: User
      };

      entity Team;

      external entity User in [Team];

      external action "audit";

      action "view" in [Action::"audit"] appliesTo {
        principal: [User],
        resource: [Photo],
        context: {}
      };
      """;
  private static final Schema SCHEMA = Schema.parse(TEXT);

  private static SchemaDeclarations declarations(String text) {
    var diagnostics = new Diagnostics();
    SchemaDeclarations read = SchemaParser.parse(Source.of("s.cedarschema", text), diagnostics);
    diagnostics.throwIfErrors();
    return read;
  }

  @Test
  void theyAreWrittenAsTheyAreRead() {
    assertThat(SchemaPrinter.text(declarations(TEXT))).isEqualTo(TEXT);
    String json = JsonWriter.compact(SchemaJsonWriter.json(declarations(TEXT)));
    assertThat(json)
        .contains("\"User\":{\"memberOfTypes\":[\"Team\"],\"external\":true}")
        .contains("\"audit\":{\"external\":true}");
    Schema read = Schema.parseJson(Source.of("s.json", json));
    assertThat(read.entityTypes()).isEqualTo(SCHEMA.entityTypes());
    assertThat(read.actions()).isEqualTo(SCHEMA.actions());
    assertThat(declarations("external entity external, entity;").namespaces().getFirst().entities())
        .extracting(SchemaDeclarations.EntityDeclaration::name)
        .containsExactly("external", "entity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "external entity A { x: Long }; ~ expected `;`, found `{`",
        "external entity A tags Long; ~ expected `;`, found `tags`",
        "external action a appliesTo { principal: A, resource: A }; ~ expected `;`",
        "external type T = Long; ~ expected `entity` or `action`, found `type`",
        "external entity B in A; entity A enum [\"x\"]; ~ cannot be in the enumerated type `A`",
      })
  void nothingElseIsSaidOfThem(String schema, String mistake) {
    assertThatThrownBy(() -> Schema.parse(schema))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining(mistake);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"external\": true, \"shape\": {\"type\": \"Record\", \"attributes\": {}}} ~ `shape`",
        "{\"external\": true, \"tags\": {\"type\": \"Long\"}} ~ `tags`",
        "{\"external\": true, \"enum\": [\"a\"]} ~ `enum`",
        "{\"external\": 1} ~ expected `external` as true or false, found an integer",
        "{\"external\": null} ~ expected `external` as true or false",
      })
  void norInJson(String type, String mistake) {
    String json = "{\"\": {\"entityTypes\": {\"A\": " + type + "}, \"actions\": {}}}";

    assertThatThrownBy(() -> Schema.parseJson(Source.of("s.json", json)))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining(mistake);
    String complete = json.replace(type, "{\"external\": false}");
    assertThat(Schema.parseJson(Source.of("s.json", complete)).incomplete()).isEmpty();
  }

  @Test
  void policiesCannotBeValidUntilAllIsDefined() {
    var validator = new Validator(SCHEMA);
    var policies =
        PolicySet.parse(
            "permit(principal, action, resource); forbid(principal, action, resource);");

    assertThat(SCHEMA.incomplete()).containsExactly("User", "Action::\"audit\"");
    assertThat(validator.validate(policies))
        .hasSize(2)
        .allMatch(d -> d.isError() && d.message().contains("`User`, `Action::\"audit\"`"));
    assertThat(validator.validate(policies, 1)).hasSize(2);
    assertThat(validator.validate(PolicySet.EMPTY)).isEmpty();
    var request =
        PartialRequest.withoutContext(
            new PartialEntity.Some("User"),
            EntityUid.of("Action", "view"),
            new PartialEntity.Some("Photo"));
    assertThatThrownBy(() ->
            PartialAuthorizer.authorizeBySome(
                PolicySet.EMPTY, request, PartialEntities.of(Entities.EMPTY), SCHEMA))
        .hasMessageContaining("the schema is incomplete");
  }

  @Test
  void requestsMayNameTypesThatAreNotDefinedButNoSuchActions() {
    String request =
        "{\"principal\": \"User::\\\"a\\\"\", \"action\": \"Action::\\\"view\\\"\", \"resource\":"
            + " \"Photo::\\\"p\\\"\", \"context\": {}}";

    assertThat(RequestJson.read(Source.of("r.json", request), SCHEMA).principal())
        .isEqualTo(EntityUid.of("User", "a"));
    assertThatThrownBy(
            () -> RequestJson.read(Source.of("r.json", request.replace("view", "audit")), SCHEMA))
        .hasMessageContaining("action `Action::\"audit\"` is declared `external`");
  }

  @Test
  void entitiesCannotBeOfTypesThatAreNotDefined() {
    String photo =
        "[{\"uid\": {\"type\": \"Photo\", \"id\": \"p\"}, \"attrs\": {\"owner\": {\"type\":"
            + " \"User\", \"id\": \"a\"}}, \"parents\": []}]";
    String user =
        "[{\"uid\": {\"type\": \"User\", \"id\": \"a\"}, \"attrs\": {}, \"parents\": []}]";

    assertThat(EntityJson.read(Source.of("e.json", photo), SCHEMA).size()).isEqualTo(3);
    assertThatThrownBy(() -> EntityJson.read(Source.of("e.json", user), SCHEMA))
        .hasMessageContaining("e.json:1:10")
        .hasMessageContaining("type `User` is declared `external`");
  }
}
