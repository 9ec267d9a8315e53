package dev.bylaw.policy.approval;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who may answer a question, how many must, and what happens while they do not.
 *
 * @param approvers people and groups, {@code a & b} for who is both; empty for every approver of
 *     the identity
 * @param quorum how many must agree; at least 1
 * @param timeout how long they have; empty for no end
 * @param reminders how long after the question people are reminded
 * @param onTimeout what happens when time is up
 * @param chain who is asked next, in order, where that is to escalate
 * @param channel where the question goes: {@code slack:#finance}; empty for the usual place
 */
public record ApprovalTerms(
    Set<String> approvers,
    int quorum,
    Optional<Duration> timeout,
    List<Duration> reminders,
    OnTimeout onTimeout,
    List<Level> chain,
    String channel) {

  /** What happens when nobody has answered in time. */
  public enum OnTimeout {
    /** The action is refused. */
    DENY,
    /** The next level of the chain is asked; behind the last, the action is refused. */
    ESCALATE,
    /** The action is refused, and the playbook's fallback steps run. */
    FALLBACK;

    /** The name in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Of two, the one that refuses sooner. */
    OnTimeout stricter(OnTimeout other) {
      return compareTo(other) <= 0 ? this : other;
    }
  }

  /**
   * One level of an escalation chain.
   *
   * @param approvers people and groups
   * @param quorum how many must agree
   * @param timeout how long they have; empty for no end
   */
  public record Level(Set<String> approvers, int quorum, Optional<Duration> timeout) {
    public Level {
      approvers = ordered(approvers);
      if (quorum < 1) {
        throw new IllegalArgumentException("quorum " + quorum);
      }
    }
  }

  /** Anybody who may, one is enough, no end, and refusal where nothing else is said. */
  public static final ApprovalTerms DEFAULT =
      new ApprovalTerms(Set.of(), 1, Optional.empty(), List.of(), OnTimeout.DENY, List.of(), "");

  public ApprovalTerms {
    approvers = ordered(approvers);
    reminders = reminders.stream().sorted().distinct().toList();
    chain = List.copyOf(chain);
    Objects.requireNonNull(channel);
    if (quorum < 1) {
      throw new IllegalArgumentException("quorum " + quorum);
    }
    if (timeout.isPresent() && !timeout.get().isPositive()) {
      throw new IllegalArgumentException("a time-out is positive");
    }
  }

  private static Set<String> ordered(Set<String> names) {
    return java.util.Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** The level that is asked: 0 for the first, then those of the chain. */
  public Level level(int index) {
    return index == 0 ? new Level(approvers, quorum, timeout) : chain.get(index - 1);
  }

  /** How many levels there are. */
  public int levels() {
    return 1 + chain.size();
  }

  /**
   * Both at once, the stricter of each: those who may answer both, the higher quorum, the shorter
   * time-out, all reminders. Where both name approvers and nobody is among both, nobody may answer.
   */
  public ApprovalTerms and(ApprovalTerms other) {
    if (equals(DEFAULT)) {
      return other;
    }
    if (other.equals(DEFAULT)) {
      return this;
    }
    List<Duration> allReminders = new ArrayList<>(reminders);
    allReminders.addAll(other.reminders);
    return new ApprovalTerms(
        both(approvers, other.approvers),
        Math.max(quorum, other.quorum),
        shorter(timeout, other.timeout),
        allReminders,
        onTimeout.stricter(other.onTimeout),
        chain.isEmpty() ? other.chain : chain,
        channel.isEmpty() ? other.channel : channel);
  }

  /**
   * Who is named by both: every name of the one together with every name of the other, as {@link
   * People#among} reads it. Who belongs to a group is asked when people answer, not now.
   */
  private static Set<String> both(Set<String> ours, Set<String> theirs) {
    if (ours.isEmpty() || ours.equals(theirs)) {
      return theirs;
    }
    if (theirs.isEmpty()) {
      return ours;
    }
    List<Set<String>> each = new ArrayList<>();
    for (String our : ours) {
      for (String their : theirs) {
        Set<String> names = new LinkedHashSet<>(People.parts(our));
        names.addAll(People.parts(their));
        each.add(names);
      }
    }
    // Whoever has to be more than others need to be is among them already.
    Set<String> both = new LinkedHashSet<>();
    for (Set<String> names : each) {
      boolean needless =
          each.stream().anyMatch(other -> other.size() < names.size() && names.containsAll(other));
      if (!needless) {
        both.add(People.together(names));
      }
    }
    return both;
  }

  private static Optional<Duration> shorter(Optional<Duration> a, Optional<Duration> b) {
    return a.isEmpty() ? b : b.isEmpty() || a.get().compareTo(b.get()) <= 0 ? a : b;
  }

  /** The terms as JSON. */
  public ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(7);
    out.put("approvers", names(approvers)).put("quorum", NumberValue.of(quorum));
    timeout.ifPresent(time -> out.put("timeout", time.toString()));
    out.put("reminders", Value.of(reminders.stream().map(Duration::toString).toList()))
        .put("on_timeout", onTimeout.word())
        .put("chain", ArrayValue.of(chain.stream().map(ApprovalTerms::levelToValue).toList()));
    return out.put("channel", channel).build();
  }

  private static ObjectValue levelToValue(Level level) {
    ObjectValue.Builder out = ObjectValue.builder(3);
    out.put("approvers", names(level.approvers)).put("quorum", NumberValue.of(level.quorum));
    level.timeout.ifPresent(time -> out.put("timeout", time.toString()));
    return out.build();
  }

  private static Value names(Set<String> names) {
    return Value.of(List.copyOf(names));
  }

  /** Reads what {@link #toValue} wrote; what is missing is as in {@link #DEFAULT}. */
  public static ApprovalTerms fromValue(ObjectValue value) {
    Level first = levelFromValue(value);
    String onTimeout = value.text("on_timeout");
    return new ApprovalTerms(
        first.approvers,
        first.quorum,
        first.timeout,
        texts(value, "reminders").stream().map(Duration::parse).toList(),
        onTimeout.isEmpty()
            ? OnTimeout.DENY
            : OnTimeout.valueOf(onTimeout.toUpperCase(Locale.ROOT)),
        objects(value, "chain").stream().map(ApprovalTerms::levelFromValue).toList(),
        value.text("channel"));
  }

  private static Level levelFromValue(ObjectValue value) {
    String timeout = value.text("timeout");
    return new Level(
        new LinkedHashSet<>(texts(value, "approvers")),
        value.get("quorum") instanceof NumberValue quorum ? (int) quorum.longValue() : 1,
        timeout.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(timeout)));
  }

  static List<String> texts(ObjectValue value, String key) {
    List<String> texts = new ArrayList<>();
    if (value.get(key) instanceof ArrayValue array) {
      for (Value each : array) {
        if (each instanceof StringValue text) {
          texts.add(text.text());
        }
      }
    }
    return texts;
  }

  static List<ObjectValue> objects(ObjectValue value, String key) {
    List<ObjectValue> objects = new ArrayList<>();
    if (value.get(key) instanceof ArrayValue array) {
      for (Value each : array) {
        if (each instanceof ObjectValue object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }
}
