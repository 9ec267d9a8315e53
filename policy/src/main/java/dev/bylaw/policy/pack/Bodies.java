package dev.bylaw.policy.pack;

import static java.util.Map.entry;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.expression.Expression;
import dev.bylaw.policy.language.CompiledPolicy;
import dev.bylaw.policy.language.LanguageHost;
import dev.bylaw.policy.language.PolicyLanguage;
import dev.bylaw.policy.rule.RuleBody;
import dev.bylaw.syntax.Source;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of rules, by the key that each has in a pack: one line each. */
final class Bodies {
  /** Keys of rules in languages that exist, whether or not they are installed. */
  static final Set<String> OTHER_LANGUAGES = Set.of("rego", "cedar");

  private interface Reader {
    List<Draft> read(Reading reading, Fields rule, String key, Draft.Head head);
  }

  private static final Map<String, Reader> TABLE =
      Map.ofEntries(
          entry("require", Bodies::condition),
          entry("forbid", Bodies::condition),
          entry("cap", CapReader::read),
          entry("allow", ListReader::list),
          entry("deny", ListReader::list),
          entry("attachments", ListReader::attachments),
          entry("constraints", ConstraintReader::read),
          entry("pii", ContentReader::contents),
          entry("secrets", ContentReader::contents),
          entry("signature", ContentReader::appended),
          entry("disclaimer", ContentReader::appended),
          entry("terms", ContentReader::terms),
          entry("format", ContentReader::format),
          entry("tone", ContentReader::judged),
          entry("topics", ContentReader::judged),
          entry("language", ContentReader::judged),
          entry("prompt_injection", ContentReader::judged),
          entry("retention", GovernanceReader::retention),
          entry("export", GovernanceReader::export),
          entry("sharing", GovernanceReader::sharing),
          entry("purpose", GovernanceReader::purpose),
          entry("approval", GovernanceReader::approval));

  private final Reading reading;
  private final Set<String> names = new LinkedHashSet<>(new java.util.TreeSet<>(TABLE.keySet()));

  Bodies(Reading reading) {
    this.reading = reading;
    names.addAll(reading.environment().languageNames());
  }

  /** The keys that a body can have. */
  Set<String> names() {
    return names;
  }

  /** The keys of the kinds of rules that need no other language. */
  static Set<String> typed() {
    return TABLE.keySet();
  }

  List<Draft> read(String key, Fields rule, Draft.Head head) {
    Reader reader = TABLE.get(key);
    return reader == null ? foreign(key, rule) : reader.read(reading, rule, key, head);
  }

  private static List<Draft> condition(Reading reading, Fields rule, String key, Draft.Head head) {
    Optional<Node> node = rule.node(key);
    Optional<String> text = rule.text(key);
    if (node.isEmpty() || text.isEmpty()) {
      return List.of();
    }
    Optional<Expression> expression =
        reading
            .environment()
            .expressions()
            .condition(text.get(), node.get().span(), reading.diagnostics());
    return expression.stream()
        .map(condition -> Draft.of(new RuleBody.Condition(key.equals("require"), condition)))
        .toList();
  }

  /** A policy in another language: the names of its files. */
  private List<Draft> foreign(String key, Fields rule) {
    PolicyLanguage language = reading.environment().language(key).orElseThrow();
    List<Source> sources = new ArrayList<>();
    for (String name : rule.texts(key)) {
      Optional<Source> source = reading.files().apply(name);
      if (source.isEmpty()) {
        reading.error(
            "E0210",
            rule.node(key).orElseThrow().span(),
            "there is no file `" + Reading.shorten(name) + "`",
            "its name counts from the folder of the pack");
      }
      source.ifPresent(sources::add);
    }
    if (sources.isEmpty()) {
      return List.of();
    }
    return compile(reading, language, sources).stream()
        .map(policy -> Draft.of(new RuleBody.Foreign(key, policy)))
        .toList();
  }

  static Optional<CompiledPolicy> compile(
      Reading reading, PolicyLanguage language, List<Source> sources) {
    return language.compile(sources, new Host(reading), reading.diagnostics());
  }

  /** What a policy may use while it is compiled. */
  private record Host(Reading reading) implements LanguageHost {
    @Override
    public ObjectValue data() {
      return reading.data();
    }

    @Override
    public boolean containsPii(Value value) {
      return reading.environment().containsPii(value);
    }
  }
}
