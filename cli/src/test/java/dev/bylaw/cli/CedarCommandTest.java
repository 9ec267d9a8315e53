package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CedarCommandTest extends CommandTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void files() throws IOException {
    write(
        "policies.cedar",
        """
        permit(principal == User::"a", action, resource);
        permit(principal == ?principal, action, resource);
        """);
    write(
        "schema.cedarschema",
        "entity User; entity Doc; action view appliesTo { principal: User, resource: Doc,"
            + " context: { n?: Long } };");
    write("entities.json", "[]");
    write(
        "links.json",
        "[{\"template\": \"policy1\", \"id\": \"l\", \"principal\": \"User::\\\"b\\\"\"}]");
    write(
        "requests.json",
        "[{\"principal\": \"User::\\\"a\\\"\", \"action\": \"Action::\\\"view\\\"\", \"resource\":"
            + " \"Doc::\\\"d\\\"\", \"context\": {\"n\": 1}},"
            + "{\"principal\": \"User::\\\"b\\\"\", \"action\": \"Action::\\\"view\\\"\","
            + " \"resource\": \"Doc::\\\"d\\\"\"},"
            + "{\"principal\": \"User::\\\"c\\\"\", \"action\": \"Action::\\\"view\\\"\","
            + " \"resource\": \"Doc::\\\"d\\\"\"}]");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int cedar(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "cedar";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return run(all);
  }

  private int may(String who, String... more) {
    String[] arguments = {
      "authorize",
      "-p",
      file("policies.cedar"),
      "-s",
      file("schema.cedarschema"),
      "--entities",
      file("entities.json"),
      "-l",
      "User::\"" + who + "\"",
      "-a",
      "Action::\"view\"",
      "-r",
      "Doc::\"d\""
    };
    var all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return cedar(all);
  }

  @Test
  void whatIsWrongIsToldAsItIsAskedFor() throws IOException {
    write("bad.cedar", "// é\npermit(principal, action, resource;\n");
    String policies = file("bad.cedar");
    assertThat(cedar("check-parse", "-p", policies, "-f", "json")).isEqualTo(1);
    assertThat(printed())
        .startsWith(
            "{\"message\":\"failed to parse policy set\",\"severity\":\"error\",\"causes\":[\"")
        .contains("\"labels\":[{\"span\":{\"offset\":40,\"length\":1}}]");
    assertThat(cedar("-f", "plain", "check-parse", "-p", "nowhere.cedar")).isEqualTo(1);
    assertThat(printed())
        .isEqualTo(
            """
            failed to open policy set file nowhere.cedar
                Diagnostic severity: error
                Caused by: no such file or directory
            """);
    assertThat(cedar("check-parse", "-p", policies, "-f", "xml")).isEqualTo(2);
  }

  @Test
  void decisionsHaveTheirExitCodes() {
    assertThat(may("a", "-v")).isZero();
    assertThat(printed()).startsWith("\nALLOW\n").contains("  policy0\n");
    assertThat(may("c")).isEqualTo(2);
    assertThat(printed()).isEqualTo("\nDENY\n");
    assertThat(may("a", "--policy-format", "json")).isEqualTo(1);
    assertThat(printed()).startsWith("\n  × failed to parse JSON policy\n");
  }

  @Test
  void aMissingFileIsToldAsTheOthersAre() {
    int code = cedar("validate", "-p", file("policies.cedar"), "-s", file("nope"));

    assertThat(code).isEqualTo(1);
    assertThat(printed()).startsWith("  × failed to open schema file ").contains("no such file");
  }

  @Test
  void linkingWritesTheLinksThatAuthorizeReads() throws IOException {
    String known = file("known.json");
    int code =
        cedar(
            "link",
            "-p",
            file("policies.cedar"),
            "-k",
            known,
            "--template-id",
            "policy1",
            "-n",
            "l",
            "-a",
            "{\"?principal\": \"User::\\\"c\\\"\"}");

    assertThat(code).isZero();
    assertThat(printed()).startsWith("Template-linked policy added: ");
    assertThat(Files.readString(Path.of(known))).contains("\"link_id\":\"l\"");
    assertThat(may("c", "-k", known, "-v")).isZero();
    assertThat(printed()).contains("  l\n");
  }

  @Test
  void formattingWritesTheFileBack() throws IOException {
    write("messy.cedar", "permit(principal,action,resource);");

    assertThat(cedar("format", "-c", "-p", file("messy.cedar"))).isEqualTo(1);
    assertThat(cedar("format", "-w", "-p", file("messy.cedar"))).isZero();
    assertThat(cedar("format", "-c", "-p", file("messy.cedar"))).isZero();
    assertThat(cedar("format", "-w", "-c", "-p", file("messy.cedar"))).isEqualTo(2);
  }

  @Test
  void translationsAndExpressions() {
    assertThat(
            cedar("translate-policy", "--direction", "cedar-to-json", "-p", file("policies.cedar")))
        .isZero();
    assertThat(printed()).startsWith("{\"templates\":");
    assertThat(
            cedar(
                "translate-schema",
                "--direction",
                "cedar-to-json",
                "-s",
                file("schema.cedarschema")))
        .isZero();
    assertThat(printed()).startsWith("{\"\":");
    assertThat(cedar("translate-policy", "--direction", "sideways", "-p", file("policies.cedar")))
        .isEqualTo(2);
    assertThat(
            cedar("evaluate", "-l", "U::\"u\"", "-a", "Action::\"a\"", "-r", "R::\"r\"", "1 + 2"))
        .isZero();
    assertThat(printed()).isEqualTo("\n3\n");
    assertThat(cedar("check-parse", "--expression", "1 +")).isEqualTo(1);
  }

  @Test
  void whatIsNotDecidedYetIsFour() throws IOException {
    write("open.cedar", "permit(principal, action, resource) when { context has n };");
    String[] arguments = {
      "tpe",
      "-p",
      file("open.cedar"),
      "-s",
      file("schema.cedarschema"),
      "--entities",
      file("entities.json"),
      "--principal-type",
      "User",
      "-a",
      "Action::\"view\"",
      "--resource-type",
      "Doc"
    };

    assertThat(cedar(arguments)).isEqualTo(4);
    assertThat(printed()).startsWith("\nUNKNOWN\n");
  }

  @Test
  void aBenchmarkMeasuresAndWritesAnswers() throws IOException {
    Path results = folder.resolve("results");
    int code =
        cedar(
            "bench",
            "--case",
            folder.toString(),
            "--warm",
            "1",
            "--time",
            "1",
            "--results",
            results.toString());

    assertThat(code).isZero();
    assertThat(printed())
        .contains("\"policies\":2,\"entities\":1,\"requests\":3,\"median_ns\":")
        .contains("\"per_s_2\":");
    assertThat(Files.readString(results.resolve(folder.getFileName() + ".json")))
        .isEqualTo("[[\"allow\",[\"policy0\"],[]],[\"allow\",[\"l\"],[]],[\"deny\",[],[]]]");
  }

  @Test
  void aContextThatIsNotThereIsWhyTheRequestCannotBeRead() {
    assertThat(may("a", "-c", file("nope.json"))).isEqualTo(1);
    assertThat(printed())
        .startsWith("\n  × failed to parse request\n")
        .contains("error while loading context from " + file("nope.json"));
  }
}
