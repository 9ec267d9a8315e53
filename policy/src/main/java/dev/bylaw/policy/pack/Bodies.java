package dev.bylaw.policy.pack;

import static java.util.Map.entry;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.expression.Expression;
import dev.bylaw.policy.language.PolicyLanguage;
import dev.bylaw.policy.rule.RuleBody;
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
    if (reader != null) {
      return reader.read(reading, rule, key, head);
    }
    PolicyLanguage language = reading.environment().language(key).orElseThrow();
    return new ForeignReader(reading, language).rule(rule, head);
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
}
