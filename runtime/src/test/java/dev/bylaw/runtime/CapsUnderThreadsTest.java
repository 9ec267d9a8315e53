package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.decide.DecisionDesk.Outcome;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many callers and one cap: a customer's payments of a day stay below 5,000 USD. */
class CapsUnderThreadsTest {
  private static final int THREADS = 64;
  private static final BigDecimal LIMIT = new BigDecimal("5000");
  private static final BigDecimal CENT = new BigDecimal("0.01");

  @TempDir Path folder;
  private Bylaw bylaw;

  @BeforeEach
  void open() throws IOException {
    bylaw = Acme.open(Acme.in(folder), new Acme.Clock());
  }

  @AfterEach
  void close() {
    bylaw.close();
  }

  private Decision pay(BigDecimal amount, String key) {
    return bylaw
        .decide(
            new ActionRequest(
                Acme.AGENT,
                "call_payment_api",
                "financial_transaction",
                ObjectValue.EMPTY,
                Acme.payment(amount.toPlainString()).with("amount", NumberValue.of(amount)),
                ObjectValue.EMPTY,
                key))
        .decision();
  }

  /** What one caller does; the sum that it got through. */
  private interface Caller {
    BigDecimal call(int number) throws Exception;
  }

  private static BigDecimal together(Caller caller)
      throws InterruptedException, ExecutionException {
    var start = new CyclicBarrier(THREADS);
    BigDecimal sum = BigDecimal.ZERO;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BigDecimal>> sums = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        sums.add(
            threads.submit(() -> {
              int _ = start.await();
              return caller.call(number);
            }));
      }
      for (Future<BigDecimal> each : sums) {
        sum = sum.add(each.get());
      }
    }
    return sum;
  }

  @Test
  void sixtyFourThreadsGetExactlyAsMuchAsThereIs() throws Exception {
    BigDecimal amount = new BigDecimal("99.99");
    BigDecimal sum =
        together(number -> {
          BigDecimal mine = BigDecimal.ZERO;
          for (int i = 0; i < 3; i++) {
            if (pay(amount, number + "/" + i).allowed()) {
              mine = mine.add(amount);
            }
          }
          return mine;
        });
    assertThat(sum).isEqualByComparingTo("4999.50");
    assertThat(used()).isEqualByComparingTo(sum);
  }

  @Test
  void whatIsGivenBackByThreadsIsThereForOthersToTheCent() throws Exception {
    long seed = 20260302;
    System.out.println("seed " + seed);
    BigDecimal sum =
        together(number -> {
          var random = new Random(seed + number);
          BigDecimal mine = BigDecimal.ZERO;
          for (int i = 0; i < 6; i++) {
            BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(99_999), 2);
            Decision decision = pay(amount, number + "/" + i);
            if (!decision.allowed()) {
              continue;
            }
            boolean done = random.nextInt(4) == 0;
            bylaw.report(decision.id(), done ? Outcome.DONE : Outcome.NOT_DONE);
            if (done) {
              mine = mine.add(amount);
            }
          }
          return mine;
        });
    assertThat(sum).isLessThan(LIMIT);
    assertThat(used()).isEqualByComparingTo(sum);

    BigDecimal left = LIMIT.subtract(sum).subtract(CENT);
    BigDecimal most = new BigDecimal("999.99");
    for (int i = 0; left.signum() > 0; i++) {
      BigDecimal part = left.min(most);
      assertThat(pay(part, "rest/" + i).allowed()).isTrue();
      left = left.subtract(part);
    }
    assertThat(used()).isEqualByComparingTo(LIMIT.subtract(CENT));
    assertThat(pay(CENT, "too much").allowed()).isFalse();
  }

  @Test
  void oneKeyAskedByAllIsOneReservation() throws Exception {
    BigDecimal amount = new BigDecimal("99.99");
    BigDecimal sum =
        together(_ -> pay(amount, "the same").allowed() ? BigDecimal.ONE : BigDecimal.ZERO);
    assertThat(sum).isEqualByComparingTo(BigDecimal.valueOf(THREADS));
    assertThat(used()).isEqualByComparingTo(amount);
  }

  private BigDecimal used() {
    return bylaw.caps().lines(Optional.of(Acme.AGENT)).stream()
        .filter(line -> line.rule().equals("daily-total"))
        .map(line -> line.used())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
