package dev.bylaw.actions.record;

import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The port through which the usage of caps is read; the runtime implements it. */
public interface CapUsage {
  /**
   * The caps that hold for an agent now, as they stand.
   *
   * @param agent whose caps
   * @param rule a rule's id, or {@code pack/rule}; empty for all
   * @param key the values that caps count by, {@code customer_id} for instance; a cap by a field
   *     that is not among them is left out
   */
  List<Usage> usage(String agent, Optional<String> rule, ObjectValue key);

  /**
   * One cap.
   *
   * @param pack its pack
   * @param rule its rule
   * @param key what it counts by, for people: {@code customer_id=c-17}
   * @param used committed and reserved in its window
   * @param limit the most
   * @param currency of both; empty for a count
   * @param until when the window ends; empty for a rolling one
   */
  record Usage(
      String pack,
      String rule,
      String key,
      BigDecimal used,
      BigDecimal limit,
      Optional<String> currency,
      Optional<Instant> until) {
    /** What is left, never below zero. */
    public BigDecimal remaining() {
      return limit.subtract(used).max(BigDecimal.ZERO);
    }
  }
}
