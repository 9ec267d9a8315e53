package dev.bylaw.rego.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the check of types refuses, and how it says so. */
final class TypesTest {
  @Test
  void aLiteralOfTheWrongTypeIsNoOperand() {
    assertThat(mistakes("p := plus(\"a\", 1)"))
        .containsExactly(
            "3:6 plus: invalid argument(s) | have: (string, number, ???),"
                + " want: (number, number, number)");
  }

  @Test
  void aFunctionTakesWhatItsBodyNeeds() {
    assertThat(mistakes("f(x) := x + 1\np if f(\"a\")"))
        .containsExactly(
            "4:6 data.t.f: invalid argument(s) | have: (string), want: (number, number)");
  }

  @Test
  void typesOfRulesReachThoseThatUseThem() {
    assertThat(mistakes("p if q.a.x\nq := {\"a\": {\"b\": 1}}"))
        .containsExactly("3:6 undefined ref: data.t.q.a.x | have: \"x\", want (one of): [\"b\"]");
  }

  @Test
  void aRuleWithAMistakeMayBeAnythingToOthers() {
    assertThat(mistakes("p := plus(\"a\", 1)\nq if startswith(p, \"a\")")).hasSize(1);
  }

  @Test
  void aKeyOfDataThatNoRuleMakesMayBeAnything() {
    String keys = "q := v if { some v; data.b[v] }\nq := [1] if { 1 == data.d }\n";
    assertThat(mistakes(keys + "p := q.a")).isEmpty();
  }

  @Test
  void allMistakesAreToldInTheOrderOfTheText() {
    assertThat(mistakes("p if 1 == \"a\"\nq if { x := {1, 2}; x.foo }"))
        .containsExactly(
            "3:6 match error | left: number, right: string",
            "4:21 undefined ref: x.foo | have: \"foo\", want (type): number");
  }

  @Test
  void elementsOfCollectionsHaveTypes() {
    assertThat(mistakes("p if { some i, v in [\"a\"]; startswith(i, v) }"))
        .containsExactly(
            "3:28 startswith: invalid argument(s) | have: (number, string),"
                + " want: (string, string, boolean)");
    assertThat(mistakes("p contains x if { some x in [{\"a\": 1}]; x == \"b\" }"))
        .containsExactly("3:41 match error | left: object<a: number>, right: string");
  }

  @Test
  void whatIsLookedForMustBeAbleToStandInTheCollection() {
    assertThat(mistakes("p := \"a\" in [1]\nq := {\"k\": 1 in split(\"a b\", \" \")}"))
        .containsExactly(
            "3:6 match error | left: string, right: number",
            "4:12 match error | left: number, right: string");
    assertThat(mistakes("p if { x := \"a\"; not x in {1} }\nq := \"x\", 1 in {\"k\": \"v\"}"))
        .containsExactly(
            "3:18 match error | left: string, right: number",
            "4:6 match error | left: number, right: string");
    assertThat(mistakes("p := \"a\", 1 in [1]"))
        .containsExactly("3:6 match error | left: string, right: number");
    assertThat(
            mistakes(
                "p := 1 in []\nq := \"a\" in 7\nr := 1 in [\"a\", 2]\ns := {} in input.x\n"
                    + "t if every x in [\"a\"] { x in [1] }"))
        .isEmpty();
  }

  @Test
  void aFunctionTakesWhatItLooksFor() {
    assertThat(mistakes("f(x) := x in {\"a\"}\np := f(1)"))
        .containsExactly(
            "4:6 data.t.f: invalid argument(s) | have: (number, ???), want: (string, boolean)");
  }

  @Test
  void clausesOfOneRuleMayGiveEither() {
    assertThat(mistakes("p := 1 if input.a\np := \"s\" if input.b\nq if plus(p, true)"))
        .containsExactly(
            "5:6 plus: invalid argument(s) | have: (any<number, string>, boolean),"
                + " want: (number, number, number)");
  }

  @Test
  void whatIsNotKnownIsNeverRefused() {
    assertThat(
            mistakes(
                "p if { x := input.foo[y]; startswith(y, \"a\"); y > 1; plus(y, 1); x == [] }"))
        .isEmpty();
  }

  @Test
  void aSchemaOfInputSaysWhatItHas() throws JsonException {
    SchemaSet schemas = schemas("{\"input\": " + USER + "}", true);
    assertThat(mistakes("p if input.user == 1\nq if input.usr", schemas))
        .containsExactly(
            "3:6 match error | left: string, right: number",
            "4:6 undefined ref: input.usr | have: \"usr\", want (one of): [\"user\"]");
  }

  @Test
  void anAnnotationNamesASchemaForItsRuleAlone() throws JsonException {
    String text =
        "# METADATA\n# schemas:\n#   - input: schema.a.user\np if input.usr\nq if input.usr";
    assertThat(mistakes(text, schemas("{\"a\": {\"user\": " + USER + "}}", false)))
        .containsExactly("6:6 undefined ref: input.usr | have: \"usr\", want (one of): [\"user\"]");
    assertThat(mistakes(text, schemas("{}", false)))
        .containsExactly("6:1 undefined schema: schema.a.user");
    assertThat(mistakes(text)).isEmpty();
  }

  @Test
  void aSchemaWrittenInAnAnnotationReplacesAPartOfAnother() throws JsonException {
    String text =
        """
        # METADATA
        # schemas:
        #   - input: schema.user
        #   - input.user.id: {type: number}
        p if startswith(input.user.id, "a")
        """;
    assertThat(mistakes(text, schemas("{\"user\": " + USER + "}", false)))
        .containsExactly(
            "7:6 startswith: invalid argument(s) | have: (number, string),"
                + " want: (string, string, boolean)");
  }

  @Test
  void schemasDoNotReachIntoTheNetwork() {
    String text =
        "# METADATA\n# schemas:\n#   - input: {$ref: \"http://a.example/b\"}\np if input.x";
    assertThat(mistakes(text))
        .containsExactly(
            "6:1 unable to compile the schema: remote reference loading disabled:"
                + " http://a.example/b");
  }

  @Test
  void aPatternThatCannotFitBindsNothing() {
    assertThat(mistakes("p if { [a, b] := {\"x\": 1}; a == b }"))
        .containsExactly("3:8 var a is unsafe", "3:8 var b is unsafe");
  }

  private static final String USER =
      "{\"type\": \"object\", \"properties\": {\"user\": {\"type\": \"string\"}}}";

  private static SchemaSet schemas(String named, boolean input) throws JsonException {
    ObjectValue all = (ObjectValue) Json.parse(named);
    return input ? new SchemaSet(all.get("input"), null) : new SchemaSet(null, all);
  }

  private static List<String> mistakes(String rules) {
    return mistakes(rules, SchemaSet.NONE);
  }

  private static List<String> mistakes(String rules, SchemaSet schemas) {
    try {
      Policy.compile(
          List.of(Source.of("t.rego", "package t\n\n" + rules)),
          Options.standard().withSchemas(schemas));
      return List.of();
    } catch (DiagnosticsException e) {
      return e.diagnostics().stream()
          .map(d ->
              d.span().position().line()
                  + ":"
                  + d.span().position().column()
                  + " "
                  + d.message()
                  + (d.hint().isEmpty() ? "" : " | " + d.hint()))
          .toList();
    }
  }
}
