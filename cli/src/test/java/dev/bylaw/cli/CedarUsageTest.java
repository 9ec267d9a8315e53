package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong usage; expectations are what Cedar's own tool prints. */
class CedarUsageTest extends CommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "frob | unrecognized subcommand 'frob'",
        "authorize | the following required arguments were not provided:",
        "authorize --foo | unexpected argument '--foo' found",
        "authorize --entities -x | unexpected argument '-x' found",
        "authorize --entities -v | a value is required for '--entities <FILE>' but none was supplied",
        "authorize -vv --entities e | the argument '--verbose' cannot be used multiple times",
        "authorize --entities e --timing=x | unexpected value 'x' for '--timing' found; no more were expected",
        "authorize --entities e --request-json r -l x | the argument '--request-json <FILE>' cannot be used with '--principal <PRINCIPAL>'",
        "authorize -l x --entities e --request-json r -a y | the argument '--principal <PRINCIPAL>' cannot be used with '--request-json <FILE>'",
        "authorize --entities e --request-json r -l x -a y | the argument '--request-json <FILE>' cannot be used with:",
        "authorize --entities e --request-validation maybe | invalid value 'maybe' for '--request-validation <REQUEST_VALIDATION>'",
        "validate -s a --schema-format JSON | invalid value 'JSON' for '--schema-format <SCHEMA_FORMAT>'",
        "validate -s a --level x | invalid value 'x' for '--level <LEVEL>': invalid digit found in string",
        "validate -s a --level 99999999999 | invalid value '99999999999' for '--level <LEVEL>': 99999999999 is not in 0..=4294967295",
        "validate -s a --level -1 | unexpected argument '-1' found",
        "validate -s a b | unexpected argument 'b' found",
        "format -w | the following required arguments were not provided:",
        "format -cw | the argument '--check' cannot be used with '--write'",
        "format -l 99999999999999999999 | invalid value '99999999999999999999' for '--line-width <UINT>': number too large to fit in target type",
        "translate-policy --direction | a value is required for '--direction <DIRECTION>' but none was supplied",
        "translate-schema --direction up | invalid value 'up' for '--direction <DIRECTION>'",
        "link --template-id t -n l -a [] | invalid value '[]' for '--arguments <ARGUMENTS>': invalid type: sequence, expected a map at line 1 column 0",
        "evaluate -1 | unexpected argument '-1' found",
        "tpe --entities e | the following required arguments were not provided:",
        "-f xml check-parse | invalid value 'xml' for '--error-format <ERR_FMT>'"
      })
  void theFirstLineIsThatOfCedarsOwnTool(String arguments, String line) {
    assertThat(run(("cedar " + arguments).split(" "))).isEqualTo(Exit.USAGE);
    assertThat(told().lines().findFirst()).contains("error: " + line);
  }

  @Test
  void whatIsMissingAndWhatIsMeantIsTold() {
    run("cedar", "link");
    assertThat(told())
        .contains(
            "\n  --template-id <TEMPLATE_ID>\n  --new-id <NEW_ID>\n  --arguments <ARGUMENTS>\n");
    run("cedar", "link", "--template-id", "t", "-n", "l", "-a", "{\"?x\":\"A\"}");
    assertThat(told())
        .startsWith(
            "error: invalid value '{\"?x\":\"A\"}' for '--arguments <ARGUMENTS>': Invalid SlotId!"
                + " Expected ?principal|?resource, got: ?x\n");
    run("cedar", "run-tests", "--test", "a");
    assertThat(told()).contains("tip: a similar argument exists: '--tests'");
    run("cedar", "validate", "-s", "a", "--validation-mode", "x");
    assertThat(told()).contains("[possible values: strict, permissive, partial]");
  }
}
