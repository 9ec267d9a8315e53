package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that only look leave a folder as it is, byte for byte. */
class LookingTest extends CommandTest {
  @TempDir private Path temporary = Path.of("");

  private Path house = Path.of("");

  @BeforeEach
  void aStarterOfOnesOwn() {
    house = temporary.resolve("house");
    assertThat(run("init", house.toString())).isZero();
  }

  private String request() throws Exception {
    Path file = temporary.resolve("request.json");
    Files.writeString(
        file,
        """
        {"agent": "assistant", "action": "send_email", "to": "a@example.com", "body": "see you"}
        """);
    return file.toString();
  }

  private void decided(Path dir) throws Exception {
    assertThat(run("decide", request(), "--record", "--dir", dir.toString())).isZero();
  }

  /** Every file and folder of a folder, with its bytes and its time. */
  private static Map<String, String> state(Path dir) throws Exception {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path each : all.toList()) {
        String content =
            Files.isDirectory(each) ? "folder" : "" + Arrays.hashCode(Files.readAllBytes(each));
        state.put(dir.relativize(each).toString(), content + " " + Files.getLastModifiedTime(each));
      }
    }
    return state;
  }

  private void lookedAtWithEveryCommand(Path dir) throws Exception {
    Map<String, String> before = state(dir);
    Path export = temporary.resolve("logs-" + dir.getFileName() + ".jsonl");
    for (List<String> command :
        List.of(
            List.of("check", dir.toString()),
            List.of("effective", "assistant"),
            List.of("why", "assistant", request()),
            List.of("decide", request()),
            List.of("caps"),
            List.of("metrics"),
            List.of("runs", "list"),
            List.of("approvals", "list", "--all"),
            List.of("audit", "log", "policy"),
            List.of("audit", "log", "playbook"),
            List.of("audit", "verify"),
            List.of("audit", "export", export.toString()))) {
      List<String> words = new java.util.ArrayList<>(command);
      if (!command.getFirst().equals("check")) {
        words.addAll(List.of("--dir", dir.toString()));
      }
      assertThat(run(words.toArray(String[]::new))).as(words + ": " + told()).isZero();
      assertThat(state(dir)).as(String.join(" ", words)).isEqualTo(before);
    }
    assertThat(run("audit", "verify", "--file", export.toString())).isZero();
  }

  private int records(Path dir) throws Exception {
    assertThat(run("audit", "verify", "--dir", dir.toString(), "-o", "json")).isZero();
    return Integer.parseInt(String.valueOf(((ObjectValue) Json.parse(printed())).get("records")));
  }

  @Test
  void aFolderThatWasNeverOpenedStaysAsItIs() throws Exception {
    lookedAtWithEveryCommand(house);
    assertThat(house.resolve(".bylaw")).doesNotExist();
    assertThat(records(house)).isZero();
  }

  @Test
  void aFolderWithAStoreStaysAsItIs() throws Exception {
    decided(house);
    decided(house);
    lookedAtWithEveryCommand(house);
    assertThat(records(house)).isEqualTo(2);
    decided(house);
    assertThat(records(house)).isEqualTo(3);
  }

  @Test
  void aFolderWhoseProcessWasCutOffIsShownWholeAndStaysAsItIs() throws Exception {
    Path cut = temporary.resolve("cut");
    decided(house);
    try (Bylaw bylaw = Bylaw.open(house, Bylaw.Options.changing())) {
      var _ =
          bylaw.decide(
              ActionRequest.fromValue(Json.parse(Files.readString(Path.of(request()))), ""));
      // What a process that is killed now leaves behind.
      try (Stream<Path> all = Files.walk(house)) {
        for (Path each : all.toList()) {
          Files.copy(each, cut.resolve(house.relativize(each).toString()));
        }
      }
    }
    assertThat(cut.resolve(".bylaw/store/bylaw.db-wal")).isNotEmptyFile();
    lookedAtWithEveryCommand(cut);
    assertThat(records(cut)).isEqualTo(2);
    decided(cut);
    assertThat(records(cut)).isEqualTo(3);
  }

  @Test
  void nothingTemporaryIsLeftBehind() throws Exception {
    String pattern = "bylaw-look-";
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    long before = count(temp, pattern);
    assertThat(run("caps", "--dir", house.toString())).isZero();
    assertThat(count(temp, pattern)).isLessThanOrEqualTo(before);
  }

  private static long count(Path folder, String prefix) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> String.valueOf(file.getFileName()).startsWith(prefix)).count();
    }
  }
}
