package dev.bylaw.policy.pack;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.approval.ApprovalTerms;
import dev.bylaw.policy.approval.ApprovalTerms.Level;
import dev.bylaw.policy.approval.ApprovalTerms.OnTimeout;
import dev.bylaw.policy.data.ListRef;
import dev.bylaw.policy.rule.FieldPath;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.RuleBody.Listed.Subject;
import dev.bylaw.policy.rule.RuleBody.TimeWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads rules on how data are kept and shared, and on who is asked. */
final class GovernanceReader {
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private GovernanceReader() {}

  /** {@code retention: {keep: 90d, field: retention}}. */
  static List<Draft> retention(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a retention");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    fields.requiredNode("keep");
    Optional<Duration> keep = reading.duration(fields, "keep");
    List<FieldPath> field = reading.paths(fields, "field");
    fields.refuseUnknown();
    FieldPath path = field.isEmpty() ? FieldPath.param("retention") : field.getFirst();
    return keep.stream()
        .map(most -> Draft.of(new RuleBody.Retention(most, path), "retention of " + path))
        .toList();
  }

  /** {@code export: {windows: [{days: mon-fri, from: "09:00", to: "17:00"}], destinations: x}}. */
  static List<Draft> export(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a rule on exports");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    List<TimeWindow> windows = new ArrayList<>();
    for (Node node : fields.list("windows")) {
      window(reading, node).ifPresent(windows::add);
    }
    Optional<ListRef> destinations =
        fields
            .node("destinations")
            .flatMap(node -> reading.list(node, "destinations", Reading.ListUse.RECIPIENTS));
    Set<String> formats = new HashSet<>(fields.texts("formats"));
    fields.refuseUnknown();
    needsActions(reading, rule, key, head);
    if (fields.mapping().entries().isEmpty()) {
      reading.error(
          "E0201",
          rule.keySpan(key),
          "the rule demands nothing of exports",
          "add `destinations: [warehouse]` or `windows`");
    }
    return List.of(Draft.of(new RuleBody.Export(windows, destinations, formats)));
  }

  private static void needsActions(Reading reading, Fields rule, String key, Draft.Head head) {
    if (head.pattern().isOpen()) {
      reading.error(
          Reading.CONTRADICTION,
          rule.keySpan(key),
          "the rule does not say which actions it is about",
          "add `on: export_data`");
    }
  }

  private static Optional<TimeWindow> window(Reading reading, Node node) {
    Fields fields = Fields.of(node, "a window", reading.diagnostics());
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String text : fields.texts("days")) {
      days(reading, fields, text, days);
    }
    Optional<LocalTime> from = time(reading, fields, "from");
    Optional<LocalTime> to = time(reading, fields, "to");
    var zone = reading.zone(fields, "zone");
    fields.refuseUnknown();
    if (from.isPresent() && from.equals(to)) {
      reading.error(Reading.CONTRADICTION, fields.keySpan("to"), "the window ends where it begins");
    }
    return Optional.of(
        new TimeWindow(
            days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days,
            from.orElse(LocalTime.MIDNIGHT),
            to.orElse(LocalTime.MIDNIGHT),
            zone));
  }

  private static void days(Reading reading, Fields fields, String text, Set<DayOfWeek> days) {
    String[] ends = text.toLowerCase(Locale.ROOT).split("-", -1);
    int first = DAYS.indexOf(shortened(ends[0]));
    int last = DAYS.indexOf(shortened(ends[ends.length - 1]));
    if (first < 0 || last < 0 || ends.length > 2) {
      reading.unknown("day", text, fields.node("days").orElseThrow().span(), DAYS);
      return;
    }
    for (int day = first; ; day = (day + 1) % 7) {
      days.add(DayOfWeek.of(day + 1));
      if (day == last) {
        return;
      }
    }
  }

  private static String shortened(String day) {
    boolean whole =
        java.util.Arrays.stream(DayOfWeek.values())
            .anyMatch(each -> each.name().toLowerCase(Locale.ROOT).equals(day));
    return whole ? day.substring(0, 3) : day;
  }

  private static Optional<LocalTime> time(Reading reading, Fields fields, String key) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.get().equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text.get()));
    } catch (DateTimeParseException _) {
      reading.error(
          Reading.BAD_AMOUNT,
          fields.node(key).orElseThrow().span(),
          "expected a time of day for `" + key + "`, found `" + Reading.shorten(text.get()) + "`",
          "write it as `\"09:00\"`, in quotes");
      return Optional.empty();
    }
  }

  /** {@code sharing: {allow: partners, field: params.partner}}: who data are shared with. */
  static List<Draft> sharing(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a rule on sharing");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    List<FieldPath> paths = reading.paths(fields, "field");
    boolean allow = fields.has("allow");
    Optional<Node> node = allow ? fields.node("allow") : fields.node("deny");
    boolean both = allow && fields.has("deny");
    fields.has("deny");
    fields.refuseUnknown();
    if (node.isEmpty() || both) {
      reading.error(
          Reading.CONTRADICTION,
          rule.keySpan(key),
          "data are shared with those allowed (`allow`) or with all but some (`deny`): one of the"
              + " two");
      return List.of();
    }
    Reading.ListUse use = paths.isEmpty() ? Reading.ListUse.HOSTS : Reading.ListUse.VALUES;
    return reading.list(node.get(), allow ? "allow" : "deny", use).stream()
        .map(list ->
            Draft.of(
                new RuleBody.Listed(
                    allow, paths.isEmpty() ? Subject.HOST : Subject.FIELD, paths, list, key)))
        .toList();
  }

  /** {@code purpose: {allow: [support, billing], field: context.purpose}}. */
  static List<Draft> purpose(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Node> node = rule.node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<FieldPath> paths = List.of(new FieldPath(FieldPath.Root.CONTEXT, List.of("purpose")));
    Node allowed = node.get();
    if (allowed instanceof Node.Mapping) {
      Fields fields = Fields.of(allowed, "a rule on purpose", reading.diagnostics());
      Optional<Node> list = fields.requiredNode("allow");
      List<FieldPath> given = reading.paths(fields, "field");
      fields.refuseUnknown();
      if (list.isEmpty()) {
        return List.of();
      }
      allowed = list.get();
      paths = given.isEmpty() ? paths : given;
    }
    needsActions(reading, rule, key, head);
    List<FieldPath> where = paths;
    return reading.list(allowed, "allow", Reading.ListUse.VALUES).stream()
        .map(list -> Draft.of(new RuleBody.Listed(true, Subject.FIELD, where, list, key)))
        .toList();
  }

  /**
   * {@code approval: {approvers: [finance], quorum: 2, timeout: 30m, reminders: [10m], on_timeout:
   * escalate, chain: [{approvers: [cfo], timeout: 1h}], required: true, severity: high}}.
   */
  static List<Draft> approval(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "an approval");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields fields = given.get();
    boolean required = fields.truth("required", false);
    Optional<Severity> severity = reading.word(fields, "severity", Severity::named, Severity.WORDS);
    ApprovalTerms terms = terms(reading, fields);
    fields.refuseUnknown();
    return List.of(Draft.of(new RuleBody.Escalation(terms, required, severity)));
  }

  private static ApprovalTerms terms(Reading reading, Fields fields) {
    Level first = level(reading, fields);
    List<Duration> reminders = new ArrayList<>();
    for (String text : fields.texts("reminders")) {
      reading
          .duration(text, "reminders", fields.node("reminders").orElseThrow().span())
          .ifPresent(reminders::add);
    }
    OnTimeout onTimeout =
        reading
            .word(
                fields,
                "on_timeout",
                text -> Reading.constant(OnTimeout.class, text),
                Reading.words(OnTimeout.class))
            .orElse(fields.has("chain") ? OnTimeout.ESCALATE : OnTimeout.DENY);
    List<Level> chain = new ArrayList<>();
    for (Node node : fields.list("chain")) {
      Fields next = Fields.of(node, "a level of the chain", reading.diagnostics());
      next.requiredNode("approvers");
      chain.add(level(reading, next));
      next.refuseUnknown();
    }
    if (onTimeout == OnTimeout.ESCALATE && chain.isEmpty()) {
      reading.error(
          Reading.CONTRADICTION,
          fields.keySpan("on_timeout"),
          "there is nobody to escalate to",
          "add `chain: [{approvers: [group:managers]}]`");
    }
    if (!chain.isEmpty() && first.timeout().isEmpty()) {
      reading.error(
          Reading.CONTRADICTION,
          fields.keySpan("chain"),
          "the chain is never reached, as time is never up",
          "add `timeout: 30m`");
    }
    return new ApprovalTerms(
        first.approvers(),
        first.quorum(),
        first.timeout(),
        reminders,
        onTimeout,
        chain,
        fields.text("channel").orElse(""));
  }

  private static Level level(Reading reading, Fields fields) {
    Set<String> approvers = new LinkedHashSet<>(fields.texts("approvers"));
    int quorum = fields.integer("quorum", 1, 100, 1);
    if (fields.has("approvers") && approvers.isEmpty()) {
      reading.error(
          Reading.CONTRADICTION,
          fields.keySpan("approvers"),
          "nobody could approve",
          "leave `approvers` out for everybody who may");
    }
    return new Level(approvers, quorum, reading.duration(fields, "timeout"));
  }
}
