package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.Reason;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.runtime.decide.DecisionDesk.Outcome;
import dev.bylaw.runtime.measure.MetricsReport;
import dev.bylaw.store.log.LogRecord;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.ObjectValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report of an outcome does to what was reserved. */
class ReportsTest {
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

  private Decision pay(String amount, String key) {
    return bylaw
        .decide(
            new ActionRequest(
                Acme.AGENT,
                "call_payment_api",
                "financial_transaction",
                ObjectValue.EMPTY,
                Acme.payment(amount),
                ObjectValue.EMPTY,
                key))
        .decision();
  }

  private BigDecimal used() {
    return bylaw.caps().lines(Optional.of(Acme.AGENT)).stream()
        .filter(line -> line.rule().equals("daily-total"))
        .map(line -> line.used())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void theReportOfARefusedRequestGivesBackNothingOfWhatItsKeyHolds() {
    assertThat(pay("100", "shared").allowed()).isTrue();
    Decision refused = pay("200", "shared");
    assertThat(refused.reason()).isEqualTo(Reason.KEY_TAKEN);
    bylaw.report(refused.id(), Outcome.NOT_DONE);
    assertThat(used()).isEqualByComparingTo("100");
  }

  @Test
  void whatWasGivenBackAndHappenedAfterAllCounts() {
    Decision first = pay("100", "retried");
    Decision second = pay("100", "retried");
    bylaw.report(first.id(), Outcome.NOT_DONE);
    assertThat(used()).isEqualByComparingTo("0");
    bylaw.report(second.id(), Outcome.DONE);
    assertThat(used()).isEqualByComparingTo("100");
  }

  @Test
  void moreThanWasReservedIsRecordedAndIsACriticalViolation() {
    Decision decided = pay("100", "more");
    bylaw.report(decided.id(), Outcome.DONE, Optional.of(new BigDecimal("130.50")), NullValue.NULL);
    assertThat(used()).isEqualByComparingTo("130.50");
    List<LogRecord> found =
        bylaw.audit().ofDecision(decided.id()).stream()
            .filter(each -> each.event().equals("cap_exceeded_by_actual"))
            .toList();
    assertThat(found).isNotEmpty();
    ObjectValue data = Acme.data(found.getFirst());
    assertThat(data.text("severity")).isEqualTo("critical");
    assertThat(data.text("reserved")).isEqualTo("100");
    assertThat(data.text("actual")).isEqualTo("130.50");
    assertThat(bylaw.metrics().last(1).violations())
        .contains(new MetricsReport.Count("critical", "cap", 1));
  }

  @Test
  void lessThanWasReservedIsNoViolation() {
    Decision decided = pay("100", "less");
    bylaw.report(decided.id(), Outcome.DONE, Optional.of(new BigDecimal("40")), NullValue.NULL);
    assertThat(used()).isEqualByComparingTo("40");
    assertThat(bylaw.audit().ofDecision(decided.id()))
        .noneMatch(each -> each.event().equals("cap_exceeded_by_actual"));
  }
}
