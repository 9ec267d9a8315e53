package dev.bylaw.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bylaw.cedar.authorize.RequestJson;
import dev.bylaw.cedar.entity.EntityJson;
import dev.bylaw.cedar.schema.Schema;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import org.junit.jupiter.api.Test;

/** Mistakes in entities and requests are told all at once, each at its place. */
class MistakesAtOnceTest {
  private static final Schema SCHEMA =
      Schema.parse(
          """
          entity Group;
          entity User in [Group] { name: String, color?: Color };
          entity Doc;
          entity Color enum ["red", "green"];
          action view appliesTo { principal: User, resource: Doc, context: { count?: Long } };
          """);

  private static String entities(String json) {
    var mistakes =
        catchThrowableOfType(
            DiagnosticsException.class, () -> EntityJson.read(Source.of("e.json", json), SCHEMA));
    return mistakes.getMessage();
  }

  private static String request(String json) {
    var mistakes =
        catchThrowableOfType(
            DiagnosticsException.class, () -> RequestJson.read(Source.of("r.json", json), SCHEMA));
    return mistakes.getMessage();
  }

  @Test
  void anEntityThatCannotBeReadHidesNoMistakeOfTheOthers() {
    assertThat(
            entities(
                """
                [{"uid": {"type": "Usr", "id": "a"}, "attrs": {}, "parents": []},
                 {"uid": {"type": "User", "id": "b"}, "attrs": {"nam": "x"},
                  "parents": [{"type": "Grup", "id": "g"}]},
                 {"uid": {"type": "User", "id": "c"}, "parents": [],
                  "attrs": {"name": "x", "color": {"__entity": {"type": "Color", "id": "gren"}}}},
                 {"uid": {"type": "Action", "id": "vew"}, "attrs": {}, "parents": []},
                 {"uid": {"type": "Group", "id": "g"}, "attr": {}, "parents": []}]
                """))
        .contains("e.json:1:10: C0426: unknown entity type `Usr`", "did you mean `User`?")
        .contains("e.json:2:56: C0413: unexpected attribute `nam`", "did you mean `name`?")
        .contains("e.json:2:10: C0422", "Grup")
        .contains("e.json:4:10: C0422", "gren")
        .contains("e.json:6:10: C0422", "vew", "did you mean `Action::\"view\"`?")
        .contains("e.json:7:2: C0425: missing `attrs`", "did you mean `attrs`?");
  }

  @Test
  void unknownTypesAndActionsOfARequestAreToldWhereTheyAreWritten() {
    assertThat(
            request(
                """
                {"principal": "Usr::\\"a\\"", "action": "Action::\\"vew\\"",
                 "resource": {"type": "Dc", "id": "d"}, "context": {"cuont": 1}}
                """))
        .contains("r.json:1:15: C0437: unknown entity type `Usr`", "did you mean `User`?")
        .contains("r.json:1:39: C0435: unknown action", "did you mean `Action::\"view\"`?")
        .contains("r.json:2:14: C0437: unknown entity type `Dc`", "did you mean `Doc`?");
    assertThat(
            request(
                """
                {"principal": "Usr::\\"a\\"", "action": "Action::\\"view\\"",
                 "resource": "Doc::\\"d\\"", "context": {"cuont": 1}}
                """))
        .contains("C0437: unknown entity type `Usr`")
        .contains("C0413: unexpected attribute `cuont`", "did you mean `count`?");
  }
}
