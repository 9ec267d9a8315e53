package dev.bylaw.policy.registry;

import dev.bylaw.policy.approval.People;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an identity says of itself, as far as policies need it.
 *
 * @param identity its name
 * @param allowUncovered whether an action that no rule covers is allowed; blocked otherwise
 * @param zone whose midnight ends a day
 * @param currency of amounts that name none; empty where there is none
 * @param agents by name
 * @param attachments packs for every agent
 * @param people who may answer questions
 * @param resources attributes of what is declared, by type and name
 * @param capabilities what actions are to policies, by action
 * @param checkpoints names that steps may use, beside those that rules name
 * @param resolutions what was agreed about conflicts
 * @param data named data that stand in the same file
 */
public record Registry(
    String identity,
    boolean allowUncovered,
    ZoneId zone,
    String currency,
    Map<String, AgentEntry> agents,
    List<Attachment> attachments,
    People people,
    Map<ResourceName, ObjectValue> resources,
    Map<String, Capability> capabilities,
    Set<String> checkpoints,
    List<Resolution> resolutions,
    ObjectValue data) {
  /** What can be declared, the least telling first. */
  private static final List<String> TYPES = List.of("resource", "vendor", "connection", "table");

  public Registry {
    Objects.requireNonNull(identity);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(currency);
    agents = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    attachments = List.copyOf(attachments);
    Objects.requireNonNull(people);
    resources = Map.copyOf(resources);
    capabilities = Map.copyOf(capabilities);
    checkpoints = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(checkpoints));
    resolutions = List.copyOf(resolutions);
    Objects.requireNonNull(data);
  }

  /** The agent of a name. */
  public Optional<AgentEntry> agent(String name) {
    return Optional.ofNullable(agents.get(name));
  }

  /**
   * The same with what actions declare of themselves; what this registry maps otherwise stays.
   *
   * @param declared by action
   */
  public Registry withCapabilities(Map<String, Capability> declared) {
    Map<String, Capability> all = new LinkedHashMap<>(declared);
    capabilities.forEach((action, mapped) ->
        all.merge(
            action,
            mapped,
            (own, remapped) ->
                remapped.resourceType().isEmpty()
                    ? new Capability(remapped.name(), own.resourceType())
                    : remapped));
    return new Registry(
        identity,
        allowUncovered,
        zone,
        currency,
        agents,
        attachments,
        people,
        resources,
        all,
        checkpoints,
        resolutions,
        data);
  }

  /** What an action is to policies; its own name where nothing is said. */
  public Capability capability(String action) {
    Capability known = capabilities.get(action);
    return known == null ? new Capability(action, "") : known;
  }

  /**
   * The facts of a request: its agent, capability, and what is declared of the resources it
   * touches. Credential, run and approval are the runtime's to add.
   *
   * @param touched what the action touches for certain, the most telling first; what the request
   *     itself names is looked up too, and counts less
   */
  public Facts facts(ActionRequest request, List<ResourceName> touched, Instant time) {
    Capability capability = capability(request.action());
    ObjectValue agent =
        agent(request.agent())
            .map(AgentEntry::attributes)
            .orElse(ObjectValue.of("id", StringValue.of(request.agent())));
    return new Facts(
        identity,
        agent,
        ObjectValue.EMPTY,
        capability.name(),
        request.action(),
        resourceFacts(request, touched, capability.resourceType()),
        besides(request, touched, capability.resourceType()),
        time,
        ObjectValue.EMPTY,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** The facts with each other resource of a kind in the first one's place. */
  private List<ObjectValue> besides(
      ActionRequest request, List<ResourceName> touched, String resourceType) {
    if (touched.size() < 2) {
      return List.of();
    }
    Set<String> seen = new HashSet<>();
    List<ObjectValue> besides = new ArrayList<>(0);
    for (ResourceName name : touched) {
      if (!seen.add(name.type())) {
        List<ResourceName> others = new ArrayList<>(touched);
        others.remove(name);
        others.addFirst(name);
        besides.add(resourceFacts(request, others, resourceType));
      }
    }
    return besides;
  }

  private ObjectValue resourceFacts(
      ActionRequest request, List<ResourceName> touched, String resourceType) {
    ObjectValue.Builder out = ObjectValue.builder();
    for (ResourceName name : named(request.resource())) {
      resources.getOrDefault(name, ObjectValue.EMPTY).forEach(out::put);
    }
    for (ResourceName name : touched.reversed()) {
      out.put(name.type(), name.name());
      resources.getOrDefault(name, ObjectValue.EMPTY).forEach(out::put);
    }
    if (!resourceType.isEmpty()) {
      out.put("type", resourceType);
    }
    return out.build();
  }

  /** What a request's resource may name, the least telling first. */
  private List<ResourceName> named(ObjectValue resource) {
    Set<ResourceName> names = new LinkedHashSet<>();
    String id = resource.text("id");
    for (String type : TYPES) {
      // An id that stands for several things is all of them, the most telling last.
      ResourceName name = new ResourceName(type, id);
      if (!id.isEmpty() && resources.containsKey(name)) {
        names.add(name);
      }
    }
    for (String type : TYPES) {
      String name = resource.text(type);
      if (!name.isEmpty()) {
        names.add(new ResourceName(type, name));
      }
    }
    return List.copyOf(names);
  }

  /** The registry as JSON, for its digest; agents' own rules and people are not in it. */
  public ObjectValue toValue() {
    ObjectValue.Builder agentsOut = ObjectValue.builder(agents.size());
    agents.forEach((name, agent) -> agentsOut.put(name, agent.toValue()));
    ObjectValue.Builder resourcesOut = ObjectValue.builder(resources.size());
    resources.forEach((name, attributes) -> resourcesOut.put(name.toString(), attributes));
    ObjectValue.Builder capabilitiesOut = ObjectValue.builder(capabilities.size());
    capabilities.forEach((action, capability) ->
        capabilitiesOut.put(action, capability.name() + " " + capability.resourceType()));
    return ObjectValue.builder(9)
        .put("identity", identity)
        .put("default", allowUncovered ? "allow" : "block")
        .put("zone", zone.getId())
        .put("currency", currency)
        .put("agents", agentsOut.build())
        .put("packs", Attachment.toValue(attachments))
        .put("resources", resourcesOut.build())
        .put("capabilities", capabilitiesOut.build())
        .put("resolutions", Value.of(resolutions.stream().map(Resolution::words).toList()))
        .build();
  }
}
