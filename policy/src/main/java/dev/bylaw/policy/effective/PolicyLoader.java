package dev.bylaw.policy.effective;

import dev.bylaw.policy.data.NamedData;
import dev.bylaw.policy.pack.BrokenPack;
import dev.bylaw.policy.pack.Digests;
import dev.bylaw.policy.pack.Pack;
import dev.bylaw.policy.pack.PackCompiler;
import dev.bylaw.policy.registry.AgentEntry;
import dev.bylaw.policy.registry.Attachment;
import dev.bylaw.policy.registry.Registry;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes a version of an identity's policies from its files. A broken file never replaces a pack
 * that works: what the version before has of it stays.
 */
public final class PolicyLoader {
  private final RuleEnvironment environment;

  /** A loader that compiles with some environment. */
  public PolicyLoader(RuleEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Loads a version.
   *
   * @param registry what the identity says of itself
   * @param packs the files of packs, in order
   * @param files other files that packs may name, by the name that the pack writes
   * @param data named data, by name; those of the registry count less
   * @param before the version in use
   * @param diagnostics takes everything that is wrong
   * @return a version that can be used whatever is wrong: it keeps what works and blocks the rest
   */
  public PolicySet load(
      Registry registry,
      List<Source> packs,
      Function<String, Optional<Source>> files,
      ObjectValue data,
      Optional<PolicySet> before,
      Diagnostics diagnostics) {
    ObjectValue all = registry.data().with(data);
    PackCompiler compiler = new PackCompiler(environment, all, files);
    Map<String, Pack> compiled = new LinkedHashMap<>();
    List<BrokenPack> broken = new ArrayList<>();
    List<Source> documents = packs.stream().filter(source -> !compiler.isForeign(source)).toList();
    compile(documents, compiler, before, compiled, broken, diagnostics);
    var ofOverrides = new Diagnostics();
    Map<String, List<Rule>> overrides = overrides(registry, compiler, before, broken, ofOverrides);
    // A file that some rule names is a part of that rule, unless it is attached by itself.
    Set<String> attached = attached(registry);
    List<Source> whole =
        packs.stream()
            .filter(compiler::isForeign)
            .filter(source -> compiler.isPack(source) || attached.contains(compiler.name(source)))
            .toList();
    compile(whole, compiler, before, compiled, broken, diagnostics);
    checkAttachments(registry, compiled, broken, diagnostics);
    diagnostics.addAll(ofOverrides.all());
    checkReplaced(overrides, compiled, diagnostics);
    var set =
        new PolicySet(
            registry,
            compiled.values(),
            overrides,
            broken,
            new NamedData(all),
            environment,
            revision(registry, compiled, overrides, all));
    var approvers = new ApproverChecks(registry.people(), diagnostics);
    compiled.values().forEach(approvers::check);
    for (String agent : registry.agents().keySet()) {
      set.agent(agent).map(AgentPolicy::effective).ifPresent(approvers::check);
    }
    return set;
  }

  private static void compile(
      List<Source> sources,
      PackCompiler compiler,
      Optional<PolicySet> before,
      Map<String, Pack> compiled,
      List<BrokenPack> broken,
      Diagnostics diagnostics) {
    // Checking conditions is what takes the time; packs do not know of each other.
    List<Attempt> attempts =
        sources.parallelStream().map(source -> Attempt.at(source, compiler)).toList();
    for (Attempt attempt : attempts) {
      switch (attempt.compiled) {
        case PackCompiler.Compiled.Whole(var pack) -> add(pack, compiled, diagnostics);
        case PackCompiler.Compiled.Broken(var pack) -> {
          Optional<Pack> working = working(attempt.source, pack, before);
          working.ifPresentOrElse(
              kept -> compiled.putIfAbsent(kept.id(), kept), () -> broken.add(pack));
        }
      }
      diagnostics.addAll(attempt.found);
    }
  }

  private static Set<String> attached(Registry registry) {
    Set<String> names = new TreeSet<>();
    registry.attachments().forEach(attachment -> names.add(attachment.pack()));
    for (AgentEntry agent : registry.agents().values()) {
      agent.attachments().forEach(attachment -> names.add(attachment.pack()));
    }
    return names;
  }

  /** One file compiled, and what was wrong with it. */
  private record Attempt(Source source, PackCompiler.Compiled compiled, List<Diagnostic> found) {
    static Attempt at(Source source, PackCompiler compiler) {
      Diagnostics found = new Diagnostics();
      PackCompiler.Compiled compiled = compiler.compile(source, found);
      return new Attempt(source, compiled, found.all());
    }
  }

  /** The version in use has a pack of this name, or from this file. */
  private static Optional<Pack> working(
      Source source, BrokenPack broken, Optional<PolicySet> before) {
    return before.flatMap(set ->
        set.packs().values().stream()
            .filter(pack ->
                pack.id().equals(broken.id()) || pack.span().source().name().equals(source.name()))
            .findFirst());
  }

  private static void add(Pack pack, Map<String, Pack> compiled, Diagnostics diagnostics) {
    Pack first = compiled.putIfAbsent(pack.id(), pack);
    if (first != null) {
      diagnostics.add(
          Diagnostic.error(
                  "E0219",
                  pack.span().source().span(pack.span().start(), pack.span().start()),
                  "the pack `" + pack.id() + "` is there already")
              .withHint("give it another name")
              .withNote("first here", first.span()));
    }
  }

  private static void checkAttachments(
      Registry registry,
      Map<String, Pack> compiled,
      List<BrokenPack> broken,
      Diagnostics diagnostics) {
    Set<String> known = new TreeSet<>(compiled.keySet());
    broken.forEach(pack -> known.add(pack.id()));
    List<Attachment> all = new ArrayList<>(registry.attachments());
    registry.agents().values().forEach(agent -> all.addAll(agent.attachments()));
    for (Attachment attachment : all) {
      if (!known.contains(attachment.pack())) {
        String hint = DidYouMean.hint(attachment.pack(), known);
        diagnostics.error(
            "E0213",
            attachment.span(),
            "there is no pack `" + attachment.pack() + "`",
            !hint.isEmpty()
                ? hint
                : known.isEmpty()
                    ? "the folder `packs` has none"
                    : "packs are " + String.join(", ", known));
      }
    }
    for (Pack pack : compiled.values()) {
      for (String agent : pack.agents()) {
        if (registry.agent(agent).isEmpty()) {
          diagnostics.error(
              "E0214",
              pack.span().source().span(pack.span().start(), pack.span().start()),
              "the scope of `" + pack.id() + "` names `" + agent + "`, which is no agent",
              DidYouMean.hint(agent, registry.agents().keySet()));
        }
      }
    }
  }

  private static Map<String, List<Rule>> overrides(
      Registry registry,
      PackCompiler compiler,
      Optional<PolicySet> before,
      List<BrokenPack> broken,
      Diagnostics diagnostics) {
    Map<String, List<Rule>> overrides = new LinkedHashMap<>();
    for (AgentEntry agent : registry.agents().values()) {
      Diagnostics own = new Diagnostics();
      List<Rule> rules = compiler.overrides(agent, own);
      diagnostics.addAll(own.all());
      if (!own.hasErrors()) {
        overrides.put(agent.name(), rules);
        continue;
      }
      List<Rule> kept = before.map(set -> set.overrides().get(agent.name())).orElse(null);
      if (kept != null) {
        overrides.put(agent.name(), kept);
      } else {
        broken.add(
            new BrokenPack(
                "agent:" + agent.name(),
                own.all().getFirst().toString(),
                false,
                Set.of(agent.name())));
      }
    }
    return overrides;
  }

  private static void checkReplaced(
      Map<String, List<Rule>> overrides, Map<String, Pack> compiled, Diagnostics diagnostics) {
    Map<String, Rule> byName = new LinkedHashMap<>();
    compiled
        .values()
        .forEach(pack -> pack.rules().forEach(rule -> byName.put(rule.id().name(), rule)));
    overrides
        .values()
        .forEach(rules ->
            rules.forEach(rule -> {
              if (!rule.replaces().isEmpty() && !byName.containsKey(rule.replaces())) {
                diagnostics.error(
                    "E0217",
                    rule.span(),
                    "`"
                        + rule.id().rule()
                        + "` replaces `"
                        + rule.replaces()
                        + "`, which is no rule",
                    DidYouMean.hint(rule.replaces(), byName.keySet()));
              }
            }));
  }

  private static String revision(
      Registry registry,
      Map<String, Pack> compiled,
      Map<String, List<Rule>> overrides,
      ObjectValue data) {
    ObjectValue.Builder packs = ObjectValue.builder(compiled.size());
    compiled.forEach((id, pack) -> packs.put(id, pack.digest()));
    ObjectValue.Builder own = ObjectValue.builder(overrides.size());
    overrides.forEach(
        (agent, rules) -> own.put(agent, Value.of(rules.stream().map(Rule::digest).toList())));
    ObjectValue all =
        ObjectValue.builder(4)
            .put("registry", registry.toValue())
            .put("packs", packs.build())
            .put("overrides", own.build())
            .put("data", data)
            .build();
    return Digests.of(all).substring(0, 16);
  }
}
