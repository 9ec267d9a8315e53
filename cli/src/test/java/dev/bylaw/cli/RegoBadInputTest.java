package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in what is given is told with its place, all at once, by every command. */
class RegoBadInputTest extends CommandTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void files() throws IOException {
    file("syntax.rego", "package a\n\np := )\n\nq := ]\n");
    file("unsafe.rego", "package a\n\np := x\n\nq := y\n");
    file("type.rego", "package a\n\np := count(1)\n\nq if 1 = \"a\"\n");
    file("loop.rego", "package a\n\np if q\n\nq if p\n");
    file("conflict.rego", "package a\n\np := 1\n\np(x) := x\n");
    file("twice.rego", "package a\n\ndefault p := 1\n\ndefault p := 2\n");
    file("good.rego", "package a\n\np := 1 if input.x\n\np := 2 if input.y\n");
    file("broken.json", "{\n  \"a\": 1,,\n}\n");
    file("broken.yaml", "a: 1\nb: [1, 2\nc: 3\n");
    file("one.json", "{\"x\": {\"y\": 1}}");
    file("two.json", "{\"x\": {\"y\": 2}}");
    file("both.json", "{\"x\": true, \"y\": true}");
    file("list.json", "[1]");
    file("no.tar.gz", "hello");
    Files.write(folder.resolve("binary.rego"), new byte[] {'p', '\n', 'x', (byte) 0x87, 0});
    Files.write(folder.resolve("wide.json"), new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0});
    Files.createDirectories(folder.resolve("empty"));
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private int rego(String command) {
    return run(("rego " + command.replace("@", folder + "/")).split(" ", -1));
  }

  private String toldHere() {
    return told().replace(folder + "/", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "syntax.rego # syntax.rego:3:6: rego_parse_error # syntax.rego:5:6: rego_parse_error",
        "unsafe.rego # unsafe.rego:3:6: rego_unsafe_var_error # unsafe.rego:5:6: rego_unsafe_var_error",
        "type.rego # type.rego:3:6: rego_type_error # type.rego:5:6: rego_type_error",
        "loop.rego # loop.rego:3:1: rego_recursion_error # loop.rego:5:1: rego_recursion_error",
        "conflict.rego # conflict.rego:3:1: rego_type_error # p",
        "twice.rego # twice.rego:3:1: rego_type_error # multiple default rules",
      })
  void everyMistakeIsToldByEveryCommand(String name, String first, String second) {
    for (String command :
        List.of(
            "check @" + name,
            "test @" + name,
            "build @" + name + " -o @out.tar.gz",
            "deps -d @" + name + " data",
            "bench -d @" + name + " data",
            "eval -f pretty -d @" + name + " data",
            "eval --partial -f pretty -d @" + name + " data")) {
      assertThat(rego(command)).as(command).isEqualTo(command.startsWith("eval") ? 2 : 1);
      assertThat(toldHere()).as(command).contains(first, second, "^").doesNotContain("\tat ");
    }
    assertThat(folder.resolve("out.tar.gz")).doesNotExist();
  }

  @Test
  void whatCannotBeReadIsToldWithItsPlaceByWhoeverLaysOutOrParses() {
    for (String command : List.of("fmt", "parse")) {
      assertThat(rego(command + " @syntax.rego")).isEqualTo(command.equals("fmt") ? 2 : 1);
      assertThat(toldHere())
          .contains("syntax.rego:3:6: rego_parse_error", "syntax.rego:5:6: rego_parse_error", "^");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "-d @broken.json # broken.json:2:10: data_parse_error: no JSON: #   \"a\": 1,,",
        "-d @broken.yaml # broken.yaml:3: #   c: 3",
        "-i @broken.json # broken.json:2:10: data_parse_error: no JSON: #   \"a\": 1,,",
        "-s @broken.json # broken.json:2:10: data_parse_error: no JSON: #   \"a\": 1,,",
        "-d @one.json -d @two.json # two.json: merge error: `data.x.y` has another value # one.json",
        "-d @list.json # list.json: data at the root must be an object, found an array # data.name",
        "-d @binary.rego # binary.rego:2:2: is no text in UTF-8 (byte 0x87) # bylaw: ",
        "-d @wide.json # wide.json: is text in UTF-16; save it as UTF-8 # bylaw: ",
        "-d @nothing # no such file or folder: nothing # bylaw: ",
        "-i @nothing # no such file or folder: nothing # bylaw: ",
        "-s @nothing # no such file or folder: nothing # bylaw: ",
        "-i @empty # empty: is a folder; expected a file # bylaw: ",
        "-b @no.tar.gz # bundle no.tar.gz: # not a .tar.gz",
        "-d @no.tar.gz # bundle no.tar.gz: # not a .tar.gz",
        "--capabilities @list.json # list.json: expected an object with `builtins` # bylaw: ",
        "--capabilities v1.0.0 # only v1.22.2 is known by name # opa capabilities",
        "--package a..b # --package:1: # rego_parse_error",
        "--import foo # rego_parse_error # unexpected import path",
      })
  void whatIsGivenIsToldWithItsPlace(String given, String told, String more) {
    assertThat(rego("eval -f pretty " + given + " data")).isEqualTo(2);
    assertThat(toldHere()).contains(told, more).doesNotContain("\tat ", "java.");
    assertThat(rego("eval " + given + " data")).isEqualTo(2);
    assertThat(printed()).startsWith("{\n  \"errors\": [");
  }

  @Test
  void aConflictOfValuesHasItsLine() {
    assertThat(rego("eval -f pretty -d @good.rego -i @both.json data.a.p")).isEqualTo(2);
    assertThat(toldHere())
        .contains("good.rego:5:1: eval_conflict_error: ", "  p := 2 if input.y\n  ^^^");
  }

  @Test
  void whatIsNoPolicyIsLeftAloneWhereOnlyPoliciesCount() throws IOException {
    Files.createDirectories(folder.resolve("mixed"));
    file("mixed/a.rego", "package a\n\np := 1\n");
    file("mixed/broken.json", "{");
    assertThat(rego("check @mixed")).isZero();
    assertThat(rego("fmt --list @mixed")).isZero();
    assertThat(rego("check @no.tar.gz")).isEqualTo(1);
    assertThat(toldHere()).contains("no.tar.gz: is no policy (.rego)");
  }

  @Test
  void aFolderWithoutPoliciesIsNothingToComplainOf() {
    assertThat(rego("check @empty")).isZero();
    assertThat(rego("fmt @empty")).isZero();
    assertThat(rego("test @empty")).isZero();
    assertThat(rego("test --fail-on-empty @empty")).isEqualTo(1);
  }

  @Test
  void mistakesForProgramsAreAllThereInJson() {
    assertThat(rego("check -f json @syntax.rego")).isEqualTo(1);
    assertThat(told())
        .contains("\"line\": \"p := )\"", "\"idx\": 5", "\"row\": 3", "\"row\": 5", "\"col\": 6");
    assertThat(rego("check -f json @nothing")).isEqualTo(1);
    assertThat(told()).startsWith("{\n  \"errors\": [").contains("no such file or folder");
    assertThat(rego("check -m 1 @unsafe.rego")).isEqualTo(1);
    assertThat(told()).contains("1 more; --max-errors 0 tells all of them");
  }
}
