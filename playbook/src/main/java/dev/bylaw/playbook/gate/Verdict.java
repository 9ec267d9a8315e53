package dev.bylaw.playbook.gate;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.ObjectValue;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What the gate says to an action, or to its result.
 *
 * @param kind whether it may go on
 * @param decision the decision's id, which links the logs
 * @param replacement what stands in place of the parameters (of the result's output) after
 *     obligations; empty where they stay as they are
 * @param violations what rules were violated, in the policies' own form; opaque here
 * @param reason one line for the agent: what to do differently; empty for allow
 */
public record Verdict(
    Kind kind,
    String decision,
    Optional<ObjectValue> replacement,
    ArrayValue violations,
    String reason) {

  /** Whether it may go on. */
  public enum Kind {
    ALLOW,
    /** It may; somebody should look at it. */
    WARN,
    /** People are asked first. */
    REQUIRE_APPROVAL,
    BLOCK;

    /** The word in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Verdict {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(decision);
    Objects.requireNonNull(replacement);
    Objects.requireNonNull(violations);
    Objects.requireNonNull(reason);
  }

  /** It may go on as it is. */
  public static Verdict allow(String decision) {
    return new Verdict(Kind.ALLOW, decision, Optional.empty(), ArrayValue.EMPTY, "");
  }

  /** It may not. */
  public static Verdict block(String decision, String reason) {
    return new Verdict(Kind.BLOCK, decision, Optional.empty(), ArrayValue.EMPTY, reason);
  }

  /** People are asked first. */
  public static Verdict requireApproval(String decision, String reason) {
    return new Verdict(Kind.REQUIRE_APPROVAL, decision, Optional.empty(), ArrayValue.EMPTY, reason);
  }

  /** The same with something in place of the parameters or the output. */
  public Verdict withReplacement(ObjectValue value) {
    return new Verdict(kind, decision, Optional.of(value), violations, reason);
  }

  /** The same with what was violated. */
  public Verdict withViolations(ArrayValue list) {
    return new Verdict(kind, decision, replacement, list, reason);
  }

  /** The verdict as JSON; what is empty is left out. */
  public ObjectValue toValue() {
    ObjectValue.Builder out =
        ObjectValue.builder(5).put("kind", kind.word()).put("decision", decision);
    replacement.ifPresent(value -> out.put("replacement", value));
    if (violations.size() > 0) {
      out.put("violations", violations);
    }
    if (!reason.isEmpty()) {
      out.put("reason", reason);
    }
    return out.build();
  }

  /**
   * The verdict of its JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Verdict fromValue(ObjectValue value) {
    return new Verdict(
        Kind.valueOf(value.text("kind").toUpperCase(Locale.ROOT)),
        value.text("decision"),
        value.get("replacement") instanceof ObjectValue object
            ? Optional.of(object)
            : Optional.empty(),
        value.get("violations") instanceof ArrayValue list ? list : ArrayValue.EMPTY,
        value.text("reason"));
  }
}
