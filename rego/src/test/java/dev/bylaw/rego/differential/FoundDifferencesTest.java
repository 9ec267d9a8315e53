package dev.bylaw.rego.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the engine once differed from OPA. */
class FoundDifferencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "json.remove({\"a\": [{\"b\": 1}]}, [[\"a\", 0, \"b\"]]) | {\"a\":[{\"b\":1}]}",
        "json.filter({\"a\": 1}, [\"\", \"b\"]) | {}",
        "regex.find_n(\"(?s).*\", \"12 34\", -1) | [\"12 34\"]",
        "regex.replace(\"foo bar\", \"(a*)*\", \"-\") | \"-f-o-o- -b-r-\"",
        "regex.split(\"a|b:|\", \"xay\") | [\"x\",\"y\"]",
        "net.cidr_is_valid(\"10.0.0.0/08\") | true",
        "net.cidr_contains(\"::ffff:10.0.0.0/104\", \"10.1.2.3\") | true",
        "json.marshal({true: 1, \"a\": 2, \"z\": 3, 10: 4}) | \"{\\\"10\\\":4,\\\"a\\\":2,\\\"true\\\":1,\\\"z\\\":3}\"",
        "time.format([1, \"UTC\", \"\"]) | \"1970-01-01T00:00:00.000000001Z\"",
        "time.format([0, \"Asia/Kathmandu\", \"MST\"]) | \"+0530\"",
        "time.diff(-1, 86400000000000) | [0,0,1,0,0,1]",
        "sprintf(\"a\", [1]) | \"a%!(EXTRA int64=1)\"",
        "semver.compare(\"v1.2.3\", \"1.2.3\") | 0",
        "semver.is_valid(\"v1.2.3\") | true",
        "semver.is_valid(\"vv1.2.3\") | false",
        "semver.is_valid(\"1.2.9223372036854775808\") | false",
        "yaml.unmarshal(\"~\") | null",
        "yaml.marshal([1, {\"a\": [2]}]) | \"- 1\\n- a:\\n    - 2\\n\"",
        "yaml.unmarshal(\"a: 1\\na: 2\") | {\"a\":2}",
        "uri.parse(\"/a%20b\").raw_path | \"/a b\"",
        "net.cidr_contains_matches(\"x\", []) | []",
        "graph.reachable_paths({\"a\": {\"a\"}}, [\"a\"]) | [[\"a\",\"a\"]]",
        "graph.reachable_paths({\"a\": {\"b\"}, \"b\": {\"a\", \"c\"}}, [\"a\"]) | [[\"a\",\"b\"]]",
        "glob.match(\"[^a]\", [], \"^\") | true",
        "glob.match(\"[!a]\", [], \"a\") | false",
        "glob.match(\"[a]]\", [], \"a]\") | true",
        "glob.match(\"[-a]\", [], \"-\") | true",
        "crypto.x509.parse_certificates(\"\") | []",
        "crypto.x509.parse_and_verify_certificates(\"\") | [false,[]]",
      })
  void aCallGivesWhatOpaGives(String call, String wanted) {
    Answer answer = Engine.ask(Question.of("x = " + call, null));
    assertThat(answer.errors()).isEmpty();
    assertThat(((ObjectValue) answer.rows().getFirst()).get("x")).hasToString(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "base64.decode(\"616\") | base64.decode: illegal base64 data at input byte 0",
        "base64url.decode(\"YQ=\") | base64url.decode: illegal base64 data at input byte 3",
        "hex.decode(\"+1\") | hex.decode: encoding/hex: invalid byte: U+002B '+'",
        "urlquery.decode(\"a%zzb\") | urlquery.decode: invalid URL escape \"%zz\"",
        "json.patch({}, [{\"op\": \"remove\", \"path\": \"/a\"}]) | json.patch: cannot delete child key \"a\" that does not exist",
        "glob.match(\"x\\\\\", [], \"x\") | glob.match: glob: syntax error at 2: trailing backslash",
        "array.slice([1], 0, input[_]) with input as [\"x\"] | array.slice: operand 3 must be number but got string",
        "array.slice([1], 0, 1e40) | array.slice: operand 3 must be integer number but got floating-point number",
        "glob.match(\"[]\", [], \"a\") | glob.match: glob: syntax error at 2: could not parse range",
        "glob.match(\"[b-a]\", [], \"a\") | glob.match: glob: syntax error at 5: range hi character is less than lo",
        "glob.match(\"[a-]\", [], \"-\") | glob.match: glob: syntax error at 4: unexpected end of input",
        "glob.match(\"[a-zA]\", [], \"b\") | glob.match: glob: syntax error at 5: expected close range character",
        "glob.match(\"{a\", [], \"b\") | glob.match: glob: syntax error at 2: unclosed `{`",
        "crypto.x509.parse_rsa_private_key(\"\") | crypto.x509.parse_rsa_private_key: input PEM data was empty",
        "units.parse(\"G\") | units.parse: units.parse: no amount provided",
        "time.parse_rfc3339_ns(\"2021-13-01T00:00:00Z\") | time.parse_rfc3339_ns: parsing time \"2021-13-01T00:00:00Z\": month out of range",
      })
  void aCallFailsAsItDoesInOpa(String call, String wanted) {
    Answer answer = Engine.ask(Question.of(call, null));
    assertThat(answer.code()).isIn("eval_builtin_error", "eval_type_error");
    assertThat(answer.errors().getFirst().message()).isEqualTo(wanted);
  }

  @Test
  void aTestOfAPatchThatDoesNotHoldIsAnError() {
    String patch = "json.patch({\"a\": 1}, [{\"op\": \"test\", \"path\": \"/a\", \"value\": 2}])";
    Answer answer = Engine.ask(Question.of(patch, null));
    assertThat(answer.code()).isEqualTo("eval_builtin_error");
    assertThat(answer.errors().getFirst().message())
        .isEqualTo("json.patch: value from EditTree != patch value.\n\nExpected: 2\n\nFound: 1");
  }

  @Test
  void aVariableThatALookUpBindsIsComparedWithWhatIsFound() {
    Answer answer = Engine.ask(Question.of("a = [2, 2, 2, 4]; a[y] = y", null));
    assertThat(answer.rows()).hasSize(1);
    assertThat(((ObjectValue) answer.rows().getFirst()).get("y")).hasToString("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "[false, true][x] | [[{\"x\":1,\"\":[true]}]]",
        "[false, true][0] | [[{\"\":[false]}]]",
        "input == 1 with input as 2 | [[{\"\":[false]}]]",
        "not 1 != count([1]) | [[{\"\":[true]}]]",
        "1 with input.a as data.b | [[{\"\":[1]}]]",
        "true > 1 with input as data.b | [[{\"\":[false]}]]",
        "1 > true with input as data.b | [[{\"\":[true]}]]",
        "[2][_] != 1 with input.c as [data.b] | [[{\"\":[true]}]]",
        "x > 1; [2][_] = x | [[{\"x\":2,\"\":[true,true]}]]",
      })
  void aSolutionHasAValueForEachExpressionThatWasWritten(String query, String wanted) {
    ObjectValue data = ObjectValue.of("b", NumberValue.of(1));
    Answer answer = Engine.ask(new Question(Map.of(), query, data, null, false, true));
    assertThat(List.of(answer.rows())).hasToString(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "count(x) | rego_parse_error | rule name conflicts with built-in function",
        "p if \"a\"[x] | rego_parse_error | illegal ref (head cannot be string)",
        "p if true else := 1 if {} | rego_parse_error | found empty body",
        "p if { every x in [1] { true } } | rego_compile_error | declared var x unused",
        "p if { [x, 1] := [1, 1] } | rego_compile_error | cannot assign to number",
        "import rego.v1;import rego.v1 | rego_compile_error | import must not shadow import rego.v1",
      })
  void aMistakeIsToldAsOpaTellsIt(String rule, String code, String message) {
    String module = "package p\n" + rule.replace(";import", "\nimport") + "\n";
    Map<String, String> modules = Map.of("p.rego", module);
    Answer answer = Engine.ask(new Question(modules, "1", ObjectValue.EMPTY, null, false, false));
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.errors().getFirst().message()).isEqualTo(message);
  }
}
