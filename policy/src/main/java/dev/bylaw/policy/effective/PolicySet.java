package dev.bylaw.policy.effective;

import dev.bylaw.policy.data.NamedData;
import dev.bylaw.policy.pack.BrokenPack;
import dev.bylaw.policy.pack.Pack;
import dev.bylaw.policy.registry.AgentEntry;
import dev.bylaw.policy.registry.Attachment;
import dev.bylaw.policy.registry.Capability;
import dev.bylaw.policy.registry.Registry;
import dev.bylaw.policy.rule.Evaluation.Tenant;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleEnvironment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One version of an identity's policies. Immutable and thread-safe; a change makes a new one, which
 * takes the place of the old as a whole.
 */
public final class PolicySet {
  private final Registry registry;
  private final Map<String, Pack> packs;
  private final Map<String, List<Rule>> overrides;
  private final List<BrokenPack> broken;
  private final NamedData data;
  private final RuleEnvironment environment;
  private final Tenant tenant;
  private final String revision;
  private final Map<String, AgentPolicy> agents;

  /**
   * A version.
   *
   * @param packs those that are compiled
   * @param overrides agents' own rules, by agent
   * @param broken packs that never loaded: agents that may be meant by one are not decided on
   * @param revision names this version
   */
  public PolicySet(
      Registry registry,
      Collection<Pack> packs,
      Map<String, List<Rule>> overrides,
      List<BrokenPack> broken,
      NamedData data,
      RuleEnvironment environment,
      String revision) {
    this.registry = registry;
    Map<String, Pack> byId = new LinkedHashMap<>();
    packs.forEach(pack -> byId.put(pack.id(), pack));
    this.packs = Collections.unmodifiableMap(byId);
    this.overrides = Map.copyOf(overrides);
    this.broken = List.copyOf(broken);
    this.data = data;
    this.environment = environment;
    this.tenant = new Tenant(registry.identity(), registry.zone(), registry.currency());
    this.revision = revision;
    Map<String, AgentPolicy> made = new LinkedHashMap<>();
    for (AgentEntry agent : registry.agents().values()) {
      made.put(agent.name(), make(agent));
    }
    this.agents = Collections.unmodifiableMap(made);
  }

  private AgentPolicy make(AgentEntry agent) {
    EffectivePolicy policy =
        Precedences.of(registry, agent, packs, overrides.getOrDefault(agent.name(), List.of()));
    return new AgentPolicy(agent, policy, unavailable(agent));
  }

  private String unavailable(AgentEntry agent) {
    for (BrokenPack pack : broken) {
      boolean meant =
          pack.everyAgent()
              || pack.agents().contains(agent.name())
              || isAttached(pack.id(), registry.attachments())
              || isAttached(pack.id(), agent.attachments());
      if (meant) {
        return "the pack `" + pack.id() + "` has never loaded: " + pack.reason();
      }
    }
    // What somebody attached and nobody can read is no freedom.
    return Stream.concat(registry.attachments().stream(), agent.attachments().stream())
        .map(Attachment::pack)
        .filter(pack -> !packs.containsKey(pack))
        .findFirst()
        .map(pack -> "there is no pack `" + pack + "`")
        .orElse("");
  }

  private static boolean isAttached(String pack, List<Attachment> attachments) {
    return attachments.stream().anyMatch(attachment -> attachment.pack().equals(pack));
  }

  /** The policies of an agent. */
  public Optional<AgentPolicy> agent(String name) {
    return Optional.ofNullable(agents.get(name));
  }

  /** What the identity says of itself. */
  public Registry registry() {
    return registry;
  }

  /** The packs by id, in order. */
  public Map<String, Pack> packs() {
    return packs;
  }

  /** Agents' own rules, by agent. */
  public Map<String, List<Rule>> overrides() {
    return overrides;
  }

  /** Packs that never loaded. */
  public List<BrokenPack> broken() {
    return broken;
  }

  /** The named data. */
  public NamedData data() {
    return data;
  }

  /** What rules are asked with. */
  public RuleEnvironment environment() {
    return environment;
  }

  /** What rules take from the identity. */
  public Tenant tenant() {
    return tenant;
  }

  /** Names this version. */
  public String revision() {
    return revision;
  }

  /** The same over other data, which need no compiling. */
  public PolicySet withData(NamedData other, String newRevision) {
    return new PolicySet(
        registry, packs.values(), overrides, broken, other, environment, newRevision);
  }

  /** The checkpoints that a step may name: declared ones and those that rules name. */
  public Set<String> checkpoints() {
    Set<String> known = new LinkedHashSet<>(registry.checkpoints());
    for (Pack pack : packs.values()) {
      pack.rules().forEach(rule -> known.addAll(rule.pattern().checkpoints()));
    }
    overrides
        .values()
        .forEach(own -> own.forEach(rule -> known.addAll(rule.pattern().checkpoints())));
    return known;
  }

  /**
   * Whether any rule of any agent names an action, by itself or as a capability: what coverage
   * counts.
   */
  public boolean covers(String action) {
    Capability capability = registry.capability(action);
    return agents.values().stream().anyMatch(agent -> agent.covers(action, capability));
  }
}
