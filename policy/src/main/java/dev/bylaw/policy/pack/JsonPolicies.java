package dev.bylaw.policy.pack;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.policy.Enforcement;
import dev.bylaw.policy.RuleId;
import dev.bylaw.policy.Severity;
import dev.bylaw.policy.rule.Pattern;
import dev.bylaw.policy.rule.Rule;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the JSON policies of the specification: {@code {"policies": [{"id", "rules": [{"resource",
 * "constraints", "enforcement"}]}]}}. Each constraint becomes a rule of the pack that the file is,
 * called {@code policy.constraint}.
 */
final class JsonPolicies {
  private final Reading reading;
  private final String pack;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Span> policies = new HashMap<>();
  private final Set<String> ids = new HashSet<>();

  JsonPolicies(Reading reading, String pack) {
    this.reading = reading;
    this.pack = pack;
  }

  List<Rule> read(Node root) {
    Fields fields = Fields.of(root, "a file of policies", reading.diagnostics());
    for (Node node : fields.list("policies")) {
      policy(node);
    }
    fields.refuseUnknown();
    return rules;
  }

  private void policy(Node node) {
    Fields policy = Fields.of(node, "a policy", reading.diagnostics());
    String id = policy.requiredText("id");
    policy.node("id").ifPresent(found -> once(id, found.span()));
    policy.text("description");
    policy.requiredNode("rules");
    for (Node rule : policy.list("rules")) {
      rule(id, rule);
    }
    policy.refuseUnknown();
  }

  private void once(String id, Span span) {
    Span first = policies.putIfAbsent(id, span);
    if (first != null) {
      reading
          .diagnostics()
          .add(
              Diagnostic.error("E0204", span, "the policy `" + id + "` is in this file already")
                  .withNote("first here", first));
    }
  }

  private void rule(String policy, Node node) {
    Fields rule = Fields.of(node, "a rule", reading.diagnostics());
    String resource = rule.requiredText("resource");
    Enforcement enforcement =
        reading
            .word(rule, "enforcement", Enforcement::named, Enforcement.WORDS)
            .orElse(Enforcement.BLOCK);
    Severity severity =
        reading.word(rule, "severity", Severity::named, Severity.WORDS).orElse(Severity.MEDIUM);
    String message = rule.text("message").orElse("");
    rule.requiredNode("constraints");
    List<Node.Entry> constraints = rule.entries("constraints");
    rule.refuseUnknown();
    Pattern pattern = new Pattern(Set.of(), List.of(), false, Set.of(), resource);
    RuleReader.Defaults defaults =
        new RuleReader.Defaults(pack, "", enforcement, severity, false, false);
    if (constraints.isEmpty() && rule.has("constraints")) {
      reading.error("E0201", rule.keySpan("constraints"), "there is no constraint here");
    }
    for (Node.Entry entry : constraints) {
      ConstraintReader.one(reading, entry, true)
          .ifPresent(draft ->
              rules.add(
                  new Rule(
                      new RuleId(pack, "", unique(policy + draft.suffix())),
                      enforcement,
                      severity,
                      message,
                      false,
                      "",
                      "",
                      Rule.Phase.ACTION,
                      pattern,
                      Optional.empty(),
                      draft.body(),
                      List.of(),
                      Digests.of(
                          dev.bylaw.value.ObjectValue.of(
                              entry.key(),
                              entry.node().value(),
                              "rule",
                              dev.bylaw.value.StringValue.of(Digests.of(node.value(), defaults)))),
                      entry.keySpan().to(entry.node().span()))));
    }
  }

  private String unique(String id) {
    String free = id;
    for (int n = 2; !ids.add(free); n++) {
      free = id + "." + n;
    }
    return free;
  }
}
