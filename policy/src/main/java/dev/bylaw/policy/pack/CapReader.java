package dev.bylaw.policy.pack;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.policy.rule.CapSpec;
import dev.bylaw.policy.rule.CapSpec.CapKey;
import dev.bylaw.policy.rule.FieldPath;
import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.syntax.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads caps: {@code cap: {sum: amount, over: [call_payment_api], limit: 100 USD, per: agent,
 * window: day}}.
 */
final class CapReader {
  private static final List<String> KINDS = List.of("sum", "count", "concurrent");

  private CapReader() {}

  static List<Draft> read(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Fields> given = rule.fields(key, "a cap");
    if (given.isEmpty()) {
      return List.of();
    }
    Fields cap = given.get();
    List<String> kinds = KINDS.stream().filter(cap::has).toList();
    if (kinds.size() != 1) {
      reading.error(
          Reading.CONTRADICTION,
          rule.keySpan(key),
          "a cap has one of `sum`, `count` and `concurrent`, found "
              + (kinds.isEmpty() ? "none" : String.join(" and ", kinds)),
          "write `sum: amount`, `count: send_email` or `concurrent: call_api`");
    }
    CapSpec.Kind kind =
        kinds.isEmpty()
            ? CapSpec.Kind.COUNT
            : Reading.constant(CapSpec.Kind.class, kinds.getFirst()).orElseThrow();
    Optional<FieldPath> field = Optional.empty();
    Set<String> over = new HashSet<>(cap.texts("over"));
    if (kind == CapSpec.Kind.SUM) {
      field =
          cap.text("sum").flatMap(text -> reading.path(text, cap.node("sum").orElseThrow().span()));
    } else if (!kinds.isEmpty()) {
      over.addAll(cap.texts(kinds.getFirst()));
    }
    Pattern pattern = pattern(reading, rule, cap, over, head);
    Limit limit = limit(reading, cap);
    List<CapKey> per = per(reading, cap);
    Window window = window(reading, cap, kind);
    Optional<java.time.ZoneId> zone = reading.zone(cap, "zone");
    cap.refuseUnknown();
    if (kind == CapSpec.Kind.SUM && field.isEmpty() || kinds.size() != 1) {
      return List.of();
    }
    if (kind != CapSpec.Kind.SUM && !limit.currency.isEmpty()) {
      reading.error(
          Reading.CONTRADICTION, limit.span, "a count has no currency", "write the number alone");
    }
    CapSpec spec =
        new CapSpec(
            kind,
            field,
            pattern.actions(),
            limit.number,
            limit.inclusive,
            limit.currency,
            per,
            window.unit,
            window.rolling,
            zone);
    return List.of(new Draft("", new RuleBody.Cap(spec), pattern, spec.setting()));
  }

  private static Pattern pattern(
      Reading reading, Fields rule, Fields cap, Set<String> over, Draft.Head head) {
    if (over.isEmpty()) {
      if (head.pattern().isOpen() && KINDS.stream().filter(cap::has).count() == 1) {
        reading.error(
            Reading.CONTRADICTION,
            rule.keySpan("cap"),
            "the cap does not say which actions count",
            "add `over: [call_payment_api]`");
      }
      return head.pattern();
    }
    if (!head.on().isEmpty()) {
      reading.error(
          Reading.CONTRADICTION,
          rule.keySpan("on"),
          "the actions stand both in `on` and in the cap",
          "leave `on` out");
    }
    Set<String> actions = new HashSet<>();
    List<String> prefixes = new ArrayList<>();
    boolean every = false;
    for (String name : over) {
      if (name.equals("*")) {
        every = true;
      } else if (name.endsWith("*")) {
        prefixes.add(name.substring(0, name.length() - 1));
      } else {
        actions.add(name);
      }
    }
    cap.has("over");
    return new Pattern(actions, prefixes, every, head.pattern().checkpoints(), head.resourceType());
  }

  private record Limit(BigDecimal number, boolean inclusive, String currency, Span span) {}

  private static Limit limit(Reading reading, Fields cap) {
    boolean inclusive = cap.has("limit");
    boolean below = cap.has("below");
    Optional<String> currency =
        cap.text("currency")
            .flatMap(text -> reading.currency(text, cap.node("currency").orElseThrow().span()));
    Span span = cap.keySpan(below ? "below" : "limit");
    if (inclusive == below) {
      reading.error(
          Reading.CONTRADICTION,
          span,
          inclusive
              ? "a cap has `limit` or `below`, found both"
              : "the cap has no `limit` and no `below`",
          "`limit: 100` admits exactly 100, `below: 100` does not");
    }
    Optional<Reading.Amount> amount = reading.amount(cap, below ? "below" : "limit");
    if (inclusive && below) {
      reading.amount(cap, "limit");
    }
    String stated = amount.map(Reading.Amount::currency).orElse("");
    if (!stated.isEmpty() && currency.isPresent() && !currency.get().equals(stated)) {
      reading.error(
          Reading.CONTRADICTION,
          cap.keySpan("currency"),
          "the limit is in " + stated + ", `currency` says " + currency.get());
    }
    String money = stated.isEmpty() ? currency.orElse("") : stated;
    boolean sum = cap.has("sum");
    return new Limit(
        amount.map(Reading.Amount::number).orElse(BigDecimal.ZERO),
        inclusive,
        money.isEmpty() && sum ? CapSpec.IDENTITYS : money,
        span);
  }

  private static List<CapKey> per(Reading reading, Fields cap) {
    List<CapKey> keys = new ArrayList<>();
    for (String name : cap.texts("per")) {
      Span span = cap.node("per").orElseThrow().span();
      if (name.equals("agent")) {
        keys.add(new CapKey("agent", null));
      } else if (!name.equals("identity")) {
        reading.path(name, span).ifPresent(path -> keys.add(new CapKey(name, path)));
      }
    }
    return keys;
  }

  private record Window(CapWindow.@Nullable Unit unit, @Nullable Duration rolling) {}

  private static Window window(Reading reading, Fields cap, CapSpec.Kind kind) {
    Optional<Node> node = cap.node("window");
    if (kind == CapSpec.Kind.CONCURRENT) {
      node.ifPresent(found ->
          reading.error(
              Reading.CONTRADICTION,
              found.span(),
              "what is under way at the same time has no window"));
      return new Window(null, null);
    }
    if (node.isEmpty()) {
      cap.requiredNode("window");
      return new Window(CapWindow.Unit.DAY, null);
    }
    if (node.get() instanceof Node.Mapping) {
      Fields rolling = Fields.of(node.get(), "a window", reading.diagnostics());
      Duration length = reading.duration(rolling, "rolling").orElse(Duration.ofDays(1));
      rolling.requiredNode("rolling");
      rolling.refuseUnknown();
      return new Window(null, length);
    }
    String text = cap.text("window").orElse("day").strip();
    Optional<CapWindow.Unit> unit = Reading.constant(CapWindow.Unit.class, text);
    if (unit.isPresent()) {
      return new Window(unit.get(), null);
    }
    String length = text.startsWith("rolling ") ? text.substring(8) : text;
    if (length.matches("(P|[0-9]).*")) {
      return new Window(
          null, reading.duration(length, "window", node.get().span()).orElse(Duration.ofDays(1)));
    }
    reading.unknown("window", text, node.get().span(), Reading.words(CapWindow.Unit.class));
    return new Window(CapWindow.Unit.DAY, null);
  }
}
