package dev.bylaw.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.run.Runner;
import dev.bylaw.value.ObjectValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process is killed with thousands of runs under way; how long the next one takes from opening
 * the folder until each of them went on.
 *
 * <p>{@code java -cp … dev.bylaw.bench.Recovery FOLDER [RUNS]}
 */
public final class Recovery {
  private static final String BEGUN = "begun";

  private Recovery() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(BEGUN)) {
      begin(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "recovery");
    try {
      Whole.disk(folder);
      Path dir = Whole.identity(folder.resolve("killed"));
      kill(dir, runs);
      recover(dir);
      Whole.disk(folder);
    } finally {
      Whole.delete(folder);
    }
  }

  /** The process that is killed: starts runs, says when all have begun, and goes on. */
  private static void begin(Path dir, int runs) throws InterruptedException {
    try (Bylaw bylaw = Bylaw.open(dir)) {
      List<Runner.Started> started = new ArrayList<>(runs);
      for (int i = 0; i < runs; i++) {
        started.add(bylaw.startLater("ten", "agent", ObjectValue.EMPTY));
      }
      started.forEach(run -> run.begun().join());
      System.out.println(BEGUN);
      Thread.sleep(Duration.ofMinutes(10));
    }
  }

  private static void kill(Path dir, int runs) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Recovery.class.getName(),
                BEGUN,
                dir.toString(),
                Integer.toString(runs))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      if (!BEGUN.equals(said.readLine())) {
        throw new IllegalStateException("the process ended before its runs had begun");
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** A run as the killed process left it. */
  private record Found(String id, int events) {}

  private static void recover(Path dir) throws InterruptedException {
    List<Found> found;
    try (Bylaw bylaw = Bylaw.open(dir, Bylaw.Options.looking())) {
      found =
          bylaw.runs().unfinished().stream()
              .map(run -> new Found(run.id(), bylaw.runs().events(run.id()).size()))
              .toList();
    }
    long start = System.nanoTime();
    try (Bylaw bylaw = Bylaw.open(dir)) {
      double opened = since(start);
      for (Found run : found) {
        while (bylaw.runs().events(run.id()).size() == run.events()) {
          Thread.sleep(1);
        }
      }
      double going = since(start);
      while (!bylaw.runs().unfinished().isEmpty()) {
        Thread.sleep(20);
      }
      Whole.say(
          "%d runs under way with %d events: open after %.2f s, all going on after %.2f s,"
              + " all ended after %.2f s",
          found.size(), found.stream().mapToInt(Found::events).sum(), opened, going, since(start));
      if (!bylaw.audit().verify(Optional.empty()).findings().isEmpty()) {
        throw new IllegalStateException("the logs do not verify");
      }
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
