package dev.bylaw.policy.registry;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.approval.People;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what policies need from {@code bylaw.yaml}:
 *
 * <pre>
 * identity: acme
 * default: block                      # or allow: actions that no rule covers
 * zone: Europe/Berlin
 * currency: USD
 * precedence: most_restrictive        # of agents that state none
 * packs: [safety-core]                # attached to every agent
 * agents:
 *   support-bot:
 *     role: agent
 *     environment: production
 *     attributes: {team: support}
 *     packs: [brand-style, {pack: ops-caps, enforcement: block}]
 *     precedence: agent_overrides
 *     overrides: [{id: my-tone, tone: [casual]}]
 * approvers: {alice: [finance], bob: {groups: [finance, managers]}}
 * connections: {orders_db: {classification: PII, attributes: {owner: sales}}}
 * vendors: {salesforce: {approved: true}}
 * tables: {customers: {classification: PII}}
 * resources: {warehouse: {region: eu}}
 * capabilities: {crm_lookup: readData, pay: {capability: api_call, resource: transaction}}
 * checkpoints: [input_validation]
 * resolutions: [{setting: tone, winner: brand-style/tone, note: agreed in May, by: alice}]
 * data: {approved_vendors: [api.salesforce.com]}
 * </pre>
 *
 * The runtime asks the same mapping for its own keys, and for its own keys of agents, people,
 * connections and vendors through {@link Extra}; then it refuses what nobody knows.
 */
public final class RegistryReader {
  private static final List<String> CONNECTION_KEYS =
      List.of("classification", "environment", "owner");

  private final Fields root;
  private final Diagnostics diagnostics;
  private final Extra extra;

  /** Keys of entries that others know; each method may ask the fields for them. */
  public interface Extra {
    /** Asks for nothing. */
    Extra NONE = new Extra() {};

    /** Keys of an agent. */
    default void agent(String name, Fields fields) {}

    /** Keys of a person. */
    default void person(String name, Fields fields) {}

    /** Keys of a connection. */
    default void connection(String name, Fields fields) {}
  }

  private RegistryReader(Fields root, Extra extra) {
    this.root = root;
    this.diagnostics = root.diagnostics();
    this.extra = extra;
  }

  /**
   * Reads the registry.
   *
   * @param root the mapping that {@code bylaw.yaml} is; its diagnostics take what is wrong
   */
  public static Registry read(Fields root, Extra extra) {
    return new RegistryReader(root, extra).registry();
  }

  private Registry registry() {
    String identity = root.requiredText("identity");
    if (!identity.isBlank() && !identity.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      badName("identity", identity, root.node("identity").orElseThrow().span());
    }
    Optional<String> uncovered = root.text("default");
    if (uncovered.isPresent() && !List.of("block", "allow").contains(uncovered.get())) {
      unknown("default", uncovered.get(), "default", List.of("block", "allow"));
    }
    Precedence precedence = precedence(root).orElse(Precedence.MOST_RESTRICTIVE);
    Map<String, AgentEntry> agents = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("agents")) {
      agents.put(entry.key(), agent(entry, precedence));
    }
    Map<ResourceName, ObjectValue> resources = new LinkedHashMap<>();
    connections(resources);
    attributes("vendors", "vendor", resources);
    attributes("tables", "table", resources);
    attributes("resources", "resource", resources);
    return new Registry(
        identity,
        uncovered.map("allow"::equals).orElse(false),
        zone(),
        currency(),
        agents,
        attachments(root),
        people(),
        resources,
        capabilities(),
        new LinkedHashSet<>(root.texts("checkpoints")),
        resolutions(agents.keySet()),
        data());
  }

  private void badName(String what, String name, Span span) {
    diagnostics.error(
        "E0206",
        span,
        "`" + shorten(name) + "` is not the name of " + what,
        "use letters, digits, `.`, `-` and `_`");
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "…";
  }

  private void unknown(String what, String found, String key, List<String> known) {
    unknown(what, found, root.node(key).orElseThrow().span(), known);
  }

  private void unknown(String what, String found, Span span, List<String> known) {
    diagnostics.error(
        "E0203",
        span,
        "unknown "
            + what
            + " `"
            + shorten(found)
            + "`, expected one of `"
            + String.join("`, `", known)
            + "`",
        DidYouMean.hint(found, known));
  }

  private Optional<Precedence> precedence(Fields fields) {
    Optional<String> text = fields.text("precedence");
    List<String> known = new ArrayList<>();
    for (Precedence each : Precedence.values()) {
      known.add(each.word());
      if (text.isPresent() && each.word().equals(text.get())) {
        return Optional.of(each);
      }
    }
    text.ifPresent(found ->
        unknown("precedence", found, fields.node("precedence").orElseThrow().span(), known));
    return Optional.empty();
  }

  private ZoneId zone() {
    Optional<String> text = root.text("zone");
    try {
      return text.map(ZoneId::of).orElse(java.time.ZoneOffset.UTC);
    } catch (DateTimeException _) {
      String near = DidYouMean.hint(text.orElse(""), ZoneId.getAvailableZoneIds());
      diagnostics.error(
          "E0206",
          root.node("zone").orElseThrow().span(),
          "unknown time zone `" + shorten(text.orElse("")) + "`",
          near.isEmpty() ? "write a name of the IANA database, as in `America/New_York`" : near);
      return java.time.ZoneOffset.UTC;
    }
  }

  private String currency() {
    Optional<String> text = root.text("currency");
    try {
      return text.map(each -> each.toUpperCase(Locale.ROOT))
          .map(each -> java.util.Currency.getInstance(each).getCurrencyCode())
          .orElse("");
    } catch (IllegalArgumentException _) {
      diagnostics.error(
          "E0205",
          root.node("currency").orElseThrow().span(),
          "unknown currency `" + shorten(text.orElse("")) + "`",
          "write the three letters of ISO 4217, as in `USD`");
      return "";
    }
  }

  private AgentEntry agent(Node.Entry entry, Precedence precedence) {
    Fields fields = Fields.of(entry.node(), "an agent", diagnostics);
    if (!entry.key().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      badName("an agent", entry.key(), entry.keySpan());
    }
    ObjectValue.Builder attributes = ObjectValue.builder();
    attributes(fields, attributes);
    for (String key : List.of("role", "environment", "description")) {
      fields.text(key).ifPresent(text -> attributes.put(key, text));
    }
    if (fields.has("groups")) {
      attributes.put("groups", Value.of(fields.texts("groups")));
    }
    attributes.put("id", entry.key());
    extra.agent(entry.key(), fields);
    AgentEntry agent =
        new AgentEntry(
            entry.key(),
            attributes.build(),
            attachments(fields),
            precedence(fields).orElse(precedence),
            fields.list("overrides"),
            entry.keySpan());
    fields.refuseUnknown();
    return agent;
  }

  private void attributes(Fields fields, ObjectValue.Builder out) {
    for (Node.Entry attribute : fields.entries("attributes")) {
      out.put(attribute.key(), attribute.node().value());
    }
  }

  private List<Attachment> attachments(Fields fields) {
    List<Attachment> attachments = new ArrayList<>();
    Map<String, Span> seen = new LinkedHashMap<>();
    for (Node node : fields.list("packs")) {
      Attachment attachment = attachment(node);
      Span first = seen.putIfAbsent(attachment.pack(), node.span());
      if (first == null) {
        attachments.add(attachment);
      } else {
        diagnostics.add(
            dev.bylaw.syntax.Diagnostic.error(
                    "E0204",
                    node.span(),
                    "the pack `" + shorten(attachment.pack()) + "` is attached already")
                .withNote("first here", first));
      }
    }
    return attachments;
  }

  private Attachment attachment(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof StringValue name) {
      return new Attachment(name.text(), Optional.empty(), node.span());
    }
    Fields fields = Fields.of(node, "an attached pack", diagnostics);
    String pack = fields.requiredText("pack");
    Optional<String> level = fields.text("enforcement");
    Optional<Enforcement> enforcement = level.flatMap(Enforcement::named);
    if (level.isPresent() && enforcement.isEmpty()) {
      unknown(
          "enforcement",
          level.get(),
          fields.node("enforcement").orElseThrow().span(),
          Enforcement.WORDS);
    }
    fields.refuseUnknown();
    return new Attachment(pack, enforcement, node.span());
  }

  private People people() {
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("approvers")) {
      Set<String> own = new HashSet<>();
      if (entry.node() instanceof Node.Mapping) {
        Fields fields = Fields.of(entry.node(), "a person", diagnostics);
        own.addAll(fields.texts("groups"));
        extra.person(entry.key(), fields);
        fields.refuseUnknown();
      } else {
        Value value = entry.node().value();
        if (value instanceof dev.bylaw.value.ArrayValue array) {
          array.forEach(
              each -> own.add(each instanceof StringValue text ? text.text() : "" + each));
        } else if (value instanceof StringValue text) {
          own.add(text.text());
        }
      }
      groups.put(entry.key(), own);
    }
    return new People(groups);
  }

  private void connections(Map<ResourceName, ObjectValue> resources) {
    for (Node.Entry entry : root.entries("connections")) {
      Fields fields = Fields.of(entry.node(), "a connection", diagnostics);
      ObjectValue.Builder attributes = ObjectValue.builder();
      attributes(fields, attributes);
      for (String key : CONNECTION_KEYS) {
        fields.text(key).ifPresent(text -> attributes.put(key, text));
      }
      extra.connection(entry.key(), fields);
      fields.refuseUnknown();
      resources.put(new ResourceName("connection", entry.key()), attributes.build());
    }
  }

  /** Entries whose keys are all attributes. */
  private void attributes(String key, String type, Map<ResourceName, ObjectValue> resources) {
    for (Node.Entry entry : root.entries(key)) {
      if (entry.node().value() instanceof ObjectValue attributes) {
        resources.put(new ResourceName(type, entry.key()), attributes);
      } else {
        root.wrongKind(entry.node(), entry.key(), "attributes as a mapping");
      }
    }
  }

  private Map<String, Capability> capabilities() {
    Map<String, Capability> capabilities = new LinkedHashMap<>();
    for (Node.Entry entry : root.entries("capabilities")) {
      if (entry.node() instanceof Node.Mapping) {
        Fields fields = Fields.of(entry.node(), "a capability", diagnostics);
        capabilities.put(
            entry.key(),
            new Capability(
                fields.text("capability").orElse(entry.key()), fields.text("resource").orElse("")));
        fields.refuseUnknown();
      } else if (entry.node() instanceof Node.Scalar scalar
          && scalar.value() instanceof StringValue name) {
        capabilities.put(entry.key(), new Capability(name.text(), ""));
      } else {
        root.wrongKind(entry.node(), entry.key(), "the name of a capability");
      }
    }
    return capabilities;
  }

  private List<Resolution> resolutions(Set<String> agents) {
    List<Resolution> resolutions = new ArrayList<>();
    for (Node node : root.list("resolutions")) {
      Fields fields = Fields.of(node, "a resolution", diagnostics);
      List<String> about = fields.texts("agents");
      for (String agent : about) {
        if (!agents.contains(agent)) {
          diagnostics.error(
              "E0214",
              fields.node("agents").orElseThrow().span(),
              "there is no agent `" + shorten(agent) + "`",
              DidYouMean.hint(agent, agents));
        }
      }
      resolutions.add(
          new Resolution(
              fields.requiredText("setting"),
              about,
              fields.text("winner").orElse(""),
              fields.requiredText("note"),
              fields.text("by").orElse(""),
              node.span()));
      fields.refuseUnknown();
    }
    return resolutions;
  }

  private ObjectValue data() {
    ObjectValue.Builder data = ObjectValue.builder();
    for (Node.Entry entry : root.entries("data")) {
      data.put(entry.key(), entry.node().value());
    }
    return data.build();
  }
}
