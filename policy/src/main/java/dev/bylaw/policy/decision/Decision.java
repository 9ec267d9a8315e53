package dev.bylaw.policy.decision;

import dev.bylaw.policy.Effect;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.rule.Obligation;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was decided about one action, and why.
 *
 * @param id its own; every decision has another
 * @param effect what it comes to
 * @param reason what that rests on
 * @param action the action to do, with obligations fulfilled; its {@code params} are the ones to
 *     act with
 * @param violations the rules that are violated, the strongest enforcement first
 * @param obligations what was done to the action
 * @param caps where the caps that were asked stand
 * @param overridden rules that would have matched, had another not won
 * @param consulted every rule that matched
 * @param ask what people are to be asked; present if the effect is to require approval
 * @param note why, where no rule says it: empty otherwise
 * @param revision of the policies
 * @param at when
 * @param result what the action gave, obligations fulfilled, where that was decided on
 */
public record Decision(
    String id,
    Effect effect,
    Reason reason,
    DecidedAction action,
    List<Violation> violations,
    List<Obligation> obligations,
    List<CapStanding> caps,
    List<Overridden> overridden,
    List<RuleId> consulted,
    Optional<Ask> ask,
    String note,
    String revision,
    Instant at,
    Optional<Value> result) {

  public Decision {
    Objects.requireNonNull(id);
    Objects.requireNonNull(effect);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(action);
    violations = List.copyOf(violations);
    obligations = List.copyOf(obligations);
    caps = List.copyOf(caps);
    overridden = List.copyOf(overridden);
    consulted = List.copyOf(consulted);
    Objects.requireNonNull(ask);
    Objects.requireNonNull(note);
    Objects.requireNonNull(revision);
    Objects.requireNonNull(at);
    Objects.requireNonNull(result);
  }

  /** Whether the action may be done now: allowed, perhaps with a warning. */
  public boolean allowed() {
    return effect == Effect.ALLOW || effect == Effect.WARN;
  }

  /** Whether the action is refused. */
  public boolean denied() {
    return effect == Effect.BLOCK;
  }

  /** The parameters to act with, obligations fulfilled. */
  public ObjectValue params() {
    return action.params();
  }

  /** What approvals and reservations are bound to. */
  public String digest() {
    return action.digest();
  }

  /** For the agent: what to do differently. */
  public String forAgent() {
    return Explanation.forAgent(this);
  }

  /** For the auditor: everything that counted, with file and line. */
  public String forAuditor() {
    return Explanation.forAuditor(this);
  }

  /** The decision as JSON: what {@code bylaw decide} prints and the policy log keeps. */
  public ObjectValue toValue() {
    ObjectValue.Builder out = ObjectValue.builder(24);
    out.put("id", id)
        .put("decision", effect.word())
        .put("allowed", Value.of(allowed()))
        .put("reason", reason.name().toLowerCase(Locale.ROOT))
        .put("identity", action.identity())
        .put("agent", action.agent())
        .put("action", action.tool())
        .put("capability", action.capability())
        .put("checkpoint", action.checkpoint())
        .put("key", action.key())
        .put("resource", action.resource())
        .put("params", action.params())
        .put("digest", digest())
        .put("violations", list(violations, Violation::toValue))
        .put("obligations", list(obligations, Obligation::toValue))
        .put("caps", list(caps, CapStanding::toValue))
        .put("overridden", list(overridden, Overridden::toValue))
        .put("consulted", list(consulted, rule -> StringValue.of(rule.toString())));
    ask.ifPresent(question -> out.put("ask", question.toValue()));
    result.ifPresent(given -> out.put("result", given));
    return out.put("note", note)
        .put("explanation", explanation())
        .put("revision", revision)
        .put("at", at.toString())
        .build();
  }

  /**
   * The fields of {@link #toValue} that change where nothing but what is used of caps does; see
   * {@link #isButForCaps}.
   */
  public ObjectValue capsToValue() {
    return ObjectValue.of("caps", list(caps, CapStanding::toValue), "explanation", explanation());
  }

  /** Whether another decision is this one but for what is used of its caps. */
  public boolean isButForCaps(Decision other) {
    return new Decision(
            id,
            effect,
            reason,
            action,
            violations,
            obligations,
            other.caps,
            overridden,
            consulted,
            ask,
            note,
            revision,
            at,
            result)
        .equals(other);
  }

  private ObjectValue explanation() {
    return ObjectValue.of("agent", Value.of(forAgent()), "auditor", Value.of(forAuditor()));
  }

  /**
   * Reads what {@link #toValue} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Decision fromValue(ObjectValue value) {
    return new Decision(
        value.text("id"),
        Effect.named(value.text("decision"))
            .orElseThrow(() -> new IllegalArgumentException("not a decision: " + value)),
        Reason.valueOf(value.text("reason").toUpperCase(Locale.ROOT)),
        new DecidedAction(
            value.text("identity"),
            value.text("agent"),
            value.text("action"),
            value.text("capability"),
            value.text("checkpoint"),
            value.text("key"),
            object(value, "resource"),
            object(value, "params"),
            value.text("digest")),
        read(value, "violations", Violation::fromValue),
        read(value, "obligations", Obligation::fromValue),
        read(value, "caps", CapStanding::fromValue),
        read(value, "overridden", Overridden::fromValue),
        texts(value, "consulted").stream().map(Decision::ruleId).toList(),
        value.get("ask") instanceof ObjectValue ask
            ? Optional.of(Ask.fromValue(ask))
            : Optional.empty(),
        value.text("note"),
        value.text("revision"),
        Instant.parse(value.text("at")),
        Optional.ofNullable(value.get("result")));
  }

  private static <T> Value list(List<T> from, Function<T, Value> write) {
    return ArrayValue.of(from.stream().map(write).toList());
  }

  private static <T> List<T> read(ObjectValue from, String key, Function<ObjectValue, T> read) {
    List<T> all = new ArrayList<>();
    if (from.get(key) instanceof ArrayValue array) {
      for (Value each : array) {
        if (each instanceof ObjectValue object) {
          all.add(read.apply(object));
        }
      }
    }
    return all;
  }

  static ObjectValue object(ObjectValue from, String key) {
    return from.get(key) instanceof ObjectValue object ? object : ObjectValue.EMPTY;
  }

  static List<String> texts(ObjectValue from, String key) {
    List<String> all = new ArrayList<>();
    if (from.get(key) instanceof ArrayValue array) {
      for (Value each : array) {
        if (each instanceof StringValue text) {
          all.add(text.text());
        }
      }
    }
    return all;
  }

  static boolean truth(ObjectValue from, String key) {
    return from.get(key) == dev.bylaw.value.BooleanValue.TRUE;
  }

  static int number(ObjectValue from, String key) {
    return from.get(key) instanceof NumberValue number ? (int) number.longValue() : 0;
  }

  /** A number, also where canonical JSON has made a text of it. */
  static BigDecimal decimal(ObjectValue from, String key) {
    Value found = from.get(key);
    if (found instanceof NumberValue number) {
      return number.decimal();
    }
    return found instanceof StringValue text ? new BigDecimal(text.text()) : BigDecimal.ZERO;
  }

  /** {@code pack@version/rule} taken apart; a rule's id may hold a slash, a pack's name may not. */
  static RuleId ruleId(String text) {
    int slash = text.indexOf('/');
    String pack = slash < 0 ? text : text.substring(0, slash);
    int at = pack.lastIndexOf('@');
    return new RuleId(
        at < 0 ? pack : pack.substring(0, at),
        at < 0 ? "" : pack.substring(at + 1),
        slash < 0 ? "" : text.substring(slash + 1));
  }
}
