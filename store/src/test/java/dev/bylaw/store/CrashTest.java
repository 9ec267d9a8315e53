package dev.bylaw.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.store.StoreUnavailable.Reason;
import dev.bylaw.store.journal.History;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  @TempDir Path folder;

  private Process child(List<String> before, String round, int callers) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrashChild.class.getName(),
            folder.resolve("store").toString(),
            round,
            Integer.toString(callers)));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
        .start();
  }

  /** What was promised, by the last number of each caller. */
  private record Promises(Map<String, Integer> lastOf, List<String> reserved) {}

  @Test
  void everythingPromisedIsThereAfterKillsAtRandomMoments() throws Exception {
    long seed = 9_112_026;
    var random = new Random(seed);
    var promises = new Promises(new HashMap<>(), new ArrayList<>());
    for (int round = 0; round < 4; round++) {
      int lines = 1 + random.nextInt(700);
      Process child = child(List.of(), "round-" + round, 1 + random.nextInt(24));
      try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          promised(line, promises);
          if (--lines == 0) {
            child.toHandle().destroyForcibly();
          }
        }
      }
      child.waitFor();
      check("seed " + seed + " round " + round, promises);
    }
    assertThat(promises.reserved()).isNotEmpty();
  }

  private static void promised(String line, Promises promises) {
    String[] words = line.split(" ", 2);
    if (words[0].equals("run")) {
      promises.lastOf().putIfAbsent(words[1], 0);
    } else if (words[0].equals("reserved") || words[0].equals("refused")) {
      int slash = words[1].lastIndexOf('/');
      promises
          .lastOf()
          .merge(
              words[1].substring(0, slash),
              Integer.parseInt(words[1].substring(slash + 1)),
              Math::max);
      if (words[0].equals("reserved")) {
        promises.reserved().add(words[1]);
      }
    }
  }

  private void check(String as, Promises promises) {
    try (Store store = Store.open(CrashChild.options(folder.resolve("store")))) {
      Map<String, Integer> events = new HashMap<>();
      store.read(snapshot -> {
        snapshot
            .runs()
            .eachUnfinished(
                (History history) -> events.put(history.run().id(), history.events().size()));
        return true;
      });
      promises
          .lastOf()
          .forEach((run, last) ->
              assertThat(events.getOrDefault(run, -1)).as(as).isGreaterThanOrEqualTo(last));
      for (String key : promises.reserved()) {
        Optional<?> found = store.read(snapshot -> snapshot.ledger().find("acme", key));
        assertThat(found).as(as + " " + key).isPresent();
      }
      var usage =
          store.read(snapshot ->
              snapshot.ledger().usage(CrashChild.COUNTER, CrashChild.DAY, CrashChild.NOW));
      assertThat(usage.used()).as(as).isLessThanOrEqualTo(CrashChild.LIMIT);
      assertThat(usage.used())
          .as(as)
          .isEqualByComparingTo(CrashChild.AMOUNT.multiply(new BigDecimal(usage.charges())));
      var logs = store.audit().verify(Optional.empty());
      assertThat(logs.findings()).as(as).isEmpty();
      assertThat(logs.records())
          .as("a record for each event, whether it was answered or not")
          .isEqualTo(events.values().stream().mapToLong(Integer::longValue).sum());
      assertThat(store.<Integer>transact(tx -> tx.ledger().recover()))
          .as("every reservation was intended")
          .isZero();
    }
  }

  @Test
  void whenTheDiskFailsEverybodyIsToldAndNothingPromisedIsLost() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/bin/bash")));
    var promises = new Promises(new HashMap<>(), new ArrayList<>());
    List<String> told = new ArrayList<>();
    // No file of the child may grow beyond 3 MB: the write fails in the middle of a commit.
    Process child =
        child(List.of("/bin/bash", "-c", "ulimit -f 3072; exec \"$@\"", "-"), "full", 12);
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        promised(line, promises);
        if (line.startsWith("unavailable")) {
          told.add(line);
        }
      }
    }
    child.waitFor();
    assertThat(told)
        .as(Files.readString(folder.resolve("errors")))
        .hasSize(12)
        .allMatch(line ->
            line.matches(
                "unavailable ("
                    + Reason.DISK_FAILED
                    + "|"
                    + Reason.DISK_FULL
                    + ") the disk of the"
                    + " store in .* nothing that was answered is lost"));
    check("after the disk failed", promises);
  }

  @Test
  void aSecondProcessIsToldWhoHasTheStore() throws Exception {
    try (Store _ = Store.open(CrashChild.options(folder.resolve("store")))) {
      Process child = child(List.of(), "second", 1);
      assertThat(child.waitFor()).isNotZero();
      assertThat(Files.readString(folder.resolve("errors")))
          .contains("is in use by process " + ProcessHandle.current().pid());
    }
  }
}
