package dev.bylaw.policy.rule;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Findings;
import dev.bylaw.expression.Bindings;
import dev.bylaw.policy.data.HostList;
import dev.bylaw.policy.data.HostName;
import dev.bylaw.policy.data.ListRef;
import dev.bylaw.policy.data.NamedData;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.policy.language.LanguageHost;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.SetValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the rules: what they see, and what was found out once for all of
 * them. Not thread-safe.
 */
public final class Evaluation implements Bindings, LanguageHost {
  private final RuleEnvironment environment;
  private final PolicyInput input;
  private final NamedData data;
  private final Tenant tenant;
  private @Nullable Map<Inspected, Findings> inspections;
  private @Nullable Map<Inspected, Boolean> glances;
  private @Nullable ObjectValue withoutRecipients;
  private @Nullable CapGlance caps;

  /** A look at a cap from within a rule; it reserves nothing. */
  @FunctionalInterface
  public interface CapGlance {
    /**
     * Where a cap stands for the request.
     *
     * @param rule {@code pack/rule}
     * @throws IllegalArgumentException if that cannot be told; the message is for people
     */
    ObjectValue at(String rule, Evaluation evaluation);
  }

  /**
   * What rules take from the identity.
   *
   * @param name the identity
   * @param zone whose midnight ends a day
   * @param currency of amounts that name none; empty where there is none
   */
  public record Tenant(String name, ZoneId zone, String currency) {}

  private record Inspected(Value value, Set<EntityType> types) {
    @SuppressWarnings("ReferenceEquality")
    // The value is the same object for all rules that ask; comparing it would cost its size.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Inspected that && value == that.value && types.equals(that.types);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(value) * 31 + types.hashCode();
    }
  }

  /** An evaluation of one input. */
  public Evaluation(RuleEnvironment environment, PolicyInput input, NamedData data, Tenant tenant) {
    this.environment = environment;
    this.input = input;
    this.data = data;
    this.tenant = tenant;
  }

  /** What rules see of the request. */
  public PolicyInput input() {
    return input;
  }

  NamedData named() {
    return data;
  }

  Tenant tenant() {
    return tenant;
  }

  RuleEnvironment environment() {
    return environment;
  }

  /** Whether a result is decided on, not an action. */
  public boolean isOfResult() {
    return input.facts().result().isPresent();
  }

  /** What the action carries, or gave. */
  Value carried() {
    return input.facts().result().orElse(input.params());
  }

  /** Findings of some types in a value; each value is inspected once for the same types. */
  Findings findings(Value value, Set<EntityType> types) {
    Map<Inspected, Findings> known = inspections;
    if (known == null) {
      known = new HashMap<>();
      inspections = known;
    }
    return known.computeIfAbsent(
        new Inspected(value, types), _ -> environment.inspector().inspect(value, types));
  }

  /** The parameters without the addresses that a message goes to. */
  ObjectValue withoutRecipients() {
    ObjectValue known = withoutRecipients;
    if (known == null) {
      known = input.params();
      for (String field : Destinations.RECIPIENT_FIELDS) {
        known = known.without(field);
      }
      withoutRecipients = known;
    }
    return known;
  }

  @Override
  public @Nullable Value lookup(int slot) {
    return switch (slot) {
      case 0 -> input.action();
      case 1 -> input.tool();
      case 2 -> input.agent();
      case 3 -> input.resource();
      case 4 -> input.context();
      case 5 -> input.checkpoint();
      case 6 -> input.params();
      case 7 -> input.credential();
      case 8 -> input.time();
      case 9 -> input.run();
      case 10 -> data.all();
      case 11 -> input.facts().result().orElse(null);
      case 12 -> StringValue.of(tenant.name());
      case 13 -> input.document();
      default -> null;
    };
  }

  @Override
  public ObjectValue data() {
    return data.all();
  }

  /** The same with a look at caps. */
  public Evaluation glancing(@Nullable CapGlance at) {
    caps = at;
    return this;
  }

  @Override
  public ZoneId zone() {
    return tenant.zone();
  }

  @Override
  public boolean containsPii(Value value) {
    Set<EntityType> types = environment.inspector().personal();
    Map<Inspected, Boolean> known = glances;
    if (known == null) {
      known = new HashMap<>();
      glances = known;
    }
    return known.computeIfAbsent(new Inspected(value, types), _ -> environment.containsPii(value));
  }

  @Override
  public ArrayValue personal(Value value) {
    return asValue(reliable(value, environment.inspector().personal()));
  }

  @Override
  public ArrayValue secrets(Value value) {
    return asValue(reliable(value, EntityType.secrets()));
  }

  private Findings reliable(Value value, Set<EntityType> types) {
    Findings found = findings(value, types);
    if (found.isEmpty()) {
      RuleEnvironment.gap(found, true)
          .ifPresent(gap -> {
            throw new IllegalArgumentException(gap);
          });
    }
    return found;
  }

  private static ArrayValue asValue(Findings findings) {
    return ArrayValue.of(
        findings.all().stream()
            .<Value>map(finding ->
                ObjectValue.builder(3)
                    .put("type", finding.type().name())
                    .put("path", finding.path())
                    .put("score", NumberValue.of(BigDecimal.valueOf(finding.score())))
                    .build())
            .toList());
  }

  @Override
  public String host(Value url) {
    try {
      return hostName(url).name();
    } catch (Unreadable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public boolean isListed(Value url, Value list, boolean anyPort) {
    try {
      HostList hosts =
          list instanceof StringValue name
              ? data.hosts(ListRef.named(name.text()))
              : HostList.of(texts(list));
      return hosts.holds(hostName(url), anyPort);
    } catch (Unreadable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static HostName hostName(Value url) throws Unreadable {
    if (url instanceof StringValue text) {
      return HostName.of(text.text());
    }
    throw new Unreadable("expected a URL, found " + url.kind().described());
  }

  private static List<String> texts(Value list) throws Unreadable {
    Iterable<Value> all =
        switch (list) {
          case ArrayValue array -> array;
          case SetValue set -> set;
          default ->
              throw new Unreadable("expected a list of hosts, found " + list.kind().described());
        };
    List<String> texts = new ArrayList<>();
    for (Value each : all) {
      if (!(each instanceof StringValue text)) {
        throw new Unreadable("expected a host in the list, found " + each.kind().described());
      }
      texts.add(text.text());
    }
    return texts;
  }

  @Override
  public ObjectValue cap(String rule) {
    CapGlance glance = caps;
    if (glance == null) {
      throw new IllegalArgumentException("there is no ledger to look at");
    }
    return glance.at(rule, this);
  }
}
