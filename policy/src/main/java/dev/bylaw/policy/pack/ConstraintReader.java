package dev.bylaw.policy.pack;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.policy.rule.CapSpec;
import dev.bylaw.policy.rule.CapSpec.CapKey;
import dev.bylaw.policy.rule.FieldPath;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.RuleBody.Bound.Relation;
import dev.bylaw.value.NumberValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the constraints of JSON policies: {@code amount_max: 1000} is inclusive, as JSON Schema's
 * {@code maximum}, {@code amount_below: 1000} is not; {@code daily_aggregate_max} limits the sum of
 * {@code amount} per {@code customer_id} and day. Each constraint becomes a rule of its own.
 */
final class ConstraintReader {
  private static final String AGGREGATE = "_aggregate";

  private ConstraintReader() {}

  /** The windows that a sum may have, by the word in front of {@code _aggregate}. */
  private enum Period {
    HOURLY(CapWindow.Unit.HOUR),
    DAILY(CapWindow.Unit.DAY),
    WEEKLY(CapWindow.Unit.WEEK),
    MONTHLY(CapWindow.Unit.MONTH),
    YEARLY(CapWindow.Unit.YEAR);

    private final CapWindow.Unit unit;

    Period(CapWindow.Unit unit) {
      this.unit = unit;
    }
  }

  static List<Draft> read(Reading reading, Fields rule, String key, Draft.Head head) {
    if (head.pattern().isOpen()) {
      reading.error(
          Reading.CONTRADICTION,
          rule.keySpan(key),
          "constraints are about a type of resource",
          "add `resource: transaction`");
    }
    List<Node.Entry> entries = rule.entries(key);
    List<Draft> drafts = new ArrayList<>();
    for (Node.Entry entry : entries) {
      one(reading, entry, entries.size() > 1).ifPresent(drafts::add);
    }
    if (entries.isEmpty() && rule.has(key)) {
      reading.error("E0201", rule.keySpan(key), "there is no constraint here");
    }
    return drafts;
  }

  /** One constraint; its rule's id ends in its name where there are several. */
  static Optional<Draft> one(Reading reading, Node.Entry entry, boolean named) {
    Optional<BigDecimal> limit = limit(reading, entry);
    String suffix = named ? "." + entry.key() : "";
    for (Relation relation : Relation.values()) {
      String ending = "_" + relation.name().toLowerCase(Locale.ROOT);
      String field = entry.key();
      if (!field.endsWith(ending) || field.length() == ending.length()) {
        continue;
      }
      field = field.substring(0, field.length() - ending.length());
      if (field.endsWith(AGGREGATE)) {
        return aggregate(
            reading,
            entry,
            field.substring(0, field.length() - AGGREGATE.length()),
            relation,
            limit,
            suffix);
      }
      Optional<FieldPath> path = reading.path(field, entry.keySpan());
      if (path.isEmpty() || limit.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Draft(
              suffix,
              new RuleBody.Bound(entry.key(), path.get(), relation, limit.get()),
              null,
              ""));
    }
    reading.error(
        "E0212",
        entry.keySpan(),
        "unknown constraint `" + Reading.shorten(entry.key()) + "`",
        "a constraint ends in `_max`, `_min`, `_below` or `_above`, as in `amount_max`");
    return Optional.empty();
  }

  private static Optional<BigDecimal> limit(Reading reading, Node.Entry entry) {
    if (entry.node() instanceof Node.Scalar scalar
        && scalar.value() instanceof NumberValue number) {
      return Optional.of(number.decimal());
    }
    reading.error(
        Reading.BAD_AMOUNT,
        entry.node().span(),
        "expected a number for `"
            + Reading.shorten(entry.key())
            + "`, found "
            + entry.node().kind());
    return Optional.empty();
  }

  private static Optional<Draft> aggregate(
      Reading reading,
      Node.Entry entry,
      String period,
      Relation relation,
      Optional<BigDecimal> limit,
      String suffix) {
    Optional<Period> known = Reading.constant(Period.class, period);
    if (known.isEmpty()) {
      reading.unknown("period", period, entry.keySpan(), Reading.words(Period.class));
      return Optional.empty();
    }
    if (relation != Relation.MAX && relation != Relation.BELOW) {
      reading.error(
          "E0212",
          entry.keySpan(),
          "a sum over time has an upper limit only",
          "write `" + period + "_aggregate_max` or `" + period + "_aggregate_below`");
      return Optional.empty();
    }
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    if (limit.get().signum() < 0) {
      reading.error(Reading.BAD_AMOUNT, entry.node().span(), "a limit is not negative");
      return Optional.empty();
    }
    CapSpec spec =
        new CapSpec(
            CapSpec.Kind.SUM,
            Optional.of(FieldPath.param("amount")),
            Set.of(),
            limit.get(),
            relation == Relation.MAX,
            CapSpec.IDENTITYS,
            List.of(new CapKey("customer_id", FieldPath.param("customer_id"))),
            known.get().unit,
            null,
            Optional.empty());
    return Optional.of(new Draft(suffix, new RuleBody.Cap(spec), null, ""));
  }
}
