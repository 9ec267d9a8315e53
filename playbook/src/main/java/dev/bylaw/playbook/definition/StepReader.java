package dev.bylaw.playbook.definition;

import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.template.Template;
import dev.bylaw.playbook.template.TemplateReader;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the steps of one playbook. */
final class StepReader {
  private static final String NO_STEPS = "E0301";
  private static final String SAME_ID = "E0302";
  private static final String BAD_ID = "E0303";
  private static final String NO_ACTION = "E0304";
  static final String NOT_YET = "E0308";
  private static final String BAD_ON_ERROR = "E0313";
  private static final String NO_FALLBACK = "E0314";
  private static final String TOO_MANY = "E0317";
  private static final String SECRET_HERE = "E0326";
  private static final String UNKNOWN_CHECKPOINT = "W0302";

  static final int MOST_STEPS = 1_000;
  static final int MOST_NESTED = 8;

  /** Keys of a step that a later version runs, with what they will do. */
  static final Map<String, String> LATER = later();

  private final Vocabulary vocabulary;
  private final Names names;
  private final Diagnostics diagnostics;
  private final TemplateReader templates;
  private final ConditionReader conditions;
  private final List<Playbooks.Call> calls = new ArrayList<>();
  private int count;
  private int depth;

  StepReader(
      Vocabulary vocabulary, Names names, Set<String> conditionNames, Diagnostics diagnostics) {
    this.vocabulary = vocabulary;
    this.names = names;
    this.diagnostics = diagnostics;
    this.templates = new TemplateReader(names, diagnostics);
    this.conditions = new ConditionReader(names, conditionNames, diagnostics);
  }

  private static Map<String, String> later() {
    Map<String, String> later = new LinkedHashMap<>();
    later.put("for_each", "repeating a step for each element of a list");
    later.put("parallel", "running steps side by side");
    later.put("playbook", "calling another playbook");
    later.put("compensate", "undoing a step when a later one fails");
    return later;
  }

  TemplateReader templates() {
    return templates;
  }

  List<Playbooks.Call> calls() {
    return List.copyOf(calls);
  }

  Set<String> namesInConditions() {
    return conditions.used();
  }

  List<Step> readAll(Optional<Node> node) {
    if (node.isEmpty()) {
      return List.of();
    }
    announce(node.get(), 0);
    return steps(node.get(), "steps");
  }

  /** Makes all ids known, so that a reference to a later step is told from one to none. */
  private void announce(Node node, int depth) {
    if (!(node instanceof Node.Sequence sequence) || depth > MOST_NESTED) {
      return;
    }
    for (Node element : sequence.elements()) {
      if (!(element instanceof Node.Mapping step)) {
        continue;
      }
      if (step.get("id").orElse(null) instanceof Node.Scalar id) {
        names
            .announce(id.text(), id.span())
            .ifPresent(first ->
                diagnostics.add(
                    Diagnostic.error(
                            SAME_ID, id.span(), "there is another step `" + id.text() + "`")
                        .withNote("it stands here", first)));
      }
      if (step.get("on_error").orElse(null) instanceof Node.Mapping onError) {
        onError.get("fallback").ifPresent(steps -> announce(steps, depth + 1));
      }
    }
  }

  private List<Step> steps(Node node, String key) {
    if (!(node instanceof Node.Sequence sequence)) {
      diagnostics.error(
          NO_STEPS,
          node.span(),
          "expected a list of steps for `" + key + "`, found " + node.kind(),
          "begin each step with `- id: …`");
      return List.of();
    }
    if (sequence.elements().isEmpty()) {
      diagnostics.error(NO_STEPS, node.span(), "`" + key + "` has no step");
    }
    List<Step> steps = new ArrayList<>();
    for (Node element : sequence.elements()) {
      if (++count > MOST_STEPS) {
        diagnostics.error(
            TOO_MANY, element.span(), "more than " + MOST_STEPS + " steps in one playbook");
        break;
      }
      step(element).ifPresent(steps::add);
    }
    return steps;
  }

  /** One step; empty where its action is not known. */
  private Optional<Step> step(Node node) {
    Fields fields = Fields.of(node, "a step", diagnostics);
    if (!(node instanceof Node.Mapping)) {
      return Optional.empty();
    }
    String id = id(fields);
    boolean later = later(fields);
    Optional<ActionSpec> action = later ? Optional.empty() : action(fields);
    names.enterStep(ConditionReader.stepsAskedAbout(fields.mapping().get("if")));
    Optional<Condition> condition =
        fields.node("if").flatMap(text -> conditions.read(text, "if", false));
    Template.Members params = params(fields, action);
    Set<String> secrets = names.secretsHere();
    String checkpoint = checkpoint(fields, action);
    Optional<ApprovalDemand> approval = DemandReader.approval(fields, vocabulary);
    Retry retry =
        fields.has("retry")
            ? DemandReader.retry(fields.fields("retry", "retry").orElseThrow(), conditions)
            : Retry.NEVER;
    Duration timeout =
        DemandReader.duration(fields, "timeout", Duration.ofMillis(1)).orElse(Step.DEFAULT_TIMEOUT);
    Set<String> outputs = action.map(Names::outputsOf).orElse(Set.of());
    Optional<Template.Members> output = output(fields, outputs);
    if (output.isPresent()) {
      outputs = new LinkedHashSet<>();
      for (Template.Members.Member member : output.get().members()) {
        outputs.add(member.name().text());
      }
    }
    OnError onError = onError(fields, id, outputs);
    checkFallback(fields, approval, onError);
    fields.refuseUnknown();
    names.passed(
        id, outputs, condition.isEmpty() && !fields.has("if") && onError instanceof OnError.Fail);
    return action.map(spec ->
        new Step(
            id,
            spec,
            checkpoint.isEmpty() ? spec.name() : checkpoint,
            params,
            condition,
            approval,
            retry,
            timeout,
            onError,
            output,
            secrets,
            fields.node("id").map(Node::span).orElse(fields.span())));
  }

  private String id(Fields fields) {
    String id = fields.requiredText("id");
    if (!id.isEmpty() && !ConditionReader.ID.matcher(id).matches()) {
      diagnostics.error(
          BAD_ID,
          fields.node("id").map(Node::span).orElse(fields.span()),
          "expected an id of letters, digits, `_` and `-`, found `" + id + "`");
    }
    return id;
  }

  /** Says that a key is none yet. */
  static String notYet(String key) {
    return "`" + key + "` (" + LATER.get(key) + ") is not there yet in this version";
  }

  private boolean later(Fields fields) {
    boolean found = false;
    for (Map.Entry<String, String> key : LATER.entrySet()) {
      Optional<Node> node = fields.mapping().get(key.getKey());
      if (node.isEmpty()) {
        continue;
      }
      found = true;
      var _ = fields.node(key.getKey());
      Span span = fields.keySpan(key.getKey());
      Optional<String> callee =
          key.getKey().equals("playbook") ? fields.text("playbook") : Optional.empty();
      if (callee.isPresent()) {
        // Told when all playbooks are read: one that calls itself is told as that.
        calls.add(new Playbooks.Call(callee.get(), node.get().span(), span));
      } else {
        diagnostics.error(NOT_YET, span, notYet(key.getKey()));
      }
    }
    if (found) {
      var _ = fields.node("action");
    }
    return found;
  }

  private Optional<ActionSpec> action(Fields fields) {
    String name = fields.requiredText("action");
    ActionSpec action = vocabulary.actions().get(name);
    if (action == null && !name.isEmpty()) {
      diagnostics.error(
          NO_ACTION,
          fields.node("action").map(Node::span).orElse(fields.span()),
          "there is no action `" + name + "`",
          DidYouMean.closest(name, vocabulary.actions().keySet())
              .map(near -> "did you mean `" + near + "`?")
              .orElse(
                  "there are: " + String.join(", ", new TreeSet<>(vocabulary.actions().keySet()))));
    }
    return Optional.ofNullable(action);
  }

  private Template.Members params(Fields fields, Optional<ActionSpec> action) {
    Optional<Fields> params = fields.fields("params", "the params");
    Node.Mapping mapping =
        params
            .map(Fields::mapping)
            .orElse(new Node.Mapping(List.of(), fields.keySpan("action"), false));
    if (action.isEmpty()) {
      return params
          .map(inner -> templates.members(inner.mapping(), _ -> ActionSpec.Kind.ANY))
          .orElse(Template.Members.NONE);
    }
    Template.Members members =
        templates.members(
            mapping,
            key -> action.get().input(key).map(ActionSpec.Field::kind).orElse(ActionSpec.Kind.ANY));
    new ParamsCheck(action.get(), diagnostics).check(mapping, members, fields.keySpan("action"));
    return members;
  }

  private String checkpoint(Fields fields, Optional<ActionSpec> action) {
    Optional<String> checkpoint = fields.text("policy_check");
    if (checkpoint.isPresent()
        && vocabulary.checkpoints().isPresent()
        && !vocabulary.checkpoints().get().contains(checkpoint.get())) {
      String hint = DidYouMean.hint(checkpoint.get(), vocabulary.checkpoints().get());
      diagnostics.warning(
          UNKNOWN_CHECKPOINT,
          fields.node("policy_check").map(Node::span).orElse(fields.span()),
          "no rule names the checkpoint `" + checkpoint.get() + "`",
          hint.isEmpty()
              ? "the rules for the action" + name(action) + " apply all the same"
              : hint);
    }
    return checkpoint.orElse("");
  }

  private static String name(Optional<ActionSpec> action) {
    return action.map(spec -> " `" + spec.name() + "`").orElse("");
  }

  private Optional<Template.Members> output(Fields fields, Set<String> outputs) {
    Optional<Fields> output = fields.fields("output", "the output");
    if (output.isEmpty()) {
      return Optional.empty();
    }
    names.enterStep(Set.of());
    names.ownOutput(Optional.of(outputs));
    Template.Members members = templates.members(output.get().mapping(), _ -> ActionSpec.Kind.ANY);
    names.ownOutput(Optional.empty());
    refuseSecrets(names.secretsHere(), output.get().span(), diagnostics);
    return Optional.of(members);
  }

  private OnError onError(Fields fields, String id, Set<String> outputs) {
    Optional<Node> node = fields.node("on_error");
    if (node.isEmpty()) {
      return new OnError.Fail();
    }
    if (node.get() instanceof Node.Mapping) {
      Fields onError = Fields.of(node.get(), "on_error", diagnostics);
      Optional<Node> instead = onError.requiredNode("fallback");
      onError.refuseUnknown();
      names.passed(id, outputs, false);
      Map<String, Names.Earlier> mark = names.mark();
      List<Step> steps = instead.map(this::fallback).orElse(List.of());
      names.reset(mark);
      return new OnError.Fallback(steps);
    }
    if (node.get() instanceof Node.Sequence) {
      diagnostics.error(
          BAD_ON_ERROR,
          node.get().span(),
          "expected `fail`, `continue` or a mapping with `fallback`, found a list",
          "write `on_error: { fallback: […] }`");
      return new OnError.Fail();
    }
    String text = fields.text("on_error").orElse("");
    return switch (text) {
      case "fail" -> new OnError.Fail();
      case "continue" -> new OnError.Continue();
      default -> {
        fields.notOneOf(node.get(), "on_error", text, List.of("fail", "continue", "fallback"));
        yield new OnError.Fail();
      }
    };
  }

  private List<Step> fallback(Node list) {
    if (depth == MOST_NESTED) {
      diagnostics.error(
          TOO_MANY, list.span(), "fallback steps in fallback steps, more than " + depth + " deep");
      return List.of();
    }
    depth++;
    List<Step> steps = steps(list, "fallback");
    depth--;
    return steps;
  }

  private void checkFallback(Fields fields, Optional<ApprovalDemand> approval, OnError onError) {
    if (approval.isPresent()
        && approval.get().onTimeout() == ApprovalDemand.OnTimeout.FALLBACK
        && !(onError instanceof OnError.Fallback)) {
      diagnostics.error(
          NO_FALLBACK,
          fields.keySpan("requires_approval"),
          "`on_timeout: fallback` needs steps to fall back to",
          "add `on_error: { fallback: […] }`");
    }
  }

  static void refuseSecrets(Set<String> secrets, Span span, Diagnostics diagnostics) {
    if (!secrets.isEmpty()) {
      diagnostics.error(
          SECRET_HERE,
          span,
          "a secret cannot be an output",
          "secrets go only into the params of an action");
    }
  }
}
