package dev.bylaw.cedar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Source;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(CedarCommands.schemaToJson(Text.of(schema)).err())
        .startsWith("  × error parsing schema: unexpected token `t`\n");
    assertThat(CedarCommands.schemaToResolvedJson(Text.of(schema)).err())
        .startsWith("  × error parsing schema: unexpected token `t`\n");
    Source est = Source.of("p.json", "{\"templates\": {}, \"staticPolicies\": {}}");
    assertThat(CedarCommands.policiesToText(Text.of(est)).err())
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
    assertThat(CedarCommands.policiesToText(Text.of(Source.of("p.json", policy))).err())
        .contains("p.json:3:61: C0441: unknown member `atr` of `.`")
        .contains("did you mean `attr`?")
        .contains("unknown member `more`");
  }

  @Test
  void ofTwoAttributesWithOneNameTheLastCountsAsInCedarsOwnTool() {
    Source schema = Source.of("s.cedarschema", "entity A { \"a\": Bool, b: Long, a: Long };");
    Outcome json = CedarCommands.schemaToJson(Text.of(schema));
    assertThat(json.exitCode()).isZero();
    assertThat(json.out()).contains("\"a\":{\"type\":\"EntityOrCommon\",\"name\":\"Long\"}");
    assertThat(json.err()).contains("attribute `a` is declared twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "!!!!!true | too many occurrences of `!`",
        "a::b::f(1) | `a::b::f` is not a valid function",
        "context.nope | ",
        "contxt.nope | invalid member access `contxt.nope`, `contxt` has no fields or methods",
        "contxt.nope(1) | attempted to call `contxt.nope(...)`, but `contxt` does not have any",
        "principal(1) | `principal(...)` is not a valid function call",
        "[].contains() | call to `contains` requires exactly 1 argument, but got 0 arguments",
        "1 / 2 | division is not supported",
        "1 = 2 | '=' is not a valid operator in Cedar",
        "1 < 2 < 3 | multiple relational operators (>, ==, in, etc.) must be used with",
        "[1, 2 | unexpected end of input",
        "1 + ) 'x' | invalid token",
        "99999999999999999999 | integer parse error: number too large to fit in target type",
        "9223372036854775808 | integer literal `9223372036854775808` is too large"
      })
  void anExpressionIsTakenForWhatCedarsGrammarTakesItFor(String expression, String line) {
    String out = CedarCommands.checkParse(Inputs.NONE, expression).out();
    assertThat(out).startsWith(line == null ? "" : "  × " + line);
    assertThat(out.isEmpty()).isEqualTo(line == null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | EOF while parsing an object at line 1 column 1",
        "{\"\": 1} | invalid type: integer `1`, expected struct NamespaceDefinition at line 1",
        "{\"\": {\"entityTypes\": {}}} | missing field `actions` at line 1 column 24",
        "{\"\": {\"entityTypes\": {\"A\": {\"x\": 1}}, \"actions\": {}}} | unknown field `x`, expected one",
        "{\"\": {\"entityTypes\": {}, \"actions\": {}},} | trailing comma at line 1 column 41"
      })
  void theFormOfAJsonSchemaIsToldInTheWordsOfCedarsOwnTool(String schema, String line) {
    assertThat(CedarCommands.schemaToText(Text.of(Source.of("s.json", schema))).err())
        .startsWith("  × " + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" User::\"a\"", "User :: \"a\"", "User::\"a\"//c", "User::\"\\x61\"", "if::\"a\""})
  void anEntityOnTheCommandLineHasOneForm(String uid) {
    Question question = Question.of(uid, "Action::\"v\"", "User::\"b\"");
    assertThat(CedarCommands.evaluate(Inputs.NONE, question, "1").out())
        .startsWith("\n  × failed to parse principal " + uid + " as entity Uid\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "(", "{a: ", "if ", "A::{a: ", "has ", "!", "f("})
  void whatIsNestedWithoutEndIsToldInOneLine(String open) {
    String deep = open.repeat(100_000) + "1 2";
    Outcome outcome = CedarCommands.checkParse(Inputs.NONE, deep);
    assertThat(outcome.exitCode()).isEqualTo(Outcome.FAILED);
    assertThat(outcome.out() + outcome.err()).contains("×");
  }

  @Test
  void whatIsWrongFirstIsToldFirst() {
    Inputs inputs =
        Inputs.NONE
            .withPolicies(Source.of("p", "permit("))
            .withSchema(() -> {
              throw new Failure(Trouble.of("failed to open schema file s", "none"));
            });
    assertThat(CedarCommands.validate(inputs, false, OptionalInt.empty()).out())
        .startsWith("  × failed to parse policy set\n")
        .contains("  × failed to open schema file s\n");
  }

  @Test
  void aRequestThatIsNotAsTheSchemaWantsItIsToldByItsFirstMistake() {
    Inputs inputs =
        Inputs.NONE.withSchema(
            Source.of(
                "s",
                "entity U, V; action v appliesTo { principal: U, resource: V, context: {n: Long} };"));
    assertThat(asked(inputs, "W", "V"))
        .startsWith("\n  × principal type `W` is not declared in the schema\n");
    assertThat(asked(inputs, "V", "V"))
        .startsWith("\n  × principal type `V` is not valid for `Action::\"v\"`\n");
    assertThat(asked(inputs, "U", "V"))
        .startsWith("\n  × context `{}` is not valid for `Action::\"v\"`\n");
  }

  private static String asked(Inputs inputs, String who, String which) {
    Question question = Question.of(who + "::\"a\"", "Action::\"v\"", which + "::\"b\"");
    return CedarCommands.evaluate(inputs, question, "1").out();
  }

  @Test
  void aRequestWithoutContextIsToldWhereItIs() {
    Source request = Source.of("r.json", "\n{\"principal\": \"U::\\\"a\\\"\", \"contxt\": {}}");
    assertThat(CedarCommands.evaluate(Inputs.NONE, Question.of(request), "1").out())
        .startsWith("\n  × failed to parse request-json file r.json\n")
        .contains("r.json:2:1: C0432: a request without `context`")
        .contains("did you mean `context`?");
  }

  @Test
  void withoutPoliciesTheLineBreakBehindTheLastOneStandsAlone() {
    assertThat(CedarCommands.format(Text.of(Source.of("p", "")), 80, 2, true))
        .extracting(Outcome::exitCode, Outcome::text)
        .containsExactly(Outcome.FAILED, "\n");
    assertThat(CedarCommands.format(Text.of(Source.of("p", "// a\n\n// b")), 80, 2, false).out())
        .isEqualTo("\n// a\n// b\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20 | permit^(principal, action, resource)^when { true };",
        "80 | permit (principal, action, resource)^when { true };"
      })
  void whatFollowsOnALineCountsForWhatFitsThere(int width, String lines) {
    Source policy = Source.of("p", "permit(principal,action,resource)when{true};");
    assertThat(CedarCommands.format(Text.of(policy), width, 2, false).out())
        .isEqualTo(lines.replace('^', '\n') + "\n");
  }
}
