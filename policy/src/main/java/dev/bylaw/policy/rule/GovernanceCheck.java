package dev.bylaw.policy.rule;

import dev.bylaw.document.Durations;
import dev.bylaw.policy.data.HostList;
import dev.bylaw.policy.data.HostName;
import dev.bylaw.policy.data.Recipients;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;

/** Rules about how data are kept and where they go. */
final class GovernanceCheck {
  private static final BigDecimal DAY_SECONDS = BigDecimal.valueOf(86_400);

  private GovernanceCheck() {}

  /** A request that says how long it keeps data may not keep them longer. */
  static Outcome retention(Rule rule, RuleBody.Retention retention, Evaluation evaluation)
      throws Unreadable {
    Value value = retention.field().in(evaluation.input());
    if (value == null) {
      return rule.pattern().isOpen()
          ? Outcome.NOT_APPLICABLE
          : new Outcome.Failed("`" + retention.field() + "` is missing");
    }
    // Days as a number, or a duration as a text.
    BigDecimal seconds =
        switch (value) {
          case NumberValue days -> days.decimal().multiply(DAY_SECONDS);
          case StringValue text ->
              BigDecimal.valueOf(
                  Durations.parse(text.text())
                      .orElseThrow(() ->
                          new Unreadable(
                              "`"
                                  + retention.field()
                                  + "` is no duration: "
                                  + RuleCheck.shorten(text.text())))
                      .toSeconds());
          case dev.bylaw.value.NullValue _,
              dev.bylaw.value.BooleanValue _,
              dev.bylaw.value.ArrayValue _,
              dev.bylaw.value.ObjectValue _,
              dev.bylaw.value.SetValue _ ->
              throw new Unreadable(
                  "`" + retention.field() + "` is a " + value.kind().word() + ", not a duration");
        };
    if (seconds.signum() < 0) {
      return new Outcome.Failed("`" + retention.field() + "` is negative");
    }
    Duration keep = retention.keep();
    return seconds.compareTo(BigDecimal.valueOf(keep.toSeconds())) <= 0
        ? Outcome.SATISFIED
        : new Outcome.Violated(
            "data may be kept for at most " + Durations.write(keep),
            retention.field() + " is " + RuleCheck.shorten(value.toString()));
  }

  static Outcome export(RuleBody.Export export, Evaluation evaluation) throws Unreadable {
    if (!export.windows().isEmpty()
        && export.windows().stream().noneMatch(w -> isIn(w, evaluation))) {
      return new Outcome.Violated(
          "data may not be exported at this time", evaluation.input().time().text());
    }
    if (!export.formats().isEmpty()) {
      Value format = FieldPath.param("format").in(evaluation.input());
      if (!(format instanceof StringValue text)) {
        return new Outcome.Failed("`params.format` is missing");
      }
      if (!export.formats().contains(text.text())) {
        return new Outcome.Violated(
            "data may be exported only as "
                + String.join(", ", export.formats().stream().sorted().toList()),
            RuleCheck.shorten(text.text()));
      }
    }
    return export.destinations().isEmpty() ? Outcome.SATISFIED : destination(export, evaluation);
  }

  private static Outcome destination(RuleBody.Export export, Evaluation evaluation)
      throws Unreadable {
    Destinations found = Destinations.of(evaluation.input());
    Value named = FieldPath.param("destination").in(evaluation.input());
    var list = export.destinations().orElseThrow();
    if (found.isEmpty() && named == null) {
      return new Outcome.Failed("the request names no destination");
    }
    if (named != null && !evaluation.named().values(list).contains(named)) {
      return new Outcome.Violated(
          "data may not be exported there", RuleCheck.shorten(named.toString()));
    }
    if (!found.hosts().isEmpty()) {
      HostList hosts = evaluation.named().hosts(list);
      for (HostName host : found.hosts()) {
        if (!hosts.holds(host, false)) {
          return new Outcome.Violated("data may not be exported there", host.toString());
        }
      }
    }
    Set<String> recipients = evaluation.named().recipients(list);
    for (String recipient : found.recipients()) {
      if (!Recipients.holds(recipients, recipient)) {
        return new Outcome.Violated("data may not be exported there", recipient);
      }
    }
    return Outcome.SATISFIED;
  }

  private static boolean isIn(RuleBody.TimeWindow window, Evaluation evaluation) {
    ZonedDateTime now =
        evaluation.input().instant().atZone(window.zone().orElse(evaluation.tenant().zone()));
    LocalTime time = now.toLocalTime();
    boolean endOfDay = window.to().equals(LocalTime.MIDNIGHT);
    if (endOfDay || window.from().isBefore(window.to())) {
      return window.days().contains(now.getDayOfWeek())
          && !time.isBefore(window.from())
          && (endOfDay || time.isBefore(window.to()));
    }
    // Over midnight: the evening belongs to its day, the morning to the day before.
    return !time.isBefore(window.from())
        ? window.days().contains(now.getDayOfWeek())
        : time.isBefore(window.to()) && window.days().contains(now.getDayOfWeek().minus(1));
  }
}
