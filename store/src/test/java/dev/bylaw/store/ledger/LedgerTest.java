package dev.bylaw.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapLedger;
import dev.bylaw.policy.cap.CapLedger.Reserving;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.store.Store;
import dev.bylaw.store.StoreOptions;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.LogRecord;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final CapWindow DAY = new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneOffset.UTC);
  private static final CapWindow HOUR_PAST = new CapWindow.Rolling(Duration.ofHours(1));
  private static final CapWindow UNDER_WAY = new CapWindow.Concurrent();
  private static final CapCounter SPEND = new CapCounter("acme", "ops", "spend", "bot", "USD");
  private static final CapCounter MAILS = new CapCounter("acme", "ops", "mails", "bot", "");

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreOptions.in(folder.resolve("store")).withClock(() -> NOON));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    close();
    open();
  }

  private static CapCharge hard(CapCounter counter, String amount, String limit, CapWindow window) {
    return new CapCharge(
        counter, new BigDecimal(amount), new BigDecimal(limit), true, window, true);
  }

  private static CapCharge soft(CapCounter counter, String amount, String limit) {
    return new CapCharge(counter, new BigDecimal(amount), new BigDecimal(limit), true, DAY, false);
  }

  private Reserving reserve(String key, Instant at, CapCharge... charges) {
    return store.transact(tx ->
        tx.ledger("acme")
            .reserve(key, "digest", List.of(charges), at, at.plus(Duration.ofMinutes(10))));
  }

  private BigDecimal used(CapCounter counter, CapWindow window, Instant at) {
    BigDecimal seen = store.usage().used(counter, window, at);
    assertThat(
            store
                .<BigDecimal>transact(tx -> tx.ledger("acme").used(counter, window, at))
                .compareTo(seen))
        .isZero();
    return seen;
  }

  private interface Change {
    void on(CapLedger ledger);
  }

  private void change(Change change) {
    store.transact(tx -> {
      change.on(tx.ledger("acme"));
      return true;
    });
  }

  @Test
  void tryingACounterThatIsNotInMemoryDoesNotWaitForTheWriter() throws Exception {
    reserve("a", NOON, hard(SPEND, "60", "100", DAY), hard(MAILS, "1", "10", HOUR_PAST));
    reopen();
    var busy = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    CompletableFuture<Boolean> work =
        store.write(_ -> {
          busy.countDown();
          return release.await(60, TimeUnit.SECONDS);
        });
    busy.await();
    try {
      CapWindow[] windows = {DAY, HOUR_PAST, UNDER_WAY};
      for (CapWindow window : windows) {
        assertThat(store.usage().used(SPEND, window, NOON)).isEqualByComparingTo("60");
        assertThat(store.usage().used(MAILS, window, NOON)).isEqualByComparingTo("1");
      }
      assertThat(work).isNotDone();
    } finally {
      release.countDown();
    }
    assertThat(work.join()).isTrue();
  }

  @Test
  void allChargesAreReservedOrNone() {
    assertThat(reserve("a", NOON, hard(SPEND, "60", "100", DAY), hard(MAILS, "1", "1", DAY)))
        .isInstanceOf(Reserving.Reserved.class);
    assertThat(reserve("b", NOON, hard(SPEND, "10", "100", DAY), hard(MAILS, "1", "1", DAY)))
        .isEqualTo(new Reserving.Exceeded(List.of(hard(MAILS, "1", "1", DAY))));
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("60");
    assertThat(used(MAILS, DAY, NOON)).isEqualByComparingTo("1");
  }

  @Test
  void aLimitIsInclusiveAndBelowIsNot() {
    reserve("a", NOON, hard(SPEND, "4999.99", "5000", DAY));
    assertThat(reserve("b", NOON, hard(SPEND, "0.02", "5000", DAY)))
        .isInstanceOf(Reserving.Exceeded.class);
    var below =
        new CapCharge(SPEND, new BigDecimal("0.01"), new BigDecimal("5000.00"), false, DAY, true);
    assertThat(reserve("c", NOON, below)).isInstanceOf(Reserving.Exceeded.class);
    assertThat(reserve("d", NOON, hard(SPEND, "0.01", "5000", DAY)))
        .isInstanceOf(Reserving.Reserved.class);
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("5000");
  }

  @Test
  void aKeyUsedAgainReservesNothingMoreAndAnotherDigestIsRefused() {
    reserve("a", NOON, hard(SPEND, "60", "100", DAY));
    assertThat(reserve("a", NOON, hard(SPEND, "60", "100", DAY)))
        .isInstanceOfSatisfying(
            Reserving.Reserved.class, again -> assertThat(again.repeated()).isTrue());
    Reserving taken =
        store.transact(tx ->
            tx.ledger("acme")
                .reserve("a", "other", List.of(hard(SPEND, "1", "100", DAY)), NOON, NOON));
    assertThat(taken).isInstanceOf(Reserving.KeyTaken.class);
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("60");
  }

  @Test
  void anotherIdentityHasKeysOfItsOwn() {
    reserve("a", NOON, hard(SPEND, "60", "100", DAY));
    assertThat(store.<Boolean>transact(tx -> tx.ledger("other").find("a").isPresent())).isFalse();
    assertThatThrownBy(() ->
            store.transact(tx ->
                tx.ledger("other")
                    .reserve("b", "d", List.of(hard(SPEND, "1", "100", DAY)), NOON, NOON)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsReleasedIsGivenBackAndTheSameKeyMayTryAgain() {
    reserve("a", NOON, hard(SPEND, "60", "100", DAY));
    change(ledger -> ledger.release("a"));
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("0");
    assertThat(reserve("a", NOON, hard(SPEND, "100", "100", DAY)))
        .isInstanceOfSatisfying(
            Reserving.Reserved.class, again -> assertThat(again.repeated()).isFalse());
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("100");
    reopen();
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("100");
  }

  @Test
  void overASoftCapTheUsageIsRecordedAsOverage() {
    reserve("a", NOON, soft(SPEND, "90", "100"));
    assertThat(reserve("b", NOON, soft(SPEND, "30", "100"))).isInstanceOf(Reserving.Reserved.class);
    List<LedgerQueries.Usage> usage =
        store.read(snapshot -> snapshot.ledger().usage("acme", "ops", "spend", DAY, NOON));
    assertThat(usage)
        .containsExactly(
            new LedgerQueries.Usage(SPEND, new BigDecimal("120"), new BigDecimal("20"), 2));
  }

  @Test
  void moreThanReservedIsCommittedAndNamed() {
    reserve("a", NOON, hard(SPEND, "60", "100", DAY), hard(MAILS, "1", "5", DAY));
    change(ledger -> ledger.intend("a"));
    List<CapCounter> above =
        store.transact(tx -> tx.ledger("acme").commit("a", Map.of(SPEND, new BigDecimal("75.5"))));
    assertThat(above).containsExactly(SPEND);
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("75.5");
    reopen();
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("75.5");
    assertThat(store.<List<CapCounter>>transact(tx -> tx.ledger("acme").commit("a", Map.of())))
        .as("reported twice, counted once")
        .containsExactly(SPEND);
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("75.5");
    assertThatThrownBy(() -> change(ledger -> ledger.release("a")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDayEndsAtMidnightInItsZone() {
    var berlin = new CapWindow.Calendar(CapWindow.Unit.DAY, ZoneId.of("Europe/Berlin"));
    Instant evening = Instant.parse("2026-03-01T22:59:59.999Z");
    reserve("a", evening, hard(SPEND, "60", "100", berlin));
    assertThat(used(SPEND, berlin, evening)).isEqualByComparingTo("60");
    assertThat(used(SPEND, berlin, evening.plusMillis(1))).isEqualByComparingTo("0");
    assertThat(used(SPEND, DAY, evening.plusMillis(1))).isEqualByComparingTo("60");
  }

  @Test
  void aRollingWindowIsExact() {
    reserve("a", NOON, hard(MAILS, "1", "1", HOUR_PAST));
    Instant almost = NOON.plus(Duration.ofHours(1)).minusMillis(1);
    assertThat(reserve("b", almost, hard(MAILS, "1", "1", HOUR_PAST)))
        .isInstanceOf(Reserving.Exceeded.class);
    assertThat(reserve("b", almost.plusMillis(1), hard(MAILS, "1", "1", HOUR_PAST)))
        .isInstanceOf(Reserving.Reserved.class);
    reopen();
    assertThat(used(MAILS, HOUR_PAST, almost.plusMillis(1))).isEqualByComparingTo("1");
    assertThat(used(MAILS, new CapWindow.Rolling(Duration.ofHours(2)), almost.plusMillis(1)))
        .isEqualByComparingTo("2");
  }

  @Test
  void aRollingWindowCountsWhatOthersChargedWithALaterClock() {
    reserve("later", NOON.plusMillis(5), hard(MAILS, "1", "1", HOUR_PAST));
    assertThat(reserve("earlier", NOON, hard(MAILS, "1", "1", HOUR_PAST)))
        .isInstanceOf(Reserving.Exceeded.class);
    reopen();
    Instant setBack = NOON.minus(Duration.ofMinutes(59));
    assertThat(reserve("set back", setBack, hard(MAILS, "1", "1", HOUR_PAST)))
        .isInstanceOf(Reserving.Exceeded.class);
    Instant apart = NOON.minus(Duration.ofHours(1));
    assertThat(reserve("apart", apart, hard(MAILS, "1", "1", HOUR_PAST)))
        .isInstanceOf(Reserving.Reserved.class);
  }

  @Test
  void aConcurrentWindowHoldsWhatIsUnderWay() {
    reserve("a", NOON, hard(MAILS, "1", "2", UNDER_WAY));
    reserve("b", NOON, hard(MAILS, "1", "2", UNDER_WAY));
    assertThat(reserve("c", NOON, hard(MAILS, "1", "2", UNDER_WAY)))
        .isInstanceOf(Reserving.Exceeded.class);
    change(ledger -> {
      ledger.intend("a");
      ledger.commit("a", Map.of());
    });
    assertThat(used(MAILS, UNDER_WAY, NOON)).isEqualByComparingTo("1");
    reopen();
    assertThat(used(MAILS, UNDER_WAY, NOON)).isEqualByComparingTo("1");
    Instant late = NOON.plus(Duration.ofMinutes(10));
    assertThat(used(MAILS, UNDER_WAY, late)).as("b has expired").isEqualByComparingTo("0");
    assertThat(used(MAILS, DAY, late)).as("and counts as spent").isEqualByComparingTo("2");
    List<LogRecord> log =
        store.read(snapshot -> snapshot.logs().latest("acme", LogName.POLICY, 10));
    assertThat(log).extracting(LogRecord::event).containsExactly("cap_expired");
  }

  @Test
  void whatIsNotReportedInTimeIsSpentUntilALateReportSetsItRight() {
    reserve("a", NOON, hard(SPEND, "60", "100", DAY));
    reserve("b", NOON, hard(SPEND, "10", "100", DAY));
    change(ledger -> ledger.intend("a"));
    Instant late = NOON.plus(Duration.ofMinutes(10));
    assertThat(store.<Integer>transact(tx -> tx.ledger().expire(late.minusMillis(1)))).isZero();
    assertThat(store.<Integer>transact(tx -> tx.ledger().expire(late))).isEqualTo(2);
    assertThat(
            store.<CapLedger.State>transact(
                tx -> tx.ledger("acme").find("a").orElseThrow().state()))
        .isEqualTo(CapLedger.State.COMMITTED);
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("70");
    change(ledger -> {
      ledger.commit("a", Map.of(SPEND, new BigDecimal("20")));
      ledger.release("b");
    });
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("20");
  }

  @Test
  void recoveryGivesBackWhatNeverBeganAndKeepsWhatMayHaveHappened() {
    reserve("never began", NOON, hard(SPEND, "60", "100", DAY));
    reserve("may have happened", NOON, hard(SPEND, "10", "100", DAY));
    change(ledger -> ledger.intend("may have happened"));
    reopen();
    assertThat(store.<Integer>transact(tx -> tx.ledger().recover())).isEqualTo(1);
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("10");
    assertThat(store.<Integer>transact(tx -> tx.ledger().recover())).isZero();
  }

  @Test
  void aWorkThatFailsLeavesNoTraceInMemory() {
    reserve("a", NOON, hard(SPEND, "60", "100", DAY), hard(MAILS, "1", "9", HOUR_PAST));
    assertThat(used(SPEND, UNDER_WAY, NOON)).isEqualByComparingTo("60");
    var failing =
        store.write(tx -> {
          CapLedger ledger = tx.ledger("acme");
          ledger.commit("a", Map.of(SPEND, new BigDecimal("70")));
          ledger.reserve(
              "b",
              "d",
              List.of(
                  hard(SPEND, "30", "100", DAY),
                  hard(MAILS, "1", "9", HOUR_PAST),
                  hard(new CapCounter("acme", "ops", "fresh", "bot", ""), "1", "9", DAY)),
              NOON,
              NOON);
          throw new IllegalStateException("no");
        });
    assertThatThrownBy(failing::join).hasRootCauseMessage("no");
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("60");
    assertThat(used(SPEND, UNDER_WAY, NOON)).isEqualByComparingTo("60");
    assertThat(used(MAILS, HOUR_PAST, NOON)).isEqualByComparingTo("1");
    assertThat(store.<Boolean>transact(tx -> tx.ledger("acme").find("b").isPresent())).isFalse();
    assertThat(reserve("b", NOON, hard(SPEND, "40", "100", DAY)))
        .isInstanceOf(Reserving.Reserved.class);
  }

  @Test
  void sixtyFourThreadsNeverExceedABlockCapAndLoseNoBudget() throws InterruptedException {
    int threads = 64;
    int tries = 20;
    var reserved = new AtomicInteger();
    var failures = new ArrayList<Throwable>();
    var begin = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      running.add(
          Thread.startVirtualThread(() -> {
            try {
              begin.await();
              for (int i = 0; i < tries; i++) {
                String key = thread + "/" + i;
                Reserving got = reserve(key, NOON, hard(SPEND, "1.10", "999.99", DAY));
                if (got instanceof Reserving.Reserved) {
                  if (i % 4 == 0) {
                    change(ledger -> ledger.release(key));
                  } else {
                    reserved.incrementAndGet();
                  }
                }
              }
            } catch (Throwable e) {
              synchronized (failures) {
                failures.add(e);
              }
            }
          }));
    }
    begin.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    BigDecimal used = used(SPEND, DAY, NOON);
    assertThat(used)
        .isEqualByComparingTo(new BigDecimal("1.10").multiply(new BigDecimal(reserved.get())));
    assertThat(used).isLessThanOrEqualTo(new BigDecimal("999.99"));
    // No budget was lost: what is left can be used up to the last that fits.
    int more = 0;
    while (reserve("more/" + more, NOON, hard(SPEND, "1.10", "999.99", DAY))
        instanceof Reserving.Reserved) {
      more++;
    }
    assertThat(reserved.get() + more).isEqualTo(909);
    reopen();
    assertThat(used(SPEND, DAY, NOON)).isEqualByComparingTo("999.90");
  }
}
