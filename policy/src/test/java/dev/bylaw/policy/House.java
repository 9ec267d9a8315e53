package dev.bylaw.policy;

import dev.bylaw.document.Documents;
import dev.bylaw.document.Fields;
import dev.bylaw.policy.cap.CapCharge;
import dev.bylaw.policy.cap.CapCounter;
import dev.bylaw.policy.cap.CapUsage;
import dev.bylaw.policy.decision.Decision;
import dev.bylaw.policy.decision.DecisionPoint;
import dev.bylaw.policy.decision.Settled;
import dev.bylaw.policy.effective.PolicyLoader;
import dev.bylaw.policy.effective.PolicySet;
import dev.bylaw.policy.registry.Capability;
import dev.bylaw.policy.registry.Registry;
import dev.bylaw.policy.registry.RegistryReader;
import dev.bylaw.policy.request.ActionRequest;
import dev.bylaw.policy.request.Facts;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.Json;
import dev.bylaw.value.JsonException;
import dev.bylaw.value.ObjectValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An identity of a test: its {@code bylaw.yaml}, its packs, and a ledger that only remembers. */
public final class House {
  /** Sunday, a quarter to midnight in UTC. */
  public static final Instant NOW = Instant.parse("2026-03-01T23:45:00Z");

  private final String registry;
  private final List<Source> packs = new ArrayList<>();
  private final List<Source> others = new ArrayList<>();
  private ObjectValue data = ObjectValue.EMPTY;
  private final Map<CapCounter, BigDecimal> used = new HashMap<>();
  private final Diagnostics diagnostics = new Diagnostics();
  private RuleEnvironment environment = RuleEnvironment.standard();
  private UnaryOperator<Facts> facts = UnaryOperator.identity();
  private Map<String, Capability> capabilities =
      Map.of(
          "http", new Capability("api_call", ""),
          "query_database", new Capability("readData", ""),
          "modify_database", new Capability("writeData", ""),
          "call_payment_api", new Capability("call_payment_api", "transaction"));
  private int decisions;
  private Optional<PolicySet> loaded = Optional.empty();

  private House(String registry) {
    this.registry = registry;
  }

  /** A house with the given {@code bylaw.yaml}. */
  public static House of(String registry) {
    return new House(registry);
  }

  /** A house where one agent, {@code bot}, uses all packs and what no rule covers is allowed. */
  public static House allowing() {
    return of(
        """
        identity: acme
        default: allow
        currency: USD
        agents:
          bot: {role: agent}
        """);
  }

  /** With a pack; its file is named after it. */
  public House pack(String text) {
    packs.add(Source.of("packs/pack-" + (packs.size() + 1) + ".yaml", text));
    return this;
  }

  /** With a file of policies. */
  public House file(String name, String text) {
    packs.add(Source.of(name, text));
    return this;
  }

  /** With one pack for all agents that has these rules. */
  public House rules(String rules) {
    return pack("pack: p\nscope: all\nrules:\n" + rules.indent(2));
  }

  /** With a file beside the packs that is none itself: a schema. */
  public House beside(String name, String text) {
    others.add(Source.of(name, text));
    return this;
  }

  /** With other named data. */
  public House data(String json) {
    data = json(json);
    return this;
  }

  private Optional<Source> find(String name) {
    return Stream.concat(packs.stream(), others.stream())
        .filter(source -> source.name().equals("packs/" + name))
        .findFirst();
  }

  public House with(RuleEnvironment other) {
    environment = other;
    return this;
  }

  public House with(UnaryOperator<Facts> change) {
    facts = change;
    return this;
  }

  /** Everything that was wrong at the last load. */
  public List<Diagnostic> problems() {
    return diagnostics.all();
  }

  /** Everything that is wrong, as people see it. */
  public String problemText() {
    load();
    StringBuilder out = new StringBuilder();
    diagnostics.all().forEach(each -> out.append(each.render()).append('\n'));
    return out.toString();
  }

  public Registry registry() {
    Source source = Source.of("bylaw.yaml", registry);
    Fields root =
        Fields.of(Documents.read(source, diagnostics).orElseThrow(), "`bylaw.yaml`", diagnostics);
    Registry read = RegistryReader.read(root, RegistryReader.Extra.NONE);
    root.refuseUnknown();
    return read.withCapabilities(capabilities);
  }

  /** Loads once more what is there now. */
  public PolicySet load() {
    PolicySet set =
        new PolicyLoader(environment)
            .load(registry(), packs, this::find, data, loaded, diagnostics);
    loaded = Optional.of(set);
    return set;
  }

  /** The policies of now. */
  public PolicySet policies() {
    return loaded.orElseGet(this::load);
  }

  /** The first rule of a pack. */
  public Rule firstRuleOf(String pack) {
    return policies().packs().values().stream()
        .filter(each -> each.id().equals(pack))
        .findFirst()
        .orElseThrow()
        .rules()
        .getFirst();
  }

  /** The rules of a pack, by name. */
  public List<String> rulesOf(String pack) {
    return policies().packs().values().stream()
        .filter(each -> each.id().equals(pack))
        .flatMap(each -> each.rules().stream())
        .map(Object::toString)
        .toList();
  }

  public House replacePack(int index, String text) {
    packs.set(index, Source.of(packs.get(index).name(), text));
    return this;
  }

  public DecisionPoint point() {
    DecisionPoint point = new DecisionPoint(() -> "d" + ++decisions, usage());
    point.use(policies());
    return point;
  }

  /** Decides a request in the flat or the full form. */
  public Settled settle(String json) {
    ActionRequest request = ActionRequest.fromValue(json(json), "bot");
    return settle(request);
  }

  public Settled settle(ActionRequest request) {
    PolicySet now = policies();
    Facts known = facts.apply(now.registry().facts(request, List.of(), NOW));
    return point().prepare(request, known).settle(usage());
  }

  /** Decides a request, and takes what it uses of caps where it is allowed. */
  public Decision decide(String json) {
    Settled settled = settle(json);
    settled.charges().forEach(this::spend);
    return settled.decision();
  }

  public Effect effect(String json) {
    return decide(json).effect();
  }

  private void spend(CapCharge charge) {
    used.merge(charge.counter(), charge.amount(), BigDecimal::add);
  }

  /** What is used so far. */
  public Map<CapCounter, BigDecimal> used() {
    return used;
  }

  public CapUsage usage() {
    return (counter, _, _) -> used.getOrDefault(counter, BigDecimal.ZERO);
  }

  public static ObjectValue json(String text) {
    try {
      return (ObjectValue) Json.parse(text);
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
