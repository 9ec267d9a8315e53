package dev.bylaw.policy.rule;

import dev.bylaw.policy.cap.CapWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limit on what is done over a time.
 *
 * @param kind what is counted
 * @param field whose sum; empty for a count
 * @param over the actions and capabilities that count together; empty where the resource decides
 * @param limit how much there may be
 * @param inclusive whether exactly the limit is still within it
 * @param currency of a sum of money; empty for a count or a plain number, {@code *} for the
 *     identity's
 * @param per whose usage is counted apart; empty for the identity as a whole
 * @param unit of the calendar; null for a rolling window or for what is under way
 * @param rolling the length of a rolling window; null for the calendar
 * @param zone whose midnight ends a day; empty for the identity's
 */
public record CapSpec(
    Kind kind,
    Optional<FieldPath> field,
    Set<String> over,
    BigDecimal limit,
    boolean inclusive,
    String currency,
    List<CapKey> per,
    CapWindow.@Nullable Unit unit,
    @Nullable Duration rolling,
    Optional<ZoneId> zone) {

  /** What is counted. */
  public enum Kind {
    SUM,
    COUNT,
    CONCURRENT
  }

  /**
   * Whose usage is counted apart.
   *
   * @param name as written: {@code agent}, {@code customer_id}
   * @param field where that is in a request; null for the agent
   */
  public record CapKey(String name, @Nullable FieldPath field) {}

  /** The currency of the identity, where it has one. */
  public static final String IDENTITYS = "*";

  public CapSpec {
    over = Set.copyOf(over);
    per = List.copyOf(per);
  }

  /** The window, in its own zone or else the identity's. */
  public CapWindow window(ZoneId identityZone) {
    if (kind == Kind.CONCURRENT) {
      return new CapWindow.Concurrent();
    }
    return rolling != null
        ? new CapWindow.Rolling(rolling)
        : new CapWindow.Calendar(
            unit == null ? CapWindow.Unit.DAY : unit, zone.orElse(identityZone));
  }

  /** The window in words: {@code day}, {@code rolling PT1H}, {@code concurrent}. */
  public String windowText() {
    if (kind == Kind.CONCURRENT) {
      return "concurrent";
    }
    return rolling != null
        ? "rolling " + rolling
        : (unit == null ? CapWindow.Unit.DAY : unit).name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * What it limits: caps of one setting compete. {@code sum params.amount USD per agent in day over
   * call_payment_api, issue_refund}.
   */
  public String setting() {
    StringBuilder out = new StringBuilder(kind.name().toLowerCase(java.util.Locale.ROOT));
    field.ifPresent(path -> out.append(' ').append(path));
    if (!currency.isEmpty()) {
      out.append(' ').append(currency);
    }
    out.append(" per ");
    out.append(
        per.isEmpty() ? "identity" : String.join("+", per.stream().map(CapKey::name).toList()));
    out.append(" in ").append(windowText());
    if (!over.isEmpty()) {
      out.append(" over ").append(String.join(", ", over.stream().sorted().toList()));
    }
    return out.toString();
  }
}
