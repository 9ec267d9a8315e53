package dev.bylaw.playbook.definition;

import dev.bylaw.document.Durations;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NumberValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a step says of approvals, retries and time. */
final class DemandReader {
  /** Longer ones are a mistake. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final String BAD_DURATION = "E0309";
  private static final String BAD_RETRY = "E0319";
  private static final String NOBODY = "E0335";
  private static final String NO_APPROVER = "W0304";
  private static final String NO_QUORUM = "W0305";

  private static final String GROUP = "group:";

  private static final int MOST_ATTEMPTS = 100;
  private static final int DEFAULT_ATTEMPTS = 3;
  private static final int LARGEST_QUORUM = 100;
  private static final BigDecimal LARGEST_BACKOFF = BigDecimal.valueOf(100);

  private DemandReader() {}

  /**
   * {@code requires_approval: true | false | {approvers, quorum, timeout, on_timeout, channel}}.
   */
  static Optional<ApprovalDemand> approval(Fields step, Vocabulary vocabulary) {
    Optional<Node> node = step.node("requires_approval");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof Node.Scalar scalar) {
      if (scalar.value() instanceof BooleanValue truth) {
        return truth.isTrue() ? Optional.of(ApprovalDemand.PLAIN) : Optional.empty();
      }
      step.wrongKind(node.get(), "requires_approval", "`true`, `false` or a mapping");
      // What was meant is not known: the step asks.
      return Optional.of(ApprovalDemand.PLAIN);
    }
    Fields fields = Fields.of(node.get(), "requires_approval", step.diagnostics());
    List<String> approvers = fields.texts("approvers");
    int quorum = fields.integer("quorum", 1, LARGEST_QUORUM, 1);
    Optional<Duration> timeout = duration(fields, "timeout", Duration.ofSeconds(1));
    ApprovalDemand.OnTimeout onTimeout =
        fields
            .choice("on_timeout", ApprovalDemand.OnTimeout.class)
            .orElse(ApprovalDemand.OnTimeout.DENY);
    String channel = fields.text("channel").orElse("");
    fields.refuseUnknown();
    checkPeople(fields, approvers, quorum, vocabulary);
    return Optional.of(new ApprovalDemand(approvers, quorum, timeout, onTimeout, channel));
  }

  /** Tells of questions that nobody could answer. */
  private static void checkPeople(
      Fields fields, List<String> approvers, int quorum, Vocabulary vocabulary) {
    if (fields.has("approvers") && approvers.isEmpty()) {
      fields
          .diagnostics()
          .error(
              NOBODY,
              fields.keySpan("approvers"),
              "nobody could approve",
              "leave `approvers` out for everybody who may");
      return;
    }
    if (vocabulary.approvers().isEmpty()) {
      return;
    }
    Map<String, Set<String>> people = vocabulary.approvers().get();
    Set<String> known = new TreeSet<>(people.keySet());
    people.values().forEach(known::addAll);
    Set<String> may = new TreeSet<>();
    for (String name : approvers) {
      String group = name.startsWith(GROUP) ? name.substring(GROUP.length()) : name;
      Set<String> named = new TreeSet<>();
      people.forEach((person, groups) -> {
        if (person.equals(name) || groups.contains(group)) {
          named.add(person);
        }
      });
      if (named.isEmpty()) {
        String hint = DidYouMean.hint(group, known);
        fields
            .diagnostics()
            .warning(
                NO_APPROVER,
                fields.node("approvers").map(Node::span).orElse(fields.span()),
                "nobody is called `" + name + "`, and no group is",
                hint.isEmpty() ? "add the person to `approvers` in `bylaw.yaml`" : hint);
      }
      may.addAll(named);
    }
    int most = approvers.isEmpty() ? people.size() : may.size();
    if (quorum > most && (most > 0 || approvers.isEmpty())) {
      fields
          .diagnostics()
          .warning(
              NO_QUORUM,
              fields.node("quorum").map(Node::span).orElse(fields.span()),
              "`quorum` is " + quorum + ", and no more than " + most + " can agree",
              "lower it, or add people to `approvers` in `bylaw.yaml`");
    }
  }

  /** {@code retry: {max_attempts, delay, backoff, max_delay, retry_if}}. */
  static Retry retry(Fields fields, ConditionReader conditions) {
    int attempts = fields.integer("max_attempts", 1, MOST_ATTEMPTS, DEFAULT_ATTEMPTS);
    Duration delay = duration(fields, "delay", Duration.ZERO).orElse(Duration.ofSeconds(1));
    BigDecimal backoff = fields.number("backoff").map(NumberValue::decimal).orElse(BigDecimal.ONE);
    if (backoff.compareTo(BigDecimal.ONE) < 0 || backoff.compareTo(LARGEST_BACKOFF) > 0) {
      fields
          .diagnostics()
          .error(
              BAD_RETRY,
              fields.node("backoff").map(Node::span).orElse(fields.span()),
              "expected a `backoff` from 1 to " + LARGEST_BACKOFF + ", found " + backoff);
      backoff = BigDecimal.ONE;
    }
    Duration mostDelay = duration(fields, "max_delay", Duration.ZERO).orElse(Duration.ofHours(1));
    if (fields.has("max_delay") && mostDelay.compareTo(delay) < 0) {
      fields
          .diagnostics()
          .error(
              BAD_RETRY,
              fields.node("max_delay").map(Node::span).orElse(fields.span()),
              "`max_delay` is shorter than `delay`");
    }
    Optional<Condition> retryIf =
        fields.node("retry_if").flatMap(node -> conditions.read(node, "retry_if", true));
    fields.refuseUnknown();
    return new Retry(attempts, delay, backoff, mostDelay, retryIf);
  }

  /** The length of time of a key. */
  static Optional<Duration> duration(Fields fields, String key, Duration least) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> length =
        Durations.parse(text.get())
            .filter(found -> !found.isNegative())
            .filter(found -> found.compareTo(least) >= 0 && found.compareTo(LONGEST) <= 0);
    if (length.isEmpty()) {
      fields
          .diagnostics()
          .error(
              BAD_DURATION,
              fields.node(key).map(Node::span).orElse(fields.span()),
              "expected a length of time for `" + key + "`, found `" + text.get() + "`",
              "write `30m`, `1h30m`, `500ms` or `PT30M`");
    }
    return length;
  }
}
