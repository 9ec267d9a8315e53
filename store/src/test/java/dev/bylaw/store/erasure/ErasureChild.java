package dev.bylaw.store.erasure;

import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.log.AuditLog;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A process that takes data away and ends itself, with nothing flushed, inside one of the
 * transactions: where the writer asks for the time the n-th time, which each of them does.
 */
final class ErasureChild {
  static final String ANN = "customer-4711";
  static final int HALTED = 137;
  static final Instant OLD = Instant.parse("2026-01-01T12:00:00Z");
  static final Instant NEW = OLD.plus(Duration.ofDays(60));
  static final Instant BEFORE = OLD.plus(Duration.ofDays(30));

  /** Of each log; some are of Ann. */
  static final int RECORDS = 450;

  private ErasureChild() {}

  static StoreOptions options(Path dir, InstantSource clock) {
    return StoreOptions.in(dir).withClock(clock);
  }

  /** Two logs of old records, every second of Ann, and a few new ones. */
  static void fill(Path dir) {
    var now = new AtomicReference<>(OLD);
    try (Store store = Store.open(options(dir, now::get))) {
      for (LogName log : LogName.values()) {
        now.set(OLD);
        store.transact(tx -> {
          for (int i = 0; i < RECORDS; i++) {
            append(tx.log("acme", log), log, i % 2 == 0 ? ANN : "somebody else");
          }
          return true;
        });
      }
      now.set(NEW);
      for (LogName log : LogName.values()) {
        store.transact(tx -> append(tx.log("acme", log), log, "somebody else"));
      }
      var _ = store.audit().checkpoint();
    }
  }

  private static long append(AuditLog log, LogName name, String customer) {
    return log.append(
        new Draft(
            name == LogName.POLICY ? LogEvent.POLICY_DECISION : LogEvent.RUN_STARTED,
            "",
            "",
            ObjectValue.of("customer", Value.of(customer))));
  }

  static Erased erase(Store store) {
    return store.audit().erase(new Erasure.Subject("acme", ANN, Set.of()), "dpo", "request 17");
  }

  static Retained retain(Store store) {
    return store.audit().retain("acme", BEFORE);
  }

  /**
   * Takes away and is cut off.
   *
   * @param arguments the folder, {@code erase} or {@code retain}, and at which question to end
   */
  public static void main(String[] arguments) {
    var left = new AtomicInteger(Integer.MAX_VALUE);
    InstantSource clock =
        () -> {
          if (Thread.currentThread().getName().equals("bylaw-store-writer")
              && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(HALTED);
          }
          return NEW;
        };
    try (Store store = Store.open(options(Path.of(arguments[0]), clock))) {
      left.set(Integer.parseInt(arguments[2]));
      if (arguments[1].equals("erase")) {
        var _ = erase(store);
      } else {
        var _ = retain(store);
      }
      left.set(Integer.MAX_VALUE);
    }
  }
}
