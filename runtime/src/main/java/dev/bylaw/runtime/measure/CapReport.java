package dev.bylaw.runtime.measure;

import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.rule.CapSpec;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.store.Store;
import dev.bylaw.store.ledger.LedgerQueries;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Usage against each cap. Thread-safe. */
public final class CapReport {
  private final Supplier<PolicySet> policies;
  private final Store store;
  private final InstantSource clock;

  public CapReport(Supplier<PolicySet> policies, Store store, InstantSource clock) {
    this.policies = policies;
    this.store = store;
    this.clock = clock;
  }

  /**
   * One cap of one agent, as it stands for one key.
   *
   * @param agent whose effective policy has it
   * @param pack its pack
   * @param rule its rule
   * @param enforcement what it does
   * @param per by what it counts apart: {@code customer_id}; empty for the identity as a whole
   * @param key whose usage this is; empty where nothing was used yet
   * @param used reserved and spent in the window
   * @param overage the part that went over a cap that does not block
   * @param limit how much there may be
   * @param inclusive whether exactly the limit is still within it
   * @param currency of a sum of money; empty otherwise
   * @param window {@code day}, {@code rolling PT1H}, {@code concurrent}
   * @param until when a window of the calendar ends
   */
  public record Line(
      String agent,
      String pack,
      String rule,
      String enforcement,
      List<String> per,
      String key,
      BigDecimal used,
      BigDecimal overage,
      BigDecimal limit,
      boolean inclusive,
      String currency,
      String window,
      Optional<Instant> until) {
    public Line {
      per = List.copyOf(per);
    }

    /** The line as JSON. */
    public ObjectValue toValue() {
      ObjectValue.Builder out =
          ObjectValue.builder(13)
              .put("agent", agent)
              .put("pack", pack)
              .put("rule", rule)
              .put("enforcement", enforcement)
              .put("per", Value.of(per))
              .put("key", key)
              .put("used", NumberValue.of(used))
              .put("overage", NumberValue.of(overage))
              .put("limit", NumberValue.of(limit))
              .put("inclusive", Value.of(inclusive))
              .put("currency", currency)
              .put("window", window);
      until.ifPresent(end -> out.put("until", end.toString()));
      return out.build();
    }
  }

  /** All caps, or those of one agent; a line for each key that has used something. */
  public List<Line> lines(Optional<String> agent) {
    PolicySet now = policies.get();
    Instant at = clock.instant();
    List<Line> lines = new ArrayList<>();
    store.read(snapshot -> {
      for (String name : now.registry().agents().keySet()) {
        if (agent.isEmpty() || agent.get().equals(name)) {
          now.agent(name).ifPresent(it -> ofAgent(now, it, snapshot.ledger(), at, lines));
        }
      }
      return true;
    });
    return lines;
  }

  private static void ofAgent(
      PolicySet policies, AgentPolicy agent, LedgerQueries ledger, Instant at, List<Line> into) {
    String identity = policies.registry().identity();
    for (EffectiveRule rule : agent.effective().applying()) {
      if (!(rule.rule().body() instanceof RuleBody.Cap(CapSpec cap))) {
        continue;
      }
      CapWindow window = cap.window(policies.registry().zone());
      List<LedgerQueries.Usage> usages =
          ledger.usage(identity, rule.rule().id().pack(), rule.rule().id().rule(), window, at);
      boolean perAgent = cap.per().size() == 1 && cap.per().getFirst().field() == null;
      List<LedgerQueries.Usage> own =
          usages.stream()
              .filter(it -> !perAgent || it.counter().key().equals(agent.agent().name()))
              .toList();
      if (own.isEmpty()) {
        String key = perAgent ? agent.agent().name() : "";
        var unused =
            new CapCounter(
                identity,
                rule.rule().id().pack(),
                rule.rule().id().rule(),
                key,
                currency(policies, cap));
        into.add(
            line(
                agent,
                rule,
                cap,
                window,
                at,
                new LedgerQueries.Usage(unused, BigDecimal.ZERO, BigDecimal.ZERO, 0)));
      }
      own.forEach(usage -> into.add(line(agent, rule, cap, window, at, usage)));
    }
  }

  private static String currency(PolicySet policies, CapSpec cap) {
    return cap.currency().equals(CapSpec.IDENTITYS)
        ? policies.registry().currency()
        : cap.currency();
  }

  private static Line line(
      AgentPolicy agent,
      EffectiveRule rule,
      CapSpec cap,
      CapWindow window,
      Instant at,
      LedgerQueries.Usage usage) {
    return new Line(
        agent.agent().name(),
        rule.rule().id().pack(),
        rule.rule().id().rule(),
        rule.enforcement().word(),
        cap.per().stream().map(CapSpec.CapKey::name).toList(),
        usage.counter().key(),
        usage.used(),
        usage.overage(),
        cap.limit(),
        cap.inclusive(),
        usage.counter().currency(),
        cap.windowText(),
        window instanceof CapWindow.Calendar
            ? Optional.of(window.around(at).to())
            : Optional.empty());
  }

  /** Lines as JSON. */
  public static ArrayValue toValue(List<Line> lines) {
    return ArrayValue.of(lines.stream().map(Line::toValue).toList());
  }
}
