package dev.bylaw.cedar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Source;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CedarCommandsTest {
  private static final Inputs INPUTS =
      Inputs.NONE
          .withPolicies(
              Source.of(
                  "p.cedar",
                  """
                  permit(principal == User::"alice", action, resource);
                  @id("old") forbid(principal, action == Action::"edit", resource)
                  when { principal.age > 3 };
                  permit(principal == ?principal, action, resource);
                  """))
          .withSchema(
              Source.of(
                  "s.cedarschema",
                  """
                  entity User { age?: Long };
                  entity Photo;
                  action view, edit appliesTo { principal: User, resource: Photo };
                  """))
          .withEntities(
              Source.of(
                  "e.json",
                  "[{\"uid\": {\"type\": \"User\", \"id\": \"alice\"}, \"attrs\": {}, \"parents\": []}]"));

  private static final Inputs ALLOWING =
      Inputs.NONE.withPolicies(
          Source.of("p.cedar", "permit(principal == User::\"alice\", action, resource);"));

  private static Source noFile(String name) {
    throw new IllegalArgumentException("no file " + name);
  }

  private static Question may(String who, String what) {
    return Question.of("User::\"" + who + "\"", "Action::\"" + what + "\"", "Photo::\"p\"");
  }

  @Test
  void allowingIsZeroAndSaysWhichPoliciesErred() {
    assertThat(CedarCommands.authorize(INPUTS, may("alice", "edit"), true, false))
        .isEqualTo(
            new Outcome(
                0,
                """

                ALLOW

                error while evaluating policy `old`: `User::"alice"` does not have the attribute `age`

                note: this decision was due to the following policies:
                  policy0

                """));
  }

  @Test
  void denyingIsTwo() {
    assertThat(CedarCommands.authorize(INPUTS, may("bob", "view"), false, false))
        .isEqualTo(new Outcome(2, "\nDENY\n"));
  }

  @Test
  void aRequestThatTheSchemaDoesNotKnowIsAFailure() {
    Outcome outcome = CedarCommands.authorize(INPUTS, may("bob", "vieww"), false, false);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("unknown action").contains("did you mean");
  }

  @Test
  void linksApply() {
    Source links =
        Source.of(
            "l.json",
            "[{\"template_id\": \"policy2\", \"link_id\": \"bob\","
                + " \"args\": {\"?principal\": \"User::\\\"bob\\\"\"}}]");

    assertThat(
            CedarCommands.authorize(INPUTS.withLinks(links), may("bob", "view"), true, false).out())
        .contains("ALLOW")
        .endsWith("  bob\n\n");
  }

  @Test
  void policiesThatAreNotValidAreThree() {
    Outcome outcome = CedarCommands.validate(INPUTS, false, OptionalInt.empty());

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out())
        .startsWith("  × policy set validation failed\n")
        .contains("p.cedar:3:8: C0315")
        .contains("when { principal.age > 3 };");
  }

  @Test
  void warningsAreDeniedOnDemand() {
    Inputs never =
        INPUTS.withPolicies(
            Source.of("n.cedar", "permit(principal, action, resource) when { false };"));

    assertThat(CedarCommands.validate(never, false, OptionalInt.empty()).exitCode()).isZero();
    assertThat(CedarCommands.validate(never, true, OptionalInt.empty()).exitCode()).isEqualTo(3);
  }

  @Test
  void everythingThatIsGivenIsParsed() {
    Inputs broken =
        INPUTS
            .withPolicies(Source.of("b.cedar", "permit(principal, action);"))
            .withEntities(Source.of("e.json", "{}"));

    Outcome outcome = CedarCommands.checkParse(broken, "1 +");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("failed to parse policy set\nb.cedar:1:25: C0104: expected `,`, found `)`")
        .contains("unexpected end of input\nexpression:1:4: C0104: expected an expression");
    assertThat(CedarCommands.checkParse(INPUTS, null)).isEqualTo(new Outcome(0, ""));
  }

  @Test
  void expressionsAreEvaluated() {
    assertThat(
            CedarCommands.evaluate(
                INPUTS, may("alice", "view"), "[1, {x: ip(\"::1\"), d: decimal(\"1.50\")}]"))
        .isEqualTo(new Outcome(0, "\n[1, {\"d\": decimal(\"1.50\"), \"x\": ip(\"::1\")}]\n"));
    assertThat(CedarCommands.evaluate(INPUTS, may("alice", "view"), "1 + \"a\"").out())
        .contains("type error: expected long, found string");
  }

  @Test
  void aTemplateIsLinked() {
    Map<String, String> values = Map.of("?principal", "User::\"x\"");

    assertThat(CedarCommands.link(INPUTS, "policy2", "new", values).out())
        .isEqualTo(
            "Template-linked policy added: permit(principal == User::\"x\", action, resource);\n");
    assertThat(CedarCommands.link(INPUTS, "policy9", "new", values).out())
        .contains("failed to find a template with id `policy9`");
  }

  @Test
  void formattingCanBeChecked() {
    Source messy = Source.of("m.cedar", "permit(principal,action,resource);");
    Outcome formatted = CedarCommands.format(Text.of(messy), 80, 2, false);

    assertThat(formatted.out()).isEqualTo("permit (principal, action, resource);\n");
    assertThat(CedarCommands.format(Text.of(messy), 80, 2, true).exitCode()).isEqualTo(1);
    assertThat(
            CedarCommands.format(Text.of(Source.of("m.cedar", formatted.out())), 80, 2, true)
                .exitCode())
        .isZero();
  }

  @Test
  void policiesAndSchemasAreTranslatedBothWays() {
    Source policies = Source.of("p.cedar", "permit(principal, action, resource) when { 1 < 2 };");
    String json = CedarCommands.policiesToJson(Text.of(policies)).out();
    String text = CedarCommands.policiesToText(Text.of(Source.of("p.json", json))).out();
    assertThat(text)
        .isEqualTo("permit(\n  principal,\n  action,\n  resource\n) when {\n  1 < 2\n};\n");

    Source schema = Source.of("s.cedarschema", "entity User { age?: Long };\n");
    String schemaJson = CedarCommands.schemaToJson(Text.of(schema)).out();
    assertThat(CedarCommands.schemaToText(Text.of(Source.of("s.json", schemaJson))).out())
        .isEqualTo("entity User = {\n  age?: Long\n};\n");
  }

  @Test
  void aRequestWithGapsIsDecidedAsFarAsItIsKnown() {
    var question = new PartialQuestion("User", "alice", "Action::\"edit\"", "Photo", null, null);
    Inputs known =
        ALLOWING.withSchema(
            Source.of(
                "s.cedarschema",
                "entity User; entity Photo; action edit appliesTo { principal: User, resource:"
                    + " Photo, context: { n: Long } };"));
    Inputs open =
        known.withPolicies(
            Source.of(
                "o.cedar",
                "@id(\"a\") permit(principal, action, resource) when { context.n > 1 };"));

    assertThat(CedarCommands.tpe(known, () -> question, false).out()).isEqualTo("\nALLOW\n");
    Outcome unknown = CedarCommands.tpe(open, () -> question, false);
    assertThat(unknown.exitCode()).isEqualTo(4);
    assertThat(unknown.out())
        .isEqualTo(
            "\nUNKNOWN\nAll policy residuals:\n@id(\"a\")\npermit(principal, action, resource) when"
                + " { context.n > 1 };\n");
    Inputs invalid =
        known.withPolicies(
            Source.of("i.cedar", "permit(principal, action, resource) when { context.m > 1 };"));
    assertThat(CedarCommands.tpe(invalid, () -> question, false).out())
        .startsWith("\n  × policy failed to validate against the schema\ni.cedar:1:");
  }

  @Test
  void testsOfPoliciesAreRun() {
    String test =
        "[{\"name\": \"t\", \"request\": {\"principal\": \"User::\\\"alice\\\"\", \"action\":"
            + " \"Action::\\\"view\\\"\", \"resource\": \"Photo::\\\"p\\\"\", \"context\": {}},"
            + " \"entities\": [], \"decision\": \"%s\", \"reason\": [\"policy0\"],"
            + " \"num_errors\": 0}]";

    assertThat(
            PolicyTests.run(
                ALLOWING, Source.of("t.json", test.formatted("allow")), CedarCommandsTest::noFile))
        .isEqualTo(
            new Outcome(0, "running 1 test(s)\n  test t ... ok\nresults: 1 passed, 0 failed\n"));
    assertThat(
            PolicyTests.run(
                ALLOWING, Source.of("t.json", test.formatted("deny")), CedarCommandsTest::noFile))
        .isEqualTo(
            new Outcome(
                1,
                """
                running 1 test(s)
                  test t ... fail: expected Deny, got Allow
                results: 0 passed, 1 failed
                """));
  }

  @Test
  void everyMistakeOfEveryInputIsToldAtOnce() {
    Inputs broken =
        INPUTS
            .withPolicies(Source.of("b.cedar", "permit(principal, action);"))
            .withSchema(Source.of("s.cedarschema", "entity User in [Grup];"))
            .withEntities(Source.of("e.json", "{}"));

    assertThat(CedarCommands.authorize(broken, may("bob", "view"), false, false).out())
        .startsWith("\n  × failed to parse policy set\nb.cedar:1:25")
        .contains("  × failed to parse schema from file s.cedarschema\ns.cedarschema:1:17")
        .contains("  × failed to parse entities from file e.json\n");
  }

  @Test
  void warningsAloneFailWithAWarningSign() {
    Inputs never =
        INPUTS.withPolicies(
            Source.of("n.cedar", "permit(principal, action, resource) when { false };"));

    assertThat(CedarCommands.validate(never, true, OptionalInt.empty()).out())
        .startsWith("  ⚠ policy set validation failed\n");
  }

  @Test
  void aTestOfPoliciesThatCannotBeRunSaysWhy() {
    assertThat(
            PolicyTests.run(ALLOWING, Source.of("t.json", "[{}]"), CedarCommandsTest::noFile).out())
        .contains("test (unnamed) ... error:\n  expected an object with a `request`");
    assertThat(
            PolicyTests.run(ALLOWING, Source.of("t.json", "{}"), CedarCommandsTest::noFile)
                .exitCode())
        .isEqualTo(1);
  }

  @Test
  void linksAreAddedToTheirFile() {
    String one = Links.with(null, "t", "a", Map.of("?principal", "User::\"x\""));
    String two = Links.with(Source.of("l.json", one), "t", "b", Map.of());

    assertThat(two)
        .isEqualTo(
            "[{\"template_id\":\"t\",\"link_id\":\"a\",\"args\":{\"?principal\":"
                + "\"User::\\\"x\\\"\"}},{\"template_id\":\"t\",\"link_id\":\"b\",\"args\":{}}]");
    assertThat(Links.arguments("{\"?principal\": \"A\"}")).containsEntry("?principal", "A");
  }

  @Test
  void namesOfASchemaAreResolved() {
    Source schema =
        Source.of(
            "s.cedarschema",
            "namespace N { type T = Long; entity U { t: T, d: decimal }; action a appliesTo {"
                + " principal: U, resource: U }; }");

    assertThat(CedarCommands.schemaToResolvedJson(Text.of(schema)).out())
        .contains("\"N::T\"")
        .contains("\"N::U\"")
        .contains("\"decimal\"");
    assertThat(CedarCommands.schemaToJson(Text.of(Source.of("s", "entity A; entity A;"))).err())
        .contains("declared twice");
  }

  @Test
  void entitiesAreDrawn() {
    Source entities =
        Source.of(
            "e.json",
            "[{\"uid\": {\"type\": \"U\", \"id\": \"a\"}, \"attrs\": {}, \"parents\":"
                + " [{\"type\": \"G\", \"id\": \"g\"}]}]");

    assertThat(CedarCommands.visualize(Text.of(entities)).out())
        .startsWith("strict digraph {\n")
        .contains("\"U::\\\"a\\\"\" -> \"G::\\\"g\\\"\"");
  }

  @Test
  void aStaticPolicyIsNoTemplate() {
    assertThat(CedarCommands.link(INPUTS, "policy0", "new", Map.of()).out())
        .startsWith("  × expected a template, but a static policy was provided\n");
  }

  @Test
  void elementsOfSetsAreShownInOneOrderHoweverTheyWereWritten() {
    String expression =
        "[U::\"b\", {b: 1}, [2], \"x\", 1, true, ip(\"1.1.1.1\"), U::\"a\", decimal(\"2.0\"),"
            + " false, {a: 2}, [5, 1], \"B\", {a: 1, b: 0}, 1]";
    assertThat(CedarCommands.evaluate(INPUTS, may("alice", "view"), expression).out())
        .isEqualTo(
            "\n[false, true, 1, \"B\", \"x\", U::\"a\", U::\"b\", [1, 5], [2], {\"a\": 1, \"b\": 0},"
                + " {\"a\": 2}, {\"b\": 1}, decimal(\"2.0\"), ip(\"1.1.1.1\")]\n");
  }

  private static String failure(String request) {
    Outcome outcome =
        CedarCommands.evaluate(Inputs.NONE, Question.of(Source.of("r.json", request)), "context");
    assertThat(outcome.exitCode()).isEqualTo(Outcome.FAILED);
    return outcome.out().lines().skip(1).findFirst().orElseThrow();
  }

  @Test
  void aRequestAsJsonHasEntitiesAsTextAndAContext() {
    String parts = "\"action\": \"A::\\\"v\\\"\", \"resource\": \"R::\\\"r\\\"\"";
    String principal = "{\"principal\": \"U::\\\"a\\\"\", ";
    assertThat(failure(principal + parts + "}"))
        .isEqualTo("  × failed to parse request-json file r.json");
    assertThat(
            failure(
                "{\"principal\": {\"type\": \"U\", \"id\": \"a\"}, "
                    + parts
                    + ", \"context\": {}}"))
        .isEqualTo("  × failed to parse request-json file r.json");
    assertThat(failure("[]")).isEqualTo("  × failed to parse request-json file r.json");
    assertThat(failure(principal + parts + ", \"context\": []}"))
        .isEqualTo("  × failed to create a context from r.json");
    assertThat(failure("{\"principal\": \"U::a\", " + parts + ", \"context\": {}}"))
        .isEqualTo("  × failed to parse principal in r.json as entity Uid");
    assertThat(failure("{" + parts + ", \"context\": {}}")).contains("All three");
  }

  @Test
  void aPartOfARequestThatIsNoEntityIsNamed() {
    assertThat(
            CedarCommands.evaluate(Inputs.NONE, Question.of("U", "A::\"v\"", "R::\"r\""), "1")
                .out())
        .startsWith("\n  × failed to parse principal U as entity Uid\n");
  }

  @Test
  void jsonThatIsBothAPolicyAndASetIsToldSo() {
    Inputs both =
        Inputs.NONE.withJsonPolicies(Source.of("p", "{\"effect\": 1, \"templates\": {}}"));
    assertThat(CedarCommands.checkParse(both, null).out())
        .startsWith(
            "  × cannot determine if json policy is a single policy or a policy set. Found\n");
    Inputs set = Inputs.NONE.withJsonPolicies(Source.of("p", "{\"staticPolicies\": {}}"));
    assertThat(CedarCommands.checkParse(set, null).out())
        .startsWith("  × failed to create policy set from JSON policy\n");
  }

  @Test
  void schemasAreTranslatedInTheOrderOfNames() {
    String text = "entity B { z: Long, a: Bool }; entity A; action y, x;";
    assertThat(CedarCommands.schemaToJson(Text.of(Source.of("s", text))).out())
        .isEqualTo(
            "{\"\":{\"entityTypes\":{\"A\":{},\"B\":{\"shape\":{\"type\":\"Record\",\"attributes\":{"
                + "\"a\":{\"type\":\"EntityOrCommon\",\"name\":\"Bool\"},"
                + "\"z\":{\"type\":\"EntityOrCommon\",\"name\":\"Long\"}}}}},\"actions\":{"
                + "\"x\":{\"appliesTo\":{\"resourceTypes\":[],\"principalTypes\":[]}},"
                + "\"y\":{\"appliesTo\":{\"resourceTypes\":[],\"principalTypes\":[]}}}}}\n");
    assertThat(CedarCommands.schemaToResolvedJson(Text.of(Source.of("s", "entity A;"))).out())
        .isEqualTo(
            "{\n  \"\": {\n    \"entityTypes\": {\n      \"A\": {}\n    },\n    \"actions\": {}\n  }\n}\n");
  }

  @Test
  void typesThatJsonCallsBuiltInAreWrittenInFull() {
    String json =
        "{\"\": {\"entityTypes\": {\"A\": {\"shape\": {\"type\": \"Record\", \"attributes\": {"
            + "\"b\": {\"type\": \"Extension\", \"name\": \"ipaddr\"}, \"a\": {\"type\": \"Boolean\"}}}}},"
            + " \"actions\": {}}}";
    assertThat(CedarCommands.schemaToText(Text.of(Source.of("s", json))).out())
        .isEqualTo("entity A = {\n  a: __cedar::Bool,\n  b: __cedar::ipaddr\n};\n");
  }

  @Test
  void whatScopesAskForGoesToALineOfItsOwnWhereItIsLong() {
    String text =
        """
        permit (
          principal is User in
            Group::"cooooooooooooooks",
          action in
            [Action::"vieeeeeeeeew",
             Action::"editttttttttt"],
          resource
        )
        when
        { principal.age > context.ageeeee };
        """;
    String onOneLine = text.replaceAll("\\s+", " ");
    assertThat(CedarCommands.format(Text.of(Source.of("p", onOneLine)), 37, 2, false).out())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a b": {"entityTypes": {}, "actions": {}}}                                      | a b
          {"__cedar::x": {"entityTypes": {}, "actions": {}}}                               | __cedar::x
          {"": {"entityTypes": {"U V": {}}, "actions": {}}}                                | U V
          {"": {"entityTypes": {"A::B": {}}, "actions": {}}}                               | A::B
          {"": {"entityTypes": {"U": {"memberOfTypes": ["if"]}}, "actions": {}}}           | if
          {"": {"entityTypes": {"U": {"tags": {"type": "z z"}}}, "actions": {}}}           | z z
          {"": {"entityTypes": {"U": {"annotations": {"a-b": "x"}}}, "actions": {}}}       | a-b
          {"": {"entityTypes": {}, "actions": {"v": {"memberOf": [{"id": "w", "type": "1"}]}}}} | 1
          {"": {"entityTypes": {}, "actions": {"v": {"appliesTo": {"principalTypes": ["q;"], "resourceTypes": []}}}}} | q;
          {"": {"commonTypes": {"T": {"type": "Set", "element": {"type": "Entity", "name": "a,b"}}}, "entityTypes": {}, "actions": {}}} | a,b
          """)
  void aSchemaInJsonIsNotTranslatedIfANameInItCannotBeWritten(String json, String name) {
    Outcome outcome = CedarCommands.schemaToText(Text.of(Source.of("s.json", json)));

    assertThat(outcome.exitCode()).isEqualTo(Outcome.FAILED);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("s.json:1:", "`" + name + "` is not the name of");
  }

  @Test
  void attributesAndActionsAreNamedByAnyText() {
    String json =
        "{\"\":{\"entityTypes\":{\"U\":{\"shape\":{\"type\":\"Record\",\"attributes\":"
            + "{\"a b\":{\"type\":\"Long\"}}}}},\"actions\":{\"\":{},\"x y\":{}}}}";

    assertThat(CedarCommands.schemaToText(Text.of(Source.of("s.json", json))).out())
        .contains("\"a b\"", "action \"\"", "action \"x y\"");
  }

  @Test
  void whatIsProbablyNotMeantInASchemaIsToldAside() {
    Source schema =
        Source.of(
            "s.cedarschema",
            "entity String; entity User; action view appliesTo { principal: User, resource: String };");
    Outcome valid = CedarCommands.validate(ALLOWING.withSchema(schema), true, OptionalInt.empty());

    assertThat(valid.exitCode()).isZero();
    assertThat(valid.out()).startsWith("  ☞ policy set validation passed");
    assertThat(valid.err()).startsWith("  ⚠ ");
    assertThat(CedarCommands.checkParse(Inputs.NONE.withSchema(schema), null).err())
        .contains("`String`");
    assertThat(CedarCommands.schemaToJson(Text.of(schema)).err()).contains("`String`");
    assertThat(CedarCommands.schemaToResolvedJson(Text.of(schema)).err()).contains("`String`");
    assertThat(CedarCommands.schemaToJson(Text.of(schema)).out()).startsWith("{");
  }
}
