package dev.bylaw.expression;

import static dev.bylaw.expression.Trial.complaints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintsTest {
  @Test
  void everyUnknownNameIsToldAtOnceWithTheNearest() {
    assertThat(complaints("parms.amount > 1 && action.startWith('x') && bylaw.contain_pii(params)"))
        .isEqualTo(
            """
            rule:1:1: E0602: unknown variable `parms`
              parms.amount > 1 && action.startWith('x') && bylaw.contain_pii(params)
              ^^^^^ did you mean `params`?
            rule:1:28: E0603: unknown function `startWith`
              parms.amount > 1 && action.startWith('x') && bylaw.contain_pii(params)
                                         ^^^^^^^^^ did you mean `startsWith`?
            rule:1:46: E0603: unknown function `bylaw.contain_pii`
              parms.amount > 1 && action.startWith('x') && bylaw.contain_pii(params)
                                                           ^^^^^^^^^^^^^^^^^ did you mean `bylaw.contains_pii`?\
            """
                .stripIndent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "params.x >|rule:1:11: E0601: expected more, found the end of the condition",
        "params.x = 1|rule:1:10: E0601: unexpected `=`",
        "action == 'x' and params.y|rule:1:15: E0601: unexpected `and`",
        "'abc|rule:1:1: E0601: a text without an end",
        "action < 3|rule:1:8: E0604: `<` cannot be applied to `string, int`",
        "params.a && 'x'|rule:1:10: E0604: `&&` cannot be applied to `dyn, string`",
        "size(action)|rule:1:1: E0605: expected a condition, found an expression of type `int`",
        "Foo{a: 1}|rule:1:1: E0607: there are no types to make, as `Foo` here",
        "9223372036854775808 > 1|rule:1:1: E0601: a number out of range",
        "1 / 0 == 1|rule:1:1: W0608: warning: this always fails: division by zero",
        "action.matches('(')|rule:1:1: W0608: warning: this always fails: not a pattern",
      })
  void aMistakeIsToldWhereItIs(String text, String complaint) {
    assertThat(complaints(text)).startsWith(complaint.replace("\"", "`"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "when: params.amont > parms.x|1:22",
        "when: 'params.kind == ''x'' && parms.x'|1:32",
        "when: \"params.kind == \\\"x\\\" && parms.x\"|1:32",
      })
  void aPlaceInsideAnEmbeddedTextIsExact(String line, String place) {
    int start = 6;
    char quote = line.charAt(start);
    String written = line.substring(start);
    String text =
        quote == '\''
            ? written.substring(1, written.length() - 1).replace("''", "'")
            : quote == '"'
                ? written.substring(1, written.length() - 1).replace("\\\"", "\"")
                : written;
    Diagnostics found = new Diagnostics();
    Source source = Source.of("pack.yaml", line);
    Trial.EXPRESSIONS.condition(text, source.span(start, line.length()), found);
    assertThat(found.all()).hasSize(1);
    assertThat(found.all().getFirst().span().text()).isEqualTo("parms");
    assertThat(found.all().getFirst().span()).hasToString("pack.yaml:" + place);
  }

  @Test
  void aPlaceInsideAFoldedTextIsExact() {
    Source source =
        Source.of(
            "pack.yaml",
            "when: >-\n  params.amount > 1\n  && parms.x == 'ä'\n  && action == 'y'\n");
    Diagnostics found = new Diagnostics();
    Trial.EXPRESSIONS.condition(
        "params.amount > 1 && parms.x == 'ä' && action == 'y'",
        source.span(6, source.text().length()),
        found);
    assertThat(found.all().getFirst().span()).hasToString("pack.yaml:3:6");
    assertThat(found.all().getFirst().span().text()).isEqualTo("parms");
  }

  @Test
  void aTextThatIsNotInItsScalarIsToldAtTheScalar() {
    Source source = Source.of("pack.yaml", "when: *anchor");
    Diagnostics found = new Diagnostics();
    Trial.EXPRESSIONS.condition("parms.x == 1", source.span(6, 13), found);
    assertThat(found.all().getFirst().span().text()).isEqualTo("*anchor");
  }
}
