package dev.bylaw.runtime.act;

import dev.bylaw.actions.record.CapUsage;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapWindow;
import dev.bylaw.policy.effective.AgentPolicy;
import dev.bylaw.policy.effective.EffectiveRule;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.rule.CapSpec;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.store.Store;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.CanonicalJson;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How caps stand, for the action {@code query_cap}. */
public final class LedgerUsage implements CapUsage {
  private final Supplier<PolicySet> policies;
  private final Store store;
  private final InstantSource clock;

  public LedgerUsage(Supplier<PolicySet> policies, Store store, InstantSource clock) {
    this.policies = policies;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public List<Usage> usage(String agent, Optional<String> rule, ObjectValue key) {
    PolicySet now = policies.get();
    List<Usage> found = new ArrayList<>();
    List<EffectiveRule> applying =
        now.agent(agent).map(AgentPolicy::effective).map(it -> it.applying()).orElse(List.of());
    for (EffectiveRule each : applying) {
      if (each.rule().body() instanceof RuleBody.Cap(CapSpec cap) && isAsked(each, rule)) {
        key(cap, agent, key).ifPresent(of -> found.add(usage(now, each, cap, of)));
      }
    }
    return found;
  }

  private static boolean isAsked(EffectiveRule rule, Optional<String> asked) {
    return asked.isEmpty()
        || asked.get().equals(rule.rule().id().rule())
        || asked.get().equals(rule.rule().id().name());
  }

  /** The counter's key; empty if the values that it counts by are not among those given. */
  private static Optional<String> key(CapSpec cap, String agent, ObjectValue given) {
    List<Value> parts = new ArrayList<>();
    for (CapSpec.CapKey each : cap.per()) {
      Value value = each.field() == null ? StringValue.of(agent) : given.get(each.name());
      if (value == null) {
        return Optional.empty();
      }
      parts.add(value instanceof StringValue ? value : StringValue.of(value.toString()));
    }
    return Optional.of(
        parts.isEmpty()
            ? ""
            : parts.size() == 1
                ? ((StringValue) parts.getFirst()).text()
                : CanonicalJson.write(ArrayValue.of(parts)));
  }

  private Usage usage(PolicySet policies, EffectiveRule rule, CapSpec cap, String key) {
    String currency =
        cap.currency().equals(CapSpec.IDENTITYS) ? policies.registry().currency() : cap.currency();
    var counter =
        new CapCounter(
            policies.registry().identity(),
            rule.rule().id().pack(),
            rule.rule().id().rule(),
            key,
            currency);
    CapWindow window = cap.window(policies.registry().zone());
    Instant at = clock.instant();
    return new Usage(
        rule.rule().id().pack(),
        rule.rule().id().rule(),
        key,
        store.usage().used(counter, window, at),
        cap.limit(),
        currency.isEmpty() ? Optional.empty() : Optional.of(currency),
        window instanceof CapWindow.Calendar
            ? Optional.of(window.around(at).to())
            : Optional.empty());
  }
}
