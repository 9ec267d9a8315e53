package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraseTest extends CommandTest {
  @TempDir private Path temporary = Path.of("");

  private int erase(String dir) {
    return run(
        "audit",
        "erase",
        "--subject",
        "ann@example.com",
        "--as",
        "dpo",
        "--reason",
        "request 17",
        "--dir",
        dir);
  }

  @Test
  void whatIsNotYetOutOfTheWriteAheadLogIsToldAndIsGoneTheNextTime() throws Exception {
    String dir = temporary.resolve("house").toString();
    assertThat(run("init", dir)).isZero();
    Path request = temporary.resolve("request.json");
    Files.writeString(
        request,
        "{\"agent\":\"assistant\",\"action\":\"crm_lookup\",\"params\":{\"who\":\"ann@example.com\"}}");
    assertThat(run("decide", request.toString(), "--record", "--dir", dir)).isEqualTo(Exit.BLOCKED);

    Path store = Path.of(dir, ".bylaw", "store");
    try (var reading = DriverManager.getConnection("jdbc:sqlite:" + store.resolve("bylaw.db"));
        var statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      try (var rows = statement.executeQuery("SELECT COUNT(*) FROM log_record")) {
        assertThat(rows.next()).isTrue();
        assertThat(erase(dir)).isZero();
        assertThat(printed())
            .contains("erased: ", "it stands in the write-ahead log still")
            .contains("end that program, and give this command once more");
      }
    }
    assertThat(erase(dir)).isZero();
    assertThat(printed()).doesNotContain("write-ahead");
    assertThat(mentions(store)).isFalse();
    assertThat(run("audit", "verify", "--dir", dir)).isZero();
  }

  private static boolean mentions(Path store) throws IOException {
    try (var files = Files.list(store)) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
            .contains("ann@example.com")) {
          return true;
        }
      }
    }
    return false;
  }
}
