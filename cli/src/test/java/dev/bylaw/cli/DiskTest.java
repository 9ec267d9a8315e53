package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bylaw.runtime.Bylaw;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a process of its own, on a disk that is full, locked or out of reach. */
class DiskTest {
  /** What a process said and how it ended. */
  private record Ended(int code, String out, String err) {}

  @TempDir private Path temporary = Path.of("");

  private boolean mounted;

  private Path disk() {
    return temporary.resolve("disk");
  }

  private String dir() {
    return disk().resolve("house").toString();
  }

  private Ended run(String... words) throws IOException, InterruptedException {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private Ended bylaw(String... arguments) throws IOException, InterruptedException {
    return bylaw(List.of(), arguments);
  }

  private Ended bylaw(List<String> before, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(before);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.bylaw.cli.Main"));
    words.addAll(List.of(arguments));
    return run(words.toArray(String[]::new));
  }

  /** Mounts a small disk; a test that needs one is passed over where that is not allowed. */
  private void aSmallDisk() throws IOException, InterruptedException {
    Files.createDirectories(disk());
    assumeTrue(Files.isExecutable(Path.of("/bin/mount")), "there is no mount here");
    Ended it = run("/bin/mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk().toString());
    assumeTrue(it.code == 0, "no disk can be mounted here: " + it.err);
    mounted = true;
  }

  @AfterEach
  void unmounted() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("/bin/umount", disk().toString()).code).isZero();
    }
  }

  private void aStarter() throws IOException, InterruptedException {
    Ended made = bylaw("init", dir());
    assertThat(made.code).as(made.err).isZero();
  }

  private Ended decide(List<String> before) throws IOException, InterruptedException {
    Path request = temporary.resolve("request.json");
    Files.writeString(
        request,
        """
        {"agent": "assistant", "action": "send_email", "to": "a@example.com", "body": "see you"}
        """);
    return bylaw(before, "decide", request.toString(), "--record", "--dir", dir());
  }

  /** How many decisions the log holds. */
  private int decisions() throws IOException, InterruptedException {
    Ended log = bylaw("audit", "log", "policy", "-o", "json", "--dir", dir());
    assertThat(log.code).as(log.err).isZero();
    Ended verified = bylaw("audit", "verify", "--dir", dir());
    assertThat(verified.code).as(verified.err).isZero();
    return (int)
        log.out.lines().filter(line -> line.contains("\"event\":\"policy_decision\"")).count();
  }

  private static void isOneSentence(Ended ended) {
    assertThat(ended.code).as(ended.err).isEqualTo(Exit.FAILED);
    assertThat(ended.err.strip())
        .startsWith("bylaw: ")
        .doesNotContain("\n", "SQLITE", "Exception", "I/O");
  }

  private void fill() throws IOException {
    Path file = disk().resolve("filler");
    byte[] page = new byte[4_096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertThat(file).exists(); // it is full
    }
  }

  @Test
  void aFullDiskIsOneSentenceWithAWayOutAndNothingIsLost() throws Exception {
    aSmallDisk();
    aStarter();
    for (int i = 0; i < 3; i++) {
      assertThat(decide(List.of()).code).isZero();
    }
    fill();
    Ended refused = decide(List.of());
    isOneSentence(refused);
    assertThat(refused.err)
        .contains("the disk of the store in " + dir() + "/.bylaw/store is full (")
        .contains(" KB free): free 8 MB there and do it again; nothing that was answered is lost");
    Ended written = bylaw("init", disk().resolve("another").toString());
    isOneSentence(written);
    assertThat(written.err).contains("the disk is full; free some space and do it again");
    Files.delete(disk().resolve("filler"));
    assertThat(decisions()).isEqualTo(3);
    assertThat(decide(List.of()).code).isZero();
    assertThat(decisions()).isEqualTo(4);
    assertThat(bylaw("init", disk().resolve("another").toString()).code)
        .as("half a starter is no starter")
        .isZero();
  }

  @Test
  void aLimitOnTheSizeOfFilesIsOneSentenceWithAWayOutAndNothingIsLost() throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/bash")), "there is no shell here");
    aStarter();
    for (int i = 0; i < 3; i++) {
      assertThat(decide(List.of()).code).isZero();
    }
    Ended refused = decide(List.of("/bin/bash", "-c", "ulimit -f 16; exec \"$@\"", "-"));
    isOneSentence(refused);
    assertThat(refused.err)
        .contains("the disk of the store in " + dir() + "/.bylaw/store")
        .contains("limit on the size of files", "do it again", "nothing that was answered is lost");
    assertThat(decisions()).isEqualTo(3);
  }

  @Test
  void aSecondProcessIsToldWhichOneHasTheStoreAndHowToGoOn() throws Exception {
    aStarter();
    long pid = ProcessHandle.current().pid();
    try (Bylaw _ = Bylaw.open(Path.of(dir()))) {
      Ended refused = decide(List.of());
      isOneSentence(refused);
      assertThat(refused.err)
          .contains("is in use by process " + pid + ", started ")
          .contains("wait until it has ended, or stop it (`kill " + pid + "`), and do it again");
    }
    assertThat(decide(List.of()).code).isZero();
  }

  @Test
  void aStoreThatOneMayNotWriteIsASentenceThatNamesTheFileAndItsOwner() throws Exception {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) {
      aSmallDisk(); // whoever may do everything is kept off by a disk that is read-only alone
    }
    aStarter();
    assertThat(decide(List.of()).code).isZero();
    Path store = Path.of(dir(), ".bylaw", "store");
    if (root) {
      assertThat(run("/bin/mount", "-o", "remount,ro", disk().toString()).code).isZero();
    } else {
      Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("---------"));
    }
    Ended refused = decide(List.of());
    if (root) {
      assertThat(run("/bin/mount", "-o", "remount,rw", disk().toString()).code).isZero();
    } else {
      Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwx------"));
    }
    isOneSentence(refused);
    assertThat(refused.err)
        .contains("the store in " + store + " cannot be opened: ")
        .contains("may not read and write " + store, "run it as `" + Files.getOwner(store) + "`");
    assertThat(decisions()).isEqualTo(1);
  }
}
