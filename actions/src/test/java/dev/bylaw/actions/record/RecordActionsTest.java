package dev.bylaw.actions.record;

import static dev.bylaw.actions.Calls.done;
import static dev.bylaw.actions.Calls.failed;
import static dev.bylaw.actions.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.actions.record.CapUsage.Usage;
import dev.bylaw.actions.record.StepLog.Entry;
import dev.bylaw.actions.record.StepLog.Level;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordActionsTest {
  private static final Usage DAILY =
      new Usage(
          "financial-transaction-limit",
          "daily",
          "customer_id=c-17",
          new BigDecimal("4999.99"),
          new BigDecimal("5000"),
          Optional.of("USD"),
          Optional.of(Instant.parse("2026-01-06T00:00:00Z")));

  private final QueryCap query =
      new QueryCap((agent, rule, key) ->
          rule.filter(name -> !name.equals("daily")).isPresent() || key.size() == 0
              ? List.of()
              : List.of(DAILY));

  @Test
  void theDailyTotalOfACustomerIsTold() throws InterruptedException {
    ObjectValue output = done(query, Map.of("cap", "daily", "key", Map.of("customer_id", "c-17")));
    assertThat(output.get("used")).isEqualTo(json("4999.99"));
    assertThat(output.get("remaining")).isEqualTo(json("0.01"));
    assertThat(output.at("caps", "0", "until")).contains(json("\"2026-01-06T00:00:00Z\""));
  }

  @Test
  void whatIsLeftIsNeverBelowZero() {
    assertThat(
            new Usage(
                    "p",
                    "r",
                    "",
                    new BigDecimal(7),
                    new BigDecimal(5),
                    Optional.empty(),
                    Optional.empty())
                .remaining())
        .isZero();
  }

  @Test
  void aCapThatDoesNotHoldIsToldAndNotTakenForUnused() throws InterruptedException {
    assertThat(failed(query, Map.of("cap", "weekly")).code()).isEqualTo("no_cap");
    assertThat(done(query, Map.of()).get("caps")).isEqualTo(json("[]"));
  }

  @Test
  void aRecordIsWrittenUnderTheCallsKey() throws InterruptedException {
    Map<String, Entry> written = new LinkedHashMap<>();
    var log = new WriteLog((agent, key, entry) -> written.put(agent + " " + key, entry));
    done(log, Map.of("message", "sent", "level", "warning", "data", Map.of("request_id", "r-1")));
    assertThat(written)
        .containsExactly(
            Map.entry(
                "agent-1 run-1/step/0",
                new Entry(Level.WARNING, "sent", (ObjectValue) json("{\"request_id\":\"r-1\"}"))));
    assertThat(failed(log, Map.of("message", "x", "level", "loud")).message()).contains("`level`");
    assertThat(failed(log, Map.of("message", "x".repeat(20_000))).message()).contains("longer");
    assertThat(written).hasSize(1);
  }
}
