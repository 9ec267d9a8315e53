package dev.bylaw.rego.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.rego.Options;
import dev.bylaw.rego.Policy;
import dev.bylaw.rego.Request;
import dev.bylaw.rego.builtin.TermText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where numbers and how they are written once differed from OPA's. */
class FoundInNumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "json.marshal([1.50, 1e3, 1.0, -0]) | \"[1.50,1e3,1.0,-0]\"",
        "json.marshal(json.unmarshal(\"[1.0, 1E2]\")) | \"[1.0,1E2]\"",
        "json.marshal(1234567 + 0.5) | \"1.2345675e+06\"",
        "json.marshal(0.00001 / 3) | \"3.3333333333333333334e-06\"",
        "json.marshal(0 / -5) | \"-0\"",
        "json.marshal(to_number(\"1.50\")) | \"1.50\"",
        "json.marshal({1.0: 2.50}) | \"{\\\"1.0\\\":2.50}\"",
        "sprintf(\"%v %d\", [1.0, 1.0]) | \"1 %!d(float64=1)\"",
        "sprintf(\"%v\", [[1.50, {\"a\": 1e3}]]) | \"[1.50, {\\\"a\\\": 1e3}]\"",
        "sprintf(\"%v\", [123456789.5]) | \"1.234567895e+08\"",
        "sprintf(\"%d %v\", [12345678901234567890, 1e400]) | \"12345678901234567890 1e400\"",
        "sprintf(\"%f\", [1]) | \"%!f(int64=1)\"",
        "sprintf(\"%[3]d\", [1, 2]) | \"%!d(BADINDEX)\"",
        "sprintf(\"%*d\", [\"a\", 1]) | \"%!(BADWIDTH)1\"",
        "sprintf(\"%5z\", [1]) | \"%!z(int64=    1)\"",
        "sprintf(\"%+v|%.0d|%# x\", [5, 0, \"ab\"]) | \"5||0x61 0x62\"",
        "sprintf(\"%x %b\", [1.5, 1.5]) | \"0x1.8p+00 6755399441055744p-52\"",
        "sprintf(\"%+q\", [\"é\"]) | \"\\\"\\\\u00e9\\\"\"",
        "ceil(-0.5) | 1",
        "floor(-0.5) | 0",
        "floor(1e30) | 1000000000000000000024696061952",
        "abs(123456789012345678901234567890) | 123456789012345678900000000000",
        "1 / 3 | 0.33333333333333333334",
        "12345678901234567890123 * 0.5 | 6172839450617283945000",
        "product([0.1, 0.2, 0.3]) | 0.006",
        "substring(\"abc\", 1.0, 1) | \"b\"",
        "{1: \"a\"}[1.0] | \"a\"",
        "{1.0, 1} | {1.0}",
        "json.marshal(units.parse(\"100m\")) | \"0.1000000000\"",
        "units.parse_bytes(\"12345678901234567890P\") | 12345678901234567890228851228278784",
      })
  void aCallGivesTheNumberThatOpaGivesAsItWritesIt(String call, String wanted) {
    Policy none = Policy.compile(List.of(), Options.standard());
    assertThat(TermText.of(none.prepare(call).value(Request.of(null)).orElseThrow()))
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "substring(\"abc\", 1e0, 1) | substring: operand 2 must be integer number but got floating-point number",
        "format_int(1, 1e1) | format_int: operand 2 must be one of {2, 8, 10, 16}",
        "to_number(\"1e400\") | to_number: strconv.ParseFloat: parsing \"1e400\": value out of range",
        "units.parse(\"0x1F\") | units.parse: units.parse: unit x1f not recognized",
        "units.parse_bytes(\"1.2.3K\") | units.parse_bytes: units.parse_bytes: could not parse byte amount to a number",
      })
  void aNumberIsRefusedAsInOpa(String call, String wanted) {
    Answer answer = Engine.ask(Question.of(call, null));
    assertThat(answer.errors()).isNotEmpty();
    assertThat(answer.errors().getFirst().message()).isEqualTo(wanted);
  }
}
