package dev.bylaw.bench.jmh;

import dev.bylaw.bench.Whole;
import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ledger of caps in the embedded store: a thousand reservations, their intents and their
 * commits in one transaction, so that the disk's own time is a thousandth of each; and a look at
 * what is used.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // made by the set-up
public class LedgerBenchmark {
  private static final int AT_ONCE = 1_000;
  private static final BigDecimal LIMIT = new BigDecimal("1000000000");

  /** How many counters take turns. */
  @Param({"1", "10000"})
  public int keys = 1;

  /** Over which time it counts. */
  @Param({"day", "rolling"})
  public String window = "day";

  private Path folder = Path.of("");
  private Store store;
  private CapWindow over;
  private long number;

  /** Opens a store. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("ledger");
    store = Store.open(StoreOptions.in(folder.resolve("store")));
    over =
        window.equals("day")
            ? new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneId.of("America/New_York"))
            : new CapWindow.Rolling(Duration.ofHours(24));
  }

  /** Closes and deletes it. */
  @TearDown
  public void close() throws IOException {
    store.close();
    Whole.delete(folder);
  }

  private CapCounter counter(long each) {
    return new CapCounter("acme", "ops-caps", "daily-spend", "c-" + each % keys, "USD");
  }

  /** Reserves, intends and commits. */
  @Benchmark
  @org.openjdk.jmh.annotations.OperationsPerInvocation(AT_ONCE)
  public long spend() {
    long from = number;
    number += AT_ONCE;
    Instant now = Instant.now();
    return store.transact(transaction -> {
      CapLedger ledger = transaction.ledger("acme");
      for (long each = from; each < from + AT_ONCE; each++) {
        String key = "run-" + each + "/pay/0";
        var charge = new CapCharge(counter(each), BigDecimal.ONE, LIMIT, true, over, true);
        if (!(ledger.reserve(key, "digest", List.of(charge), now, now.plusSeconds(60))
            instanceof CapLedger.Reserving.Reserved)) {
          throw new IllegalStateException(key);
        }
        ledger.intend(key);
        var _ = ledger.commit(key, Map.of());
      }
      return from;
    });
  }

  /** What is used, as a decision that is only tried asks it. */
  @Benchmark
  public BigDecimal used() {
    return store.usage().used(counter(number++), over, Instant.now());
  }
}
