package dev.bylaw.store;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger.Reserving;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.journal.Run;
import dev.bylaw.store.journal.RunStatus;
import dev.bylaw.store.log.Draft;
import dev.bylaw.store.log.LogEvent;
import dev.bylaw.store.log.LogName;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A process that writes until it is killed, or until its disk fails, and says on its standard
 * output what it was promised.
 */
final class CrashChild {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final CapCounter COUNTER = new CapCounter("acme", "ops", "spend", "bot", "USD");
  static final CapWindow DAY = new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneOffset.UTC);
  static final BigDecimal AMOUNT = new BigDecimal("0.10");
  static final BigDecimal LIMIT = new BigDecimal("100.00");

  private CrashChild() {}

  static StoreOptions options(Path dir) {
    return StoreOptions.in(dir).withClock(InstantSource.fixed(NOW));
  }

  /**
   * Writes until it ends.
   *
   * @param arguments the folder, the name of this round, the number of callers
   */
  public static void main(String[] arguments) throws InterruptedException {
    Store store = Store.open(options(Path.of(arguments[0])));
    String round = arguments[1];
    int callers = Integer.parseInt(arguments[2]);
    store.transact(tx -> {
      tx.journal().define("digest", "playbook: {}");
      return true;
    });
    Thread[] threads = new Thread[callers];
    for (int c = 0; c < callers; c++) {
      int caller = c;
      threads[c] = Thread.startVirtualThread(() -> call(store, round + "/" + caller));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void call(Store store, String caller) {
    try {
      store.transact(tx -> {
        tx.journal().start(run(caller));
        return true;
      });
      say("run " + caller);
      for (int i = 1; i < 1_000_000; i++) {
        String key = caller + "/" + i;
        int seq = i;
        boolean reserved = store.transact(tx -> step(tx, caller, key, seq));
        say((reserved ? "reserved " : "refused ") + key);
      }
    } catch (StoreUnavailable e) {
      say("unavailable " + e.reason() + " " + e.getMessage());
    }
  }

  private static boolean step(Transaction tx, String caller, String key, int seq) {
    var charge = new CapCharge(COUNTER, AMOUNT, LIMIT, true, DAY, true);
    boolean reserved =
        tx.ledger("acme").reserve(key, "digest", List.of(charge), NOW, NOW.plusSeconds(600))
            instanceof Reserving.Reserved;
    if (reserved) {
      tx.ledger("acme").intend(key);
    }
    tx.journal().append(caller, seq - 1, List.of(NumberValue.of(seq)));
    tx.log("acme", LogName.POLICY)
        .append(
            new Draft(
                LogEvent.POLICY_DECISION, key, caller, ObjectValue.of("seq", NumberValue.of(seq))));
    return reserved;
  }

  private static Run run(String id) {
    return new Run(
        id,
        "acme",
        "bot",
        "refund",
        "1.0",
        "digest",
        "1",
        RunStatus.RUNNING,
        ObjectValue.EMPTY,
        NullValue.NULL,
        NOW,
        Optional.empty(),
        Optional.empty());
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
