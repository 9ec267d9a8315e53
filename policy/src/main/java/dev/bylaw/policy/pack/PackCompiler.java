package dev.bylaw.policy.pack;

import dev.bylaw.document.Documents;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.language.PolicyLanguage;
import dev.bylaw.policy.registry.AgentEntry;
import dev.bylaw.policy.rule.Category;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.policy.rule.RuleEnvironment;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Compiles packs: the form of this project, the specification's JSON policies as they stand, and
 * files in other policy languages. Thread-safe.
 */
public final class PackCompiler {
  private final RuleEnvironment environment;
  private final ObjectValue data;
  private final Function<String, Optional<Source>> files;
  private final Set<String> parts = ConcurrentHashMap.newKeySet();

  /**
   * A compiler.
   *
   * @param data the named data there are
   * @param files other files that packs may name, by the name that the pack writes
   */
  public PackCompiler(
      RuleEnvironment environment, ObjectValue data, Function<String, Optional<Source>> files) {
    this.environment = environment;
    this.data = data;
    this.files =
        name -> {
          Optional<Source> found = files.apply(name);
          found.ifPresent(source -> parts.add(source.name()));
          return found;
        };
  }

  /** What came of compiling a file. */
  public sealed interface Compiled {
    /** A pack that can be used; the diagnostics may hold warnings. */
    record Whole(Pack pack) implements Compiled {}

    /** A pack that cannot, as far as it could be read. */
    record Broken(BrokenPack pack) implements Compiled {}
  }

  /** Whether a file is a policy in another language that is installed. */
  public boolean isForeign(Source source) {
    return language(source).isPresent();
  }

  private Optional<PolicyLanguage> language(Source source) {
    return environment.languages().stream()
        .filter(each -> each.endings().stream().anyMatch(source.name()::endsWith))
        .findFirst();
  }

  /**
   * Whether a file is a pack of its own: not a test of policies, and in another language only where
   * no rule that was compiled so far is made of it.
   */
  public boolean isPack(Source source) {
    return language(source)
        .map(it -> it.isPolicy(source.name()) && !parts.contains(source.name()))
        .orElse(true);
  }

  /**
   * Compiles one file.
   *
   * @param diagnostics takes everything that is wrong
   */
  public Compiled compile(Source source, Diagnostics diagnostics) {
    Diagnostics own = new Diagnostics();
    Reading reading = new Reading(own, environment, data, files);
    Optional<PolicyLanguage> language = language(source);
    Draft draft =
        language.isPresent() ? foreign(source, language.get(), reading) : document(source, reading);
    diagnostics.addAll(own.all());
    if (draft.pack.isPresent() && !own.hasErrors()) {
      return new Compiled.Whole(draft.pack.get());
    }
    String reason =
        own.all().stream()
            .filter(each -> each.isError())
            .map(Object::toString)
            .findFirst()
            .orElse("it is empty");
    return new Compiled.Broken(new BrokenPack(draft.id, reason, draft.everyAgent, draft.agents));
  }

  /** A pack as far as it was read. */
  private record Draft(String id, boolean everyAgent, Set<String> agents, Optional<Pack> pack) {
    /** Nothing is known of it but its file: it may be for all. */
    static Draft unread(Source source) {
      return new Draft(stem(source), true, Set.of(), Optional.empty());
    }
  }

  /** The name of the pack that a file in another language is by itself. */
  public String name(Source source) {
    return stem(source);
  }

  private static String stem(Source source) {
    String name = source.name();
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private Draft document(Source source, Reading reading) {
    Optional<Node> root = Documents.read(source, reading.diagnostics());
    if (root.isEmpty()) {
      if (!reading.diagnostics().hasErrors()) {
        reading.error("E0200", source.span(0, 0), "expected a pack, found an empty file");
      }
      return Draft.unread(source);
    }
    boolean policies =
        root.get() instanceof Node.Mapping mapping
            && mapping.get("policies").isPresent()
            && mapping.get("pack").isEmpty();
    return policies ? jsonPolicies(source, root.get(), reading) : pack(source, root.get(), reading);
  }

  private Draft pack(Source source, Node root, Reading reading) {
    Fields fields = Fields.of(root, "a pack", reading.diagnostics());
    String id = fields.requiredText("pack");
    if (!id.isBlank() && !id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      reading.error(
          Reading.BAD_NAME,
          fields.node("pack").orElseThrow().span(),
          "`" + Reading.shorten(id) + "` is not the name of a pack",
          "use letters, digits, `.`, `-` and `_`");
    }
    String name = fields.text("name").orElse(id);
    String version = fields.text("version").orElse("");
    Category category =
        reading
            .word(
                fields,
                "category",
                text -> Reading.constant(Category.class, text),
                Reading.words(Category.class))
            .orElse(Category.COMPLIANCE);
    String description = fields.text("description").orElse("");
    Enforcement enforcement =
        reading
            .word(fields, "enforcement", Enforcement::named, Enforcement.WORDS)
            .orElse(Enforcement.BLOCK);
    Severity severity =
        reading.word(fields, "severity", Severity::named, Severity.WORDS).orElse(Severity.MEDIUM);
    boolean overridable = fields.truth("overridable", false);
    Set<String> agents = new HashSet<>(fields.texts("scope"));
    boolean everyAgent = agents.remove("all");
    RuleReader.Defaults defaults =
        new RuleReader.Defaults(id, version, enforcement, severity, overridable, false);
    RuleReader rules = new RuleReader(reading, defaults);
    fields.requiredNode("rules");
    fields.list("rules").forEach(rules::read);
    fields.refuseUnknown();
    Pack pack =
        new Pack(
            id,
            name,
            version,
            category,
            description,
            everyAgent,
            agents,
            rules.rules(),
            Digests.of(root.value(), rules.rules()),
            root.span());
    String known = id.isBlank() ? stem(source) : id;
    return new Draft(known, everyAgent || id.isBlank(), agents, Optional.of(pack));
  }

  private Draft jsonPolicies(Source source, Node root, Reading reading) {
    String id = stem(source);
    List<Rule> rules = new JsonPolicies(reading, id).read(root);
    Pack pack =
        new Pack(
            id,
            id,
            "",
            Category.COMPLIANCE,
            "",
            false,
            Set.of(),
            rules,
            Digests.of(root.value()),
            root.span());
    return new Draft(id, false, Set.of(), Optional.of(pack));
  }

  private static Draft foreign(Source source, PolicyLanguage language, Reading reading) {
    String id = stem(source);
    Optional<Pack> pack =
        new ForeignReader(reading, language).file(source).map(body -> wholeFile(id, source, body));
    return new Draft(id, false, Set.of(), pack);
  }

  private static Pack wholeFile(String id, Source source, RuleBody.Foreign body) {
    Rule rule =
        new Rule(
            new RuleId(id, "", id),
            Enforcement.BLOCK,
            Severity.HIGH,
            "",
            false,
            "",
            "",
            Rule.Phase.ACTION,
            ForeignReader.pattern(body.policy()),
            Optional.empty(),
            body,
            List.of(),
            body.digest(),
            source.span(0, 0));
    return new Pack(
        id,
        id,
        "",
        Category.COMPLIANCE,
        "",
        false,
        Set.of(),
        List.of(rule),
        body.digest(),
        source.span(0, 0));
  }

  /**
   * Compiles an agent's own rules, which form a pack {@code agent:NAME}.
   *
   * @param diagnostics takes what is wrong; a rule that has a mistake is left out, and the caller
   *     must not use the rest where there is an error
   */
  public List<Rule> overrides(AgentEntry agent, Diagnostics diagnostics) {
    Reading reading = new Reading(diagnostics, environment, data, files);
    RuleReader rules =
        new RuleReader(
            reading,
            new RuleReader.Defaults(
                "agent:" + agent.name(), "", Enforcement.BLOCK, Severity.MEDIUM, false, true));
    agent.overrides().forEach(rules::read);
    return rules.rules();
  }
}
