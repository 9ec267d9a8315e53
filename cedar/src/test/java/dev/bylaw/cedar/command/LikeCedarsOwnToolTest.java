package dev.bylaw.cedar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts written for Cedar's own tool look for; expectations are what that tool prints. */
class LikeCedarsOwnToolTest {
  @Test
  void firstLinesAreThoseOfCedarsOwnTool() {
    assertThat(CedarCommands.checkParse(Inputs.NONE, "foo + 1").out())
        .startsWith("  × invalid variable: foo\n");
    assertThat(CedarCommands.checkParse(Inputs.NONE, "principal.a b").out())
        .startsWith("  × unexpected token `b`\n");
    assertThat(CedarCommands.checkParse(Inputs.NONE, "'a'").out())
        .startsWith("  × invalid token\n");
    Source schema = Source.of("s", "entity A { t t: Long };");
    assertThat(CedarCommands.schemaToJson(schema).err())
        .startsWith("  × error parsing schema: unexpected token `t`\n");
    assertThat(CedarCommands.schemaToResolvedJson(schema).err())
        .startsWith("  × error parsing schema: unexpected token `t`\n");
    Source est = Source.of("p.json", "{\"templates\": {}, \"staticPolicies\": {}}");
    assertThat(CedarCommands.policiesToText(est).err())
        .startsWith("  × failed to create policy set from JSON policy\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decimal(\"1.00\")",
        "duration(\"60m\")",
        "datetime(\"2024-01-01T10:00:00+0100\")",
        "ip(\"1.2.3.4/32\")"
      })
  void valuesOfExtensionsAreShownAsTheyWereWritten(String written) {
    assertThat(evaluated(written)).isEqualTo("\n" + written + "\n");
  }

  @Test
  void valuesOfExtensionsThatNobodyWroteAreShownInOneForm() {
    assertThat(evaluated("datetime(\"2024-01-01T10:00:00Z\").toDate()"))
        .isEqualTo("\ndatetime(\"1970-01-01\").offset(duration(\"1704067200000ms\"))\n");
    assertThat(evaluated("datetime(\"2024-01-01T10:00:00Z\").toTime()"))
        .isEqualTo("\nduration(\"36000000ms\")\n");
    assertThat(evaluated("decimal(\"1.00\") == decimal(\"1.0\")")).isEqualTo("\ntrue\n");
  }

  private static String evaluated(String expression) {
    Question question = Question.of("User::\"a\"", "Action::\"v\"", "User::\"b\"");
    return CedarCommands.evaluate(Inputs.NONE, question, expression).out();
  }

  @Test
  void membersThatTheJsonOfAPolicyDoesNotHaveAreToldWithTheOneThatIsMeant() {
    String policy =
        """
        {"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"},
         "resource": {"op": "All"}, "conditions": [{"kind": "when", "body":
           {".": {"left": {"Var": "principal"}, "attr": "a", "atr": "b"}}, "more": 1}]}
        """;
    assertThat(CedarCommands.policiesToText(Source.of("p.json", policy)).err())
        .contains("p.json:3:61: C0441: unknown member `atr` of `.`")
        .contains("did you mean `attr`?")
        .contains("unknown member `more`");
  }

  @Test
  void ofTwoAttributesWithOneNameTheLastCountsAsInCedarsOwnTool() {
    Source schema = Source.of("s.cedarschema", "entity A { \"a\": Bool, b: Long, a: Long };");
    Outcome json = CedarCommands.schemaToJson(schema);
    assertThat(json.exitCode()).isZero();
    assertThat(json.out()).contains("\"a\":{\"type\":\"EntityOrCommon\",\"name\":\"Long\"}");
    assertThat(json.err()).contains("attribute `a` is declared twice");
  }
}
