package dev.bylaw.policy.pack;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.expression.Expression;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.policy.rule.RuleExample;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ObjectValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rules of one pack, or an agent's own. */
final class RuleReader {
  static final List<String> CHECKS = List.of("action", "result", "both");

  private final Reading reading;
  private final Defaults defaults;
  private final Map<String, Span> ids = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  /**
   * What a pack says for all of its rules.
   *
   * @param own whether these are an agent's own rules, which may replace others
   */
  record Defaults(
      String pack,
      String version,
      Enforcement enforcement,
      Severity severity,
      boolean overridable,
      boolean own) {}

  RuleReader(Reading reading, Defaults defaults) {
    this.reading = reading;
    this.defaults = defaults;
  }

  /** The rules read so far. */
  List<Rule> rules() {
    return rules;
  }

  /** Reads one rule. */
  void read(Node node) {
    Fields fields = Fields.of(node, "a rule", reading.diagnostics());
    if (!(node instanceof Node.Mapping)) {
      return;
    }
    String id = id(fields);
    String message = fields.text("message").orElse("");
    fields.text("description");
    Enforcement enforcement =
        reading
            .word(fields, "enforcement", Enforcement::named, Enforcement.WORDS)
            .orElse(defaults.enforcement());
    Severity severity =
        reading
            .word(fields, "severity", Severity::named, Severity.WORDS)
            .orElse(defaults.severity());
    boolean overridable = fields.truth("overridable", defaults.overridable());
    Optional<String> setting = fields.text("setting");
    String replaces = defaults.own() ? fields.text("replaces").orElse("") : "";
    Rule.Phase phase =
        reading
            .word(fields, "check", text -> Reading.constant(Rule.Phase.class, text), CHECKS)
            .orElse(Rule.Phase.ACTION);
    Draft.Head head = head(fields);
    Optional<Expression> when = condition(fields, "when");
    List<Draft> drafts = body(fields, head);
    List<RuleExample> examples = examples(fields);
    fields.refuseUnknown();
    String digest = Digests.of(node.value(), defaults);
    for (Draft draft : drafts) {
      Pattern pattern = draft.pattern() == null ? head.pattern() : draft.pattern();
      warnOfCheckpointAlone(pattern, fields);
      rules.add(
          new Rule(
              new RuleId(defaults.pack(), defaults.version(), id + draft.suffix()),
              enforcement,
              severity,
              message,
              overridable,
              setting.orElse(draft.setting()),
              replaces,
              phase,
              pattern,
              when,
              draft.body(),
              examples,
              Digests.of(digest, draft.body()),
              fields.has("id") ? fields.keySpan("id").to(node.span()) : node.span()));
    }
  }

  private String id(Fields fields) {
    String id = fields.requiredText("id");
    Optional<Node> node = fields.node("id");
    if (id.isBlank() || node.isEmpty()) {
      return id;
    }
    Span span = node.get().span();
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      reading.error(
          Reading.BAD_NAME,
          span,
          "`" + Reading.shorten(id) + "` is not an id",
          "use letters, digits, `.`, `-` and `_`");
    }
    Span first = ids.putIfAbsent(id, span);
    if (first != null) {
      reading
          .diagnostics()
          .add(
              Diagnostic.error("E0204", span, "the rule `" + id + "` is in this pack already")
                  .withNote("first here", first));
    }
    return id;
  }

  private Draft.Head head(Fields fields) {
    List<String> on = fields.texts("on");
    Set<String> actions = new HashSet<>();
    List<String> prefixes = new ArrayList<>();
    boolean every = false;
    for (String name : on) {
      if (name.equals("*")) {
        every = true;
      } else if (name.matches("[\\w.:/-]+\\*")) {
        prefixes.add(name.substring(0, name.length() - 1));
      } else if (name.matches("[\\w.:/-]+")) {
        actions.add(name);
      } else {
        reading.error(
            Reading.BAD_NAME,
            fields.node("on").orElseThrow().span(),
            "`" + Reading.shorten(name) + "` is not the name of an action or capability",
            "write it as `send_email`, `crm_*` or `*`");
      }
    }
    if (fields.has("on") && on.isEmpty()) {
      reading.error(
          Reading.CONTRADICTION,
          fields.keySpan("on"),
          "`on` names no action, so the rule would be about none",
          "leave `on` out for every action");
    }
    String resource = fields.text("resource").orElse("");
    if (!resource.isEmpty() && fields.has("on")) {
      reading.error(
          Reading.CONTRADICTION,
          fields.keySpan("resource"),
          "a rule is about actions (`on`) or a type of resource (`resource`), not both",
          "say the second in `when`, as in `when: resource.type == \"transaction\"`");
    }
    Pattern pattern =
        new Pattern(actions, prefixes, every, new HashSet<>(fields.texts("checkpoint")), resource);
    return new Draft.Head(pattern, Set.copyOf(on), resource);
  }

  /** A hostile playbook names no checkpoint. */
  private void warnOfCheckpointAlone(Pattern pattern, Fields fields) {
    boolean alone =
        !pattern.checkpoints().isEmpty()
            && pattern.actions().isEmpty()
            && pattern.prefixes().isEmpty()
            && !pattern.every();
    if (alone) {
      reading
          .diagnostics()
          .warning(
              "W0201",
              fields.keySpan("checkpoint"),
              "a step that names another checkpoint, or none, escapes this rule",
              "name the actions too, with `on`");
    }
  }

  private Optional<Expression> condition(Fields fields, String key) {
    Optional<Node> node = fields.node(key);
    Optional<String> text = fields.text(key);
    if (node.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    return reading
        .environment()
        .expressions()
        .condition(text.get(), node.get().span(), reading.diagnostics());
  }

  private List<Draft> body(Fields fields, Draft.Head head) {
    Bodies bodies = new Bodies(reading);
    List<String> found = new ArrayList<>();
    for (Node.Entry entry : fields.mapping().entries()) {
      if (bodies.names().contains(entry.key())) {
        found.add(entry.key());
      }
    }
    if (found.isEmpty()) {
      noBody(fields, bodies);
      return List.of();
    }
    for (String other : found.subList(1, found.size())) {
      reading.error(
          "E0202",
          fields.keySpan(other),
          "a rule makes one statement, found `" + found.getFirst() + "` and `" + other + "`",
          "make it a rule of its own");
      fields.node(other);
    }
    return bodies.read(found.getFirst(), fields, head);
  }

  private void noBody(Fields fields, Bodies bodies) {
    for (Node.Entry entry : fields.mapping().entries()) {
      if (Bodies.OTHER_LANGUAGES.contains(entry.key())) {
        fields.node(entry.key());
        reading.error(
            "E0209",
            entry.keySpan(),
            "no engine for `" + entry.key() + "` is installed here",
            "the rule cannot be evaluated, so its pack is not loaded");
        return;
      }
    }
    // A misspelt body is told as the unknown key that it is.
    boolean misspelt =
        fields.mapping().entries().stream()
            .anyMatch(entry ->
                DidYouMean.closest(entry.key(), bodies.names()).isPresent()
                    && !RuleShape.HEAD.contains(entry.key()));
    bodies.names().forEach(fields::has);
    if (!misspelt) {
      reading.error(
          "E0201",
          fields.has("id") ? fields.keySpan("id") : fields.span(),
          "the rule demands nothing",
          "add `require` or `forbid` with a condition, or a typed rule such as `cap` or `allow`");
    }
  }

  private List<RuleExample> examples(Fields fields) {
    List<RuleExample> examples = new ArrayList<>();
    Optional<Fields> given = fields.fields("examples", "examples");
    if (given.isEmpty()) {
      return examples;
    }
    for (String kind : List.of("allowed", "violated")) {
      for (Node node : given.get().list(kind)) {
        Fields example = Fields.of(node, "an example", reading.diagnostics());
        example.requiredText("action");
        RuleShape.EXAMPLE.forEach(example::has);
        example.refuseUnknown();
        if (node.value() instanceof ObjectValue request) {
          examples.add(new RuleExample(kind.equals("violated"), request, node.span()));
        }
      }
    }
    given.get().refuseUnknown();
    return examples;
  }
}
