package dev.bylaw.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.policy.cap.CapLedger.Reserving;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsagesTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<CapWindow> WINDOWS =
      List.of(
          new CapWindow.Calendar(CapWindow.Unit.HOUR, ZoneOffset.UTC),
          new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneOffset.ofHours(5)),
          new CapWindow.Rolling(Duration.ofMinutes(20)),
          new CapWindow.Rolling(Duration.ofHours(3)),
          new CapWindow.Concurrent());

  @TempDir Path folder;

  /** What a reservation was and is. */
  private record Plain(
      Instant at, Instant expires, String state, Map<CapCounter, BigDecimal> amounts) {}

  private final Map<String, Plain> plain = new HashMap<>();

  private BigDecimal sum(CapCounter counter, CapWindow window, Instant at) {
    BigDecimal total = BigDecimal.ZERO;
    CapWindow.Range range = window.around(at);
    for (Plain one : plain.values()) {
      boolean counts =
          window instanceof CapWindow.Concurrent
              ? one.state().equals("open")
              : !one.state().equals("released")
                  && !one.at().isBefore(range.from())
                  && one.at().isBefore(range.to());
      if (counts) {
        total = total.add(one.amounts().getOrDefault(counter, BigDecimal.ZERO));
      }
    }
    return total;
  }

  @Test
  void usageIsThatOfAPlainListWhateverHappens() {
    long seed = 7_032_026;
    var random = new Random(seed);
    List<CapCounter> counters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      counters.add(new CapCounter("acme", "ops", "rule", "customer-" + i, "USD"));
    }
    Instant now = START;
    Store store = Store.open(StoreOptions.in(folder.resolve("store")));
    try {
      for (int step = 0; step < 1_500; step++) {
        now = now.plusMillis(random.nextInt(120_000));
        Instant at = now.minusMillis(random.nextInt(3) * 1_000L);
        String key = "k" + random.nextInt(400);
        CapCounter one = counters.get(random.nextInt(5));
        CapCounter two = counters.get(random.nextInt(5));
        CapWindow window = WINDOWS.get(random.nextInt(WINDOWS.size()));
        var amount = new BigDecimal(random.nextInt(1_000)).movePointLeft(2);
        boolean fails = random.nextInt(10) == 0;
        int what = random.nextInt(4);
        Plain before = plain.get(key);
        var work =
            store.write(tx -> {
              CapLedger ledger = tx.ledger("acme");
              tx.ledger().expire(at);
              expirePlain(at);
              Plain current = plain.get(key);
              switch (what) {
                case 0, 1 -> {
                  List<CapCharge> charges = new ArrayList<>();
                  charges.add(new CapCharge(one, amount, new BigDecimal(30), true, window, true));
                  if (!two.equals(one)) {
                    charges.add(new CapCharge(two, amount, new BigDecimal(40), true, window, true));
                  }
                  boolean fits =
                      charges.stream().allMatch(c -> c.fits(sum(c.counter(), window, at)));
                  var got = ledger.reserve(key, "d", charges, at, at.plus(Duration.ofMinutes(30)));
                  if (current != null && !current.state().equals("released")) {
                    assertThat(got).isInstanceOf(Reserving.Reserved.class);
                  } else if (!fits) {
                    assertThat(got).isInstanceOf(Reserving.Exceeded.class);
                  } else {
                    Map<CapCounter, BigDecimal> amounts = new HashMap<>();
                    charges.forEach(c -> amounts.put(c.counter(), c.amount()));
                    assertThat(got).isInstanceOf(Reserving.Reserved.class);
                    if (!fails) {
                      plain.put(
                          key, new Plain(at, at.plus(Duration.ofMinutes(30)), "open", amounts));
                    }
                  }
                }
                case 2 -> {
                  if (current != null && !current.state().equals("committed")) {
                    ledger.commit(key, Map.of());
                    if (!fails) {
                      put(key, current, "committed");
                    }
                  }
                }
                default -> {
                  if (current != null && !current.state().equals("committed")) {
                    ledger.release(key);
                    if (!fails) {
                      put(key, current, "released");
                    }
                  }
                }
              }
              if (fails) {
                throw new IllegalStateException("on purpose");
              }
              return true;
            });
        assertThat(work.handle((_, e) -> e != null).join())
            .as("seed %d step %d: %s", seed, step, before)
            .isEqualTo(fails);
        if (step % 300 == 299) {
          store.close();
          store = Store.open(StoreOptions.in(folder.resolve("store")));
        }
        Store open = store;
        for (CapWindow each : WINDOWS) {
          for (CapCounter counter : counters) {
            if (each instanceof CapWindow.Concurrent) {
              store.transact(tx -> tx.ledger().expire(at));
              expirePlain(at);
            }
            assertThat(open.usage().used(counter, each, at))
                .as("seed %d step %d %s %s", seed, step, each, counter.key())
                .isEqualByComparingTo(sum(counter, each, at));
          }
        }
      }
    } finally {
      store.close();
    }
  }

  private void put(String key, Plain was, String state) {
    plain.put(key, new Plain(was.at(), was.expires(), state, was.amounts()));
  }

  private void expirePlain(Instant now) {
    plain.replaceAll((key, was) ->
        was.state().equals("open") && !was.expires().isAfter(now)
            ? new Plain(was.at(), was.expires(), "expired", was.amounts())
            : was);
  }
}
