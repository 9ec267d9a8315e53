package dev.bylaw.policy.rego;

import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.language.CompiledPolicy.Breach;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;

/** Makes violations of what a rule gives: texts, or objects with {@code msg} and more. */
final class Elements {
  /** How many violations of one rule are told; a decision is no place for thousands. */
  private static final int MOST = 100;

  private static final int LONGEST = 1_000;
  private static final Set<String> OWN = Set.of("msg", "message", "severity", "enforcement");

  private final DecisionRule rule;
  private final List<Found> found = new ArrayList<>(2);

  /** An element that is a violation, and what to say of it. */
  private record Found(Value element, Value told, String key) {}

  private Elements(DecisionRule rule) {
    this.rule = rule;
  }

  /** Whether the value of a rule says that something is violated. */
  static boolean isViolated(DecisionRule rule, Value value) {
    return !of(rule, value).isEmpty();
  }

  /** Whether an element is among those of a value. */
  static boolean gives(DecisionRule rule, Value value, Value element) {
    return of(rule, value).stream().anyMatch(each -> each.element.equals(element));
  }

  private static List<Found> of(DecisionRule rule, Value value) {
    Elements elements = new Elements(rule);
    switch (rule.shape()) {
      case COMPLETE -> elements.complete(value);
      case SET -> elements.members(value);
      case OBJECT -> elements.leaves(value, "");
    }
    return elements.found;
  }

  /**
   * The violations in the value of a rule.
   *
   * @param place the clause that gives an element
   */
  static List<Breach> breaches(DecisionRule rule, Value value, Function<Value, Span> place) {
    List<Found> found = of(rule, value);
    if (found.isEmpty()) {
      return List.of();
    }
    List<Breach> breaches = new ArrayList<>(found.size());
    for (Found each : found) {
      breaches.add(new Elements(rule).breach(each, place.apply(each.element)));
    }
    if (breaches.size() <= MOST) {
      return breaches;
    }
    // The strongest are kept: what is not told must not matter.
    breaches.sort(
        Comparator.comparing((Breach breach) -> breach.enforcement().orElse(Enforcement.BLOCK))
            .reversed());
    List<Breach> told = new ArrayList<>(breaches.subList(0, MOST));
    Breach last = told.getLast();
    told.set(
        MOST - 1,
        new Breach(
            last.rule(),
            last.message(),
            (breaches.size() - MOST) + " more violations are not told",
            last.severity(),
            last.enforcement(),
            false,
            last.span()));
    return told;
  }

  private void complete(Value value) {
    if (rule.kind() == DecisionRule.Kind.ALLOW) {
      if (value != BooleanValue.TRUE) {
        found.add(new Found(value, value, ""));
      }
    } else if (value == BooleanValue.TRUE) {
      found.add(new Found(value, value, ""));
    }
  }

  private void members(Value value) {
    if (value instanceof SetValue set) {
      set.forEach(each -> found.add(new Found(each, each, "")));
    }
  }

  /** Objects lead on to their values, until one says what is wrong. */
  private void leaves(Value value, String key) {
    switch (value) {
      case ObjectValue object when !key.isEmpty() && OWN.stream().anyMatch(object::has) ->
          found.add(new Found(object, object, key));
      case ObjectValue object ->
          object.forEach(
              (name, each) -> leaves(each, key.isEmpty() ? text(name) : key + "." + text(name)));
      case SetValue set -> set.forEach(each -> found.add(new Found(each, each, key)));
      case BooleanValue truth -> {
        if (truth == BooleanValue.TRUE) {
          found.add(new Found(truth, StringValue.of(key), key));
        }
      }
      default -> found.add(new Found(value, value, key));
    }
  }

  private static String text(Value value) {
    return value instanceof StringValue text ? text.text() : value.toString();
  }

  private Breach breach(Found each, Span span) {
    Optional<Enforcement> level = rule.kind().level();
    if (!(each.told instanceof ObjectValue object)) {
      String message = each.told instanceof BooleanValue ? truth() : shorten(text(each.told));
      return new Breach(rule.name(), message, "", Optional.empty(), level, false, span);
    }
    String message = object.text("msg");
    if (message.isEmpty()) {
      message = object.text("message");
    }
    StringJoiner detail = new StringJoiner("; ");
    Optional<Enforcement> stated = Optional.empty();
    if (object.has("enforcement")) {
      stated = Enforcement.named(object.text("enforcement"));
      if (stated.isEmpty()) {
        detail.add("`enforcement` is " + object.get("enforcement") + ", which is no level");
      }
    }
    object.forEach((name, value) -> {
      if (!OWN.contains(text(name))) {
        detail.add(text(name) + ": " + value);
      }
    });
    return new Breach(
        rule.name(),
        shorten(message),
        shorten(detail.toString()),
        Severity.named(object.text("severity")),
        stated.isPresent() ? stated : level,
        false,
        span);
  }

  /** What a rule that is one truth says; empty where its name has to do. */
  private String truth() {
    return rule.kind() == DecisionRule.Kind.ALLOW ? "`allow` is not true" : "";
  }

  static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
