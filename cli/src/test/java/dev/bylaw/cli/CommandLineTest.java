package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest extends CommandTest {
  @TempDir private Path temporary = Path.of("");

  private String dir = "";

  @BeforeEach
  void aStarterOfOnesOwn() {
    dir = temporary.resolve("house").toString();
    assertThat(run("init", dir)).isZero();
  }

  private String request(String json) throws IOException {
    Path file = temporary.resolve("request.json");
    Files.writeString(file, json);
    return file.toString();
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(printed())
        .contains("demo", "init", "check", "decide", "run", "approvals", "runs")
        .contains("effective", "why", "caps", "metrics", "audit", "Examples:");
  }

  @Test
  void theStarterHasNothingWrong() {
    assertThat(run("check", dir)).isZero();
    assertThat(printed()).contains("nothing is wrong");
  }

  @Test
  void anExampleThatDoesNotHoldIsToldByCheck() throws IOException {
    Path pack = Path.of(dir).resolve("packs/safety.yaml");
    Files.writeString(pack, Files.readString(pack).replace("123-45-6789", "hidden"));
    assertThat(run("check", dir)).isEqualTo(Exit.FAILED);
    assertThat(told()).contains("packs/safety.yaml:", "E0218", "it satisfies the rule");
  }

  @Test
  void aSecondStarterIsNotWrittenOverTheFirst() {
    assertThat(run("init", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("already; name another folder").doesNotContain("Exception");
  }

  @Test
  void aWrongOptionIsUsageWithAWayOut() {
    assertThat(run("decide", "--agnet", "a")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("--help");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(run("decide")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("`REQUEST` is missing", "`bylaw decide --help`");
    assertThat(run("why")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("`AGENT` is missing");
    assertThat(run("demo", "--keep")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("`--keep DIR` is missing");
  }

  @Test
  void anUnknownCommandIsUsageAndSaysWhatWasMeant() {
    assertThat(run("effectiv", "assistant")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("unknown command `effectiv`", "did you mean `effective`?");
    assertThat(run("caps", "assistant", "too", "many")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("`too` is one argument too many");
  }

  @Test
  void aPlaybookOrAnAgentThatIsNotThereIsUsage() {
    assertThat(run("run", "gret", "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("there is no playbook `gret`", "did you mean `greet`?");
    assertThat(run("effective", "nobody", "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("there is no agent `nobody`");
  }

  @Test
  void aStateFolderThatCannotBeUsedIsASentence() throws IOException {
    Path demo = temporary.resolve("acme");
    List<String> _ = Examples.write("acme", demo);
    Files.writeString(demo.resolve(".bylaw"), "not a folder");
    assertThat(run("caps", "--dir", demo.toString())).isEqualTo(Exit.FAILED);
    assertThat(told()).contains(".bylaw").doesNotContain("\tat ");
    Files.delete(demo.resolve(".bylaw"));
    Files.createSymbolicLink(demo.resolve(".bylaw"), temporary.resolve("nowhere/at/all"));
    assertThat(run("caps", "--dir", demo.toString())).isEqualTo(Exit.FAILED);
    assertThat(told()).contains(".bylaw").doesNotContain("\tat ");
  }

  @Test
  void anAllowedRequestExitsWithZeroAndABlockedOneWithThree() throws IOException {
    String allowed =
        request("{\"action\":\"send_email\",\"to\":\"a@example.com\",\"body\":\"see you\"}");
    assertThat(run("decide", allowed, "--dir", dir)).isZero();
    String blocked =
        request(
            "{\"action\":\"send_email\",\"to\":\"a@example.com\",\"body\":\"SSN 123-45-6789\"}");
    assertThat(run("decide", blocked, "--dir", dir)).isEqualTo(Exit.BLOCKED);
    assertThat(printed()).contains("no-identity-numbers", "packs/safety.yaml:");
  }

  @Test
  void theSpecificationsAssertionsHoldForTheFlatForm() throws IOException {
    Path acme = Path.of(dir).resolveSibling("acme");
    Examples.write("acme", acme);
    String request =
        """
        {"action": "api_call", "endpoint": "https://untrusted-api.com", "payload": {%s}}
        """;
    assertThat(
            run(
                "decide",
                request(request.formatted("\"ssn\": \"123-45-6789\"")),
                "--agent",
                "support-agent",
                "--dir",
                acme.toString()))
        .isEqualTo(Exit.BLOCKED);
    assertThat(printed())
        .contains("#deny_external_api", "packs/data_protection.rego:3", "with PII");
    String allowed = request(request.formatted("\"product_id\": \"ABC123\""));
    assertThat(run("decide", allowed, "--agent", "support-agent", "--dir", acme.toString()))
        .isZero();
    assertThat(run("why", "support-agent", allowed, "--dir", acme.toString())).isZero();
    assertThat(printed())
        .contains("`contains_pii(input.payload)` at packs/data_protection.rego:6:5 does not hold")
        .contains("it is about readData, writeData");
  }

  @Test
  void aRequestThatNeedsAPersonExitsWithFourAndIsDryUnlessRecorded() throws IOException {
    String asking =
        request("{\"action\":\"send_email\",\"to\":\"a@stranger.org\",\"body\":\"hi\"}");
    assertThat(run("decide", asking, "--dir", dir)).isEqualTo(Exit.WAITING);
    assertThat(run("approvals", "list", "--dir", dir)).isZero();
    assertThat(printed()).contains("nobody is asked");
    assertThat(run("decide", asking, "--record", "--dir", dir)).isEqualTo(Exit.WAITING);
    assertThat(run("approvals", "list", "--dir", dir)).isZero();
    assertThat(printed()).contains("pending", "send_email");
  }

  @Test
  void decisionsAreJsonForScripts() throws Exception {
    String asked =
        request("{\"action\":\"send_email\",\"to\":\"a@example.com\",\"body\":\"see you\"}");
    assertThat(run("decide", asked, "--dir", dir, "--output", "json")).isZero();
    ObjectValue decision = (ObjectValue) Json.parse(printed());
    assertThat(decision.text("decision")).isEqualTo("allow");
    assertThat(decision.text("agent")).isEqualTo("assistant");
  }

  @Test
  void aRequestThatIsNotJsonIsToldWithItsPlace() throws IOException {
    assertThat(run("decide", request("{\"action\": }"), "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("request.json:1:").doesNotContain("\tat ");
    assertThat(run("decide", request("{\"a\":\n" + "[".repeat(600)), "--dir", dir))
        .isEqualTo(Exit.USAGE);
    assertThat(told()).contains("request.json:2:").doesNotContain("Stream");
    assertThat(run("decide", request("[]"), "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("expected an object, found an array");
    assertThat(run("decide", "absent.json", "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("there is no file `absent.json`");
  }

  @Test
  void aFolderWithoutAnIdentityIsToldWithAWayOut() {
    assertThat(run("caps", "--dir", temporary.toString())).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("bylaw init");
  }

  @Test
  void aBrokenPackIsToldWithLineAndCaret() throws IOException {
    Path pack = Path.of(dir, "packs", "caps.yaml");
    Files.writeString(pack, Files.readString(pack).replace("window: day", "window: dayly"));
    assertThat(run("check", dir)).isEqualTo(Exit.FAILED);
    assertThat(told()).contains("packs/caps.yaml:", "dayly", "^^^^^", "did you mean `day`");
  }

  @Test
  void forScriptsAMistakeInAFileIsJsonWithItsPlace() throws Exception {
    Path file = Path.of(dir, "bylaw.yaml");
    Files.writeString(file, Files.readString(file).replace("security: none", "security: tsl"));
    assertThat(run("effective", "assistant", "--dir", dir, "-o", "json")).isEqualTo(Exit.USAGE);
    assertThat(printed()).isEmpty();
    ObjectValue error = onlyError();
    assertThat(error.text("file")).isEqualTo("bylaw.yaml");
    assertThat(error.text("code")).startsWith("E01");
    assertThat(error.text("message")).contains("tsl");
    assertThat(error.text("hint")).contains("`tls`");
    assertThat(String.valueOf(error.get("line"))).matches("[1-9]\\d*");
    assertThat(String.valueOf(error.get("column"))).matches("[1-9]\\d*");
  }

  @Test
  void forScriptsASentenceIsJsonToo() throws Exception {
    assertThat(run("decide", "absent.json", "--dir", dir, "--output", "json"))
        .isEqualTo(Exit.USAGE);
    assertThat(onlyError().text("message")).contains("absent.json");
    assertThat(run("decide", "--agnet", "a", "-ojson")).isEqualTo(Exit.USAGE);
    assertThat(onlyError().text("message")).contains("--agnet");
    assertThat(onlyError().text("hint")).contains("bylaw decide --help");
    assertThat(run("caps", "--dir", temporary.toString(), "--output=json")).isEqualTo(Exit.USAGE);
    assertThat(onlyError().text("code")).isEqualTo("usage");
    assertThat(printed()).isEmpty();
  }

  /** The error that was told as JSON beside the output, where it is one. */
  private ObjectValue onlyError() throws Exception {
    ObjectValue told = (ObjectValue) Json.parse(told());
    ArrayValue errors = (ArrayValue) java.util.Objects.requireNonNull(told.get("errors"));
    assertThat(errors.size()).isEqualTo(1);
    return (ObjectValue) errors.get(0);
  }

  @Test
  void aNumberThatCountsNothingIsUsage() {
    assertThat(run("runs", "list", "--limit", "-1", "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("`--limit`: expected 1 or more, found -1");
    assertThat(run("metrics", "--days", "0", "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(run("metrics", "--days", "x", "--dir", dir)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("'x' is not a whole number");
  }

  @Test
  void aFileInPlaceOfAFolderIsToldAsSuch() throws IOException {
    String file = request("{}");
    assertThat(run("init", file)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("request.json` is a file, expected a folder");
    assertThat(run("demo", "--keep", file)).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("request.json` is a file, expected a folder");
  }

  @Test
  void aRunIsCompletedAndBothLogsHoldIt() {
    assertThat(run("run", "greet", "--dir", dir, "-i", "name=Ada", "-i", "email=ada@example.com"))
        .isZero();
    assertThat(printed()).contains("completed");
    assertThat(run("runs", "list", "--dir", dir)).isZero();
    assertThat(printed()).contains("greet", "completed");
    assertThat(run("audit", "log", "playbook", "--dir", dir)).isZero();
    assertThat(printed()).contains("run_started", "step_completed", "run_completed");
    assertThat(run("audit", "verify", "--dir", dir)).isZero();
    assertThat(run("caps", "--dir", dir)).isZero();
    assertThat(printed()).contains("daily-emails", "1 of 20");
    assertThat(run("metrics", "--dir", dir)).isZero();
    assertThat(printed()).contains("policy compliance rate", "100.0 %");
  }

  @Test
  void aMissingInputIsASentence() {
    assertThat(run("run", "greet", "--dir", dir, "-i", "name=Ada")).isEqualTo(Exit.USAGE);
    assertThat(told()).contains("email").doesNotContain("\tat ");
  }

  @Test
  void aRunThatNeedsAPersonWaitsAndGoesOnWithTheirKey() throws IOException {
    assertThat(run("run", "greet", "--dir", dir, "-i", "name=Eve", "-i", "email=eve@stranger.org"))
        .isEqualTo(Exit.WAITING);
    Path key = temporary.resolve("you.key");
    assertThat(run("approvals", "key", "you", "--key", key.toString())).isZero();
    String line = printed().lines().filter(it -> it.contains("sha256:")).findFirst().orElseThrow();
    String hash = line.substring(line.indexOf("sha256:"), line.lastIndexOf('"'));
    Path file = Path.of(dir, "bylaw.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("groups: [owners] }", "groups: [owners], key: \"" + hash + "\" }"));
    assertThat(run("approvals", "list", "--dir", dir, "-o", "json")).isZero();
    String id = printed().substring(printed().indexOf("\"id\": \"") + 7).substring(0, 26);
    assertThat(run("approvals", "approve", id, "--as", "you", "--dir", dir))
        .as("without the key")
        .isEqualTo(Exit.FAILED);
    assertThat(
            run("approvals", "approve", id, "--as", "you", "--key", key.toString(), "--dir", dir))
        .as(told())
        .isZero();
    assertThat(printed()).contains("completed");
  }
}
