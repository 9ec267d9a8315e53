package dev.bylaw.store.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger.Reserving;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.decision.KeptDecision;
import dev.bylaw.store.journal.Journal;
import dev.bylaw.store.journal.Run;
import dev.bylaw.store.journal.RunStatus;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.Sealed;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures the store and prints a table; not a test.
 *
 * <p>A durable decision is what the runtime writes for one: reserve and intend a cap, index the
 * decision, append a record of about 700 bytes to the policy log, count an attempt; answered after
 * the fsync. The disk's own fdatasync is measured before and after, on the same disk.
 *
 * <p>Arguments: a folder on the disk to measure, the seconds of each measurement, and numbers of
 * callers if not 1, 8, 64 and 512.
 */
public final class StoreBench {
  private static final CapWindow DAY = new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneOffset.UTC);
  private static final CapWindow HOUR_PAST = new CapWindow.Rolling(Duration.ofHours(1));
  private static final BigDecimal LIMIT = new BigDecimal("1000000000");

  private StoreBench() {}

  /** Measures everything. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "store-bench");
    int seconds = Integer.parseInt(arguments[1]);
    int[] numbers =
        arguments.length > 2
            ? Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray()
            : new int[] {1, 8, 64, 512};
    try {
      disk(folder);
      decisions(folder, seconds, DAY, "calendar day", numbers);
      decisions(folder, seconds, HOUR_PAST, "rolling hour", numbers);
      disk(folder);
      recovery(folder);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void disk(Path folder) throws IOException {
    long[] nanos = new long[400];
    var page = ByteBuffer.allocate(4_096);
    Path file = folder.resolve("disk");
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < nanos.length; i++) {
        page.clear();
        channel.write(page);
        long began = System.nanoTime();
        channel.force(false);
        nanos[i] = System.nanoTime() - began;
      }
    }
    Files.delete(file);
    Arrays.sort(nanos);
    System.out.printf(
        "fdatasync of 4 KB appended: p50 %d µs, p99 %d µs%n",
        nanos[nanos.length / 2] / 1_000, nanos[nanos.length * 99 / 100] / 1_000);
  }

  private static void decisions(
      Path folder, int seconds, CapWindow window, String name, int[] numbers) throws Exception {
    System.out.printf("%ndurable decisions with a cap over a %s, %d s each%n", name, seconds);
    System.out.println("keys    callers  decisions/s   p50 µs   p99 µs  CPU µs: writer  all");
    for (int keys : new int[] {1, 10_000}) {
      for (int callers : numbers) {
        Path dir = folder.resolve("decisions-" + keys + "-" + callers + "-" + name.charAt(0));
        try (Store store = Store.open(StoreOptions.in(dir))) {
          measure(store, keys, callers, 1, window);
          long writer = writerNanos();
          long process = processNanos();
          List<long[]> taken = measure(store, keys, callers, seconds, window);
          writer = writerNanos() - writer;
          process = processNanos() - process;
          long[] all = taken.stream().flatMapToLong(Arrays::stream).sorted().toArray();
          System.out.printf(
              "%-7d %-8d %11d %8d %8d %15d %4d%n",
              keys,
              callers,
              all.length / seconds,
              all[all.length / 2] / 1_000,
              all[(int) (all.length * 99L / 100)] / 1_000,
              writer / all.length / 1_000,
              process / all.length / 1_000);
        }
      }
    }
  }

  /** The processor's time of the writer's thread, which does not depend on who else is at work. */
  private static long writerNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("bylaw-store-writer")) {
        return threads.getThreadCpuTime(id);
      }
    }
    return 0;
  }

  private static long processNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static List<long[]> measure(
      Store store, int keys, int callers, int seconds, CapWindow window)
      throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    var number = new AtomicLong();
    List<long[]> taken = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < callers; c++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            long[] nanos = new long[1_024];
            int count = 0;
            while (System.nanoTime() < until) {
              long began = System.nanoTime();
              decide(store, (int) (number.getAndIncrement() % keys), window);
              if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
              }
              nanos[count++] = System.nanoTime() - began;
            }
            long[] mine = Arrays.copyOf(nanos, count);
            synchronized (taken) {
              taken.add(mine);
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return taken;
  }

  private static void decide(Store store, int key, CapWindow window) {
    String id = id();
    var counter = new CapCounter("acme", "ops-caps", "daily-spend", "customer-" + key, "USD");
    var charge = new CapCharge(counter, new BigDecimal("9.99"), LIMIT, true, window, true);
    Instant now = Instant.now();
    Sealed sealed = store.seal(draft(id, counter));
    boolean reserved =
        store.transact(tx -> {
          boolean got =
              tx.ledger("acme").reserve(id, "digest", List.of(charge), now, now.plusSeconds(60))
                  instanceof Reserving.Reserved;
          tx.ledger("acme").intend(id);
          tx.decisions()
              .record(
                  new KeptDecision(id, "acme", "bot", id, "pay", "digest", "allow", "", now, ""));
          tx.log("acme", LogName.POLICY).append(sealed);
          return got;
        });
    if (!reserved) {
      throw new IllegalStateException("the limit is too low");
    }
  }

  /** In the order of time, as the runtime makes them. */
  private static String id() {
    return Long.toHexString(System.currentTimeMillis()) + UUID.randomUUID().toString().substring(8);
  }

  private static Draft draft(String id, CapCounter counter) {
    return new Draft(
        LogEvent.POLICY_DECISION,
        id,
        "",
        ObjectValue.builder()
            .put("effect", "allow")
            .put("agent", "refund-bot")
            .put("action", "call_payment_api")
            .put("digest", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            .put("revision", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752")
            .put(
                "params",
                ObjectValue.builder()
                    .put("endpoint", "https://pay.example/refund")
                    .put("amount", NumberValue.of(new BigDecimal("9.99")))
                    .put("customer", counter.key())
                    .build())
            .put(
                "rules",
                ArrayValue.of(
                    Value.of("ops-caps@1.2.0/daily-spend"),
                    Value.of("ops-caps@1.2.0/refund-size"),
                    Value.of("data-protection@1.0.0/no-pii-outside")))
            .build());
  }

  private static void recovery(Path folder) {
    int runs = 10_000;
    Path dir = folder.resolve("recovery");
    try (Store store = Store.open(StoreOptions.in(dir))) {
      store.transact(tx -> {
        tx.journal().define("sha-1", "playbook: {}");
        return true;
      });
      for (int from = 0; from < runs; from += 500) {
        int first = from;
        store.transact(tx -> {
          for (int i = first; i < first + 500; i++) {
            start(tx.journal(), "run-" + i);
          }
          return true;
        });
      }
    }
    long began = System.nanoTime();
    long processor = processNanos();
    try (Store store = Store.open(StoreOptions.in(dir))) {
      long[] seen = new long[2];
      store.read(snapshot -> {
        snapshot
            .runs()
            .eachUnfinished(history -> {
              seen[0]++;
              seen[1] += history.events().size();
            });
        return true;
      });
      System.out.printf(
          "%nopening a store and reading %d unfinished runs with %d events: %d ms, CPU %d ms%n",
          seen[0],
          seen[1],
          (System.nanoTime() - began) / 1_000_000,
          (processNanos() - processor) / 1_000_000);
    }
  }

  private static void start(Journal journal, String id) {
    journal.start(
        new Run(
            id,
            "acme",
            "bot",
            "refund",
            "1.0",
            "sha-1",
            "1",
            RunStatus.RUNNING,
            ObjectValue.of("order", Value.of("17")),
            NullValue.NULL,
            Instant.now(),
            Optional.empty(),
            Optional.empty()));
    List<Value> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      events.add(
          ObjectValue.builder()
              .put("event", "acted")
              .put("key", "refund[" + i + "]/action")
              .put("output", ObjectValue.of("status", Value.of(200), "id", Value.of("re_123")))
              .build());
    }
    journal.append(id, 0, events);
  }
}
