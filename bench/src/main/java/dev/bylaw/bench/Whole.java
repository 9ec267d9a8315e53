package dev.bylaw.bench;

import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.Bylaw;
import dev.bylaw.runtime.run.RunStanding;
import dev.bylaw.runtime.run.Runner;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Durable decisions with a cap, concurrent playbook runs, and the fsync of the disk, over a folder
 * of its own.
 *
 * <p>{@code java -cp … dev.bylaw.bench.Whole FOLDER [SECONDS [decisions|steps]]}
 */
public final class Whole {
  private static final int RUNS = 500;
  private static final int STEPS = 10;

  private Whole() {}

  public static void main(String[] arguments) throws Exception {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : ".");
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    String part = arguments.length > 2 ? arguments[2] : "all";
    Files.createDirectories(parent);
    Path folder = Files.createTempDirectory(parent, "bench");
    try {
      disk(folder);
      if (!part.equals("steps")) {
        for (int keys : new int[] {1, 10_000}) {
          for (int callers : new int[] {1, 8, 64, 512}) {
            decisions(folder, callers, keys, seconds);
          }
        }
      }
      if (!part.equals("decisions")) {
        steps(folder, seconds);
      }
      disk(folder);
    } finally {
      delete(folder);
    }
  }

  static void disk(Path folder) throws IOException {
    long[] nanos = new long[500];
    var page = ByteBuffer.allocate(4_096);
    try (var channel =
        FileChannel.open(
            folder.resolve("disk"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < nanos.length; i++) {
        page.clear();
        while (page.hasRemaining()) {
          channel.write(page);
        }
        long start = System.nanoTime();
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    say(
        "fdatasync of 4 KiB: p50 %.3f ms, p99 %.3f ms",
        nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
  }

  private static void decisions(Path folder, int callers, int keys, int seconds) throws Exception {
    Path dir = identity(folder.resolve("decisions-" + callers + "-" + keys));
    try (Bylaw bylaw = Bylaw.open(dir)) {
      load(bylaw, callers, keys, Math.max(1, seconds / 2));
      var load = Load.begin();
      Result result = load(bylaw, callers, keys, seconds);
      say(
          "decide, %5d keys, %3d callers: %,9.0f /s, p50 %.2f ms, p99 %.2f ms, %s",
          keys,
          callers,
          result.perSecond,
          result.p50 / 1e6,
          result.p99 / 1e6,
          load.over((long) (result.perSecond * seconds)));
    }
  }

  private record Result(double perSecond, long p50, long p99) {}

  private static Result load(Bylaw bylaw, int callers, int keys, int seconds) throws Exception {
    var done = new ConcurrentLinkedQueue<long[]>();
    var failures = new AtomicLong();
    var ready = new CountDownLatch(callers);
    var go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    long length = seconds * 1_000_000_000L;
    for (int t = 0; t < callers; t++) {
      int caller = t;
      threads.add(
          Thread.startVirtualThread(() -> {
            ready.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              return;
            }
            long end = System.nanoTime() + length;
            long[] times = new long[1 << 16];
            int count = 0;
            for (long i = caller; System.nanoTime() < end; i += callers) {
              long start = System.nanoTime();
              var request =
                  ActionRequest.of(
                      "agent",
                      "pay",
                      ObjectValue.of(
                          "amount", NumberValue.of(1), "customer", NumberValue.of(i % keys)));
              if (!bylaw.decide(request).decision().allowed()) {
                failures.incrementAndGet();
              }
              if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
              }
              times[count++] = System.nanoTime() - start;
            }
            done.add(Arrays.copyOf(times, count));
          }));
    }
    ready.await();
    long start = System.nanoTime();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] all = done.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " of " + all.length + " were not allowed");
    }
    return new Result(all.length / took, all[all.length / 2], all[all.length * 99 / 100]);
  }

  private static void steps(Path folder, int seconds) throws Exception {
    Path dir = identity(folder.resolve("steps"));
    try (Bylaw bylaw = Bylaw.open(dir)) {
      long warm = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < warm) {
        round(bylaw, RUNS);
      }
      for (int i = 0; i < 3; i++) {
        var load = Load.begin();
        long start = System.nanoTime();
        round(bylaw, RUNS);
        double took = (System.nanoTime() - start) / 1e9;
        say(
            "playbooks: %d concurrent runs of %d steps, policy, journal and both logs:"
                + " %,.0f steps/s, %s",
            RUNS, STEPS, RUNS * STEPS / took, load.over(RUNS * STEPS));
      }
    }
  }

  /** How busy the processor is, by this process and by all of the machine. */
  private record Load(long at, long processor, long machine) {
    static Load begin() throws IOException {
      return new Load(System.nanoTime(), processNanos(), machineNanos());
    }

    /** What was used since, and by each of so many operations. */
    String over(long operations) throws IOException {
      double took = System.nanoTime() - at;
      double used = processNanos() - processor;
      double all = machineNanos() - machine;
      return String.format(
          Locale.ROOT,
          "%.0f µs of processor each; cores busy: %.2f by this, %.2f by all",
          used / operations / 1e3,
          used / took,
          all / took);
    }

    private static long processNanos() {
      return ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean system
          ? system.getProcessCpuTime()
          : 0;
    }

    /** User, nice, system and interrupts of Linux, in ticks of 10 ms; 0 elsewhere. */
    private static long machineNanos() throws IOException {
      Path stat = Path.of("/proc/stat");
      if (!Files.isReadable(stat)) {
        return 0;
      }
      String[] fields = Files.readAllLines(stat).getFirst().split(" +", -1);
      long ticks = 0;
      for (int i : new int[] {1, 2, 3, 6, 7}) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks * 10_000_000L;
    }
  }

  private static void round(Bylaw bylaw, int runs) {
    List<CompletableFuture<RunStanding>> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Runner.Started started = bylaw.startLater("ten", "agent", ObjectValue.EMPTY);
      all.add(started.rest());
    }
    for (CompletableFuture<RunStanding> each : all) {
      RunStanding standing = each.join();
      if (!standing.status().word().equals("completed")) {
        throw new IllegalStateException(standing.toString());
      }
    }
  }

  /** A folder with a cap, two rules and a playbook {@code ten} of ten steps. */
  public static Path identity(Path dir) throws IOException {
    Files.createDirectories(dir.resolve("packs"));
    Files.createDirectories(dir.resolve("playbooks"));
    Files.writeString(
        dir.resolve("bylaw.yaml"),
        """
        identity: bench
        currency: USD
        packs: [bench]
        agents: { agent: { role: agent } }
        logs: { mask: [] }
        """);
    Files.writeString(
        dir.resolve("packs/bench.yaml"),
        """
        pack: bench
        name: Bench
        version: 1.0.0
        category: operational
        enforcement: block
        severity: low
        rules:
          - id: total
            cap: { sum: amount, over: [pay], limit: 1000000000 USD, per: params.customer, window: day }
          - id: small
            on: pay
            require: params.amount <= 100
          - id: vendors
            on: check_vendor
            require: agent.role == "agent"
        """);
    var playbook = new StringBuilder("playbook:\n  name: ten\n  version: \"1\"\n  steps:\n");
    for (int i = 0; i < STEPS; i++) {
      playbook
          .append("    - id: s" + i + "\n      action: check_vendor\n")
          .append("      params: { endpoint: \"https://api.example.com\" }\n");
    }
    Files.writeString(dir.resolve("playbooks/ten.yaml"), playbook);
    return dir;
  }

  public static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // the formats are above, each beside its values
  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
