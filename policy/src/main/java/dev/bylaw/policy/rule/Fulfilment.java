package dev.bylaw.policy.rule;

import dev.bylaw.content.Redacted;
import dev.bylaw.content.Redaction;
import dev.bylaw.content.Redactor;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.policy.request.PolicyInput;
import dev.bylaw.policy.rule.Obligation.Kind;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Fulfils the obligations of matching rules: redact, replace, format, signature, disclaimer, each
 * in order of rule. What it cannot do it leaves: the rule's own check then finds it undone.
 */
public final class Fulfilment {
  private final RuleEnvironment environment;
  private Value carried;
  private PolicyInput input;
  private final boolean ofResult;
  private final List<Obligation> done = new ArrayList<>();

  private Fulfilment(Evaluation evaluation) {
    this.environment = evaluation.environment();
    this.input = evaluation.input();
    this.carried = evaluation.carried();
    this.ofResult = evaluation.isOfResult();
  }

  /**
   * What obligations have made of a request.
   *
   * @param carried its parameters, or the result that is decided on
   * @param done what was done; empty if nothing was
   */
  public record Fulfilled(Value carried, List<Obligation> done) {
    public Fulfilled {
      done = List.copyOf(done);
    }
  }

  /** The kind of obligation that a rule can have. */
  public static Optional<Kind> kind(RuleBody body) {
    return switch (body) {
      case RuleBody.Contents contents when !contents.redact().isEmpty() -> Optional.of(Kind.REDACT);
      case RuleBody.Terms terms when !terms.replacements().isEmpty() -> Optional.of(Kind.REPLACE);
      case RuleBody.Format format when !(format.before() + format.after()).isEmpty() ->
          Optional.of(Kind.FORMAT);
      case RuleBody.Appended appended ->
          Optional.of(appended.disclaimer() ? Kind.DISCLAIMER : Kind.SIGNATURE);
      case RuleBody.Contents _,
          RuleBody.Terms _,
          RuleBody.Format _,
          RuleBody.Condition _,
          RuleBody.Bound _,
          RuleBody.Cap _,
          RuleBody.Listed _,
          RuleBody.Attachments _,
          RuleBody.Judged _,
          RuleBody.Retention _,
          RuleBody.Export _,
          RuleBody.Escalation _,
          RuleBody.Foreign _ ->
          Optional.empty();
    };
  }

  /** Fulfils the obligations of rules that match. */
  public static Fulfilled of(List<Rule> rules, Evaluation evaluation) {
    Fulfilment fulfilment = new Fulfilment(evaluation);
    List<Rule> inOrder = new ArrayList<>(rules);
    inOrder.sort(
        Comparator.comparing((Rule rule) -> kind(rule.body()).orElseThrow())
            .thenComparing(Rule::id));
    for (Rule rule : inOrder) {
      fulfilment.fulfil(rule, evaluation);
    }
    return new Fulfilled(fulfilment.carried, fulfilment.done);
  }

  private void fulfil(Rule rule, Evaluation evaluation) {
    switch (rule.body()) {
      case RuleBody.Contents contents -> redact(rule, contents, evaluation);
      case RuleBody.Terms terms -> replace(rule, terms);
      case RuleBody.Format format -> layOut(rule, format);
      case RuleBody.Appended appended -> append(rule, appended);
      case RuleBody.Condition _,
          RuleBody.Bound _,
          RuleBody.Cap _,
          RuleBody.Listed _,
          RuleBody.Attachments _,
          RuleBody.Judged _,
          RuleBody.Retention _,
          RuleBody.Export _,
          RuleBody.Escalation _,
          RuleBody.Foreign _ ->
          throw new IllegalStateException("a rule without obligation: " + rule);
    }
  }

  private void redact(Rule rule, RuleBody.Contents contents, Evaluation evaluation) {
    try {
      if (ContentCheck.destination(rule, contents, evaluation) != null) {
        return;
      }
    } catch (Unreadable _) {
      return; // the check fails for the same reason
    }
    Redactor redactor =
        Redactor.of(
            environment.inspector(),
            contents.keepLastFour() ? new Redaction.KeepLastFour() : new Redaction.Label());
    List<String> changed = new ArrayList<>();
    if (!contents.fields().isEmpty()) {
      for (FieldPath field : contents.fields()) {
        Value value = field.in(input);
        if (value != null && field.root() == FieldPath.Root.PARAMS && !ofResult) {
          Redacted<Value> redacted = redactor.redact(value, contents.redact());
          if (!redacted.found().isEmpty()) {
            change(field.set(input.params(), redacted.result()));
            changed.add(field.toString());
          }
        }
      }
    } else {
      redactAll(contents, redactor, changed);
    }
    if (!changed.isEmpty()) {
      done.add(
          new Obligation(
              Kind.REDACT,
              rule.id(),
              changed,
              (contents.secrets() ? "secrets were" : "personal data were") + " made unreadable"));
    }
  }

  private void redactAll(RuleBody.Contents contents, Redactor redactor, List<String> changed) {
    if (ofResult) {
      Redacted<Value> redacted = redactor.redact(carried, contents.redact());
      if (!redacted.found().isEmpty()) {
        carried = redacted.result();
        changed.add("result");
      }
      return;
    }
    ObjectValue looked = input.params();
    for (String field : Destinations.RECIPIENT_FIELDS) {
      looked = looked.without(field);
    }
    Redacted<Value> redacted = redactor.redact(looked, contents.redact());
    if (redacted.found().isEmpty() || !(redacted.result() instanceof ObjectValue clean)) {
      return;
    }
    ObjectValue.Builder all = ObjectValue.builder(input.params().size());
    clean.forEach(all::put);
    for (String field : Destinations.RECIPIENT_FIELDS) {
      Value kept = input.params().get(field);
      if (kept != null) {
        all.put(field, kept);
      }
    }
    redacted.found().all().stream()
        .map(finding -> "params" + finding.path().replace('/', '.'))
        .distinct()
        .forEach(changed::add);
    change(all.build());
  }

  private void replace(Rule rule, RuleBody.Terms terms) {
    List<String> changed = new ArrayList<>();
    for (Messages.Text text : texts(terms.fields(), Messages.TEXTS)) {
      put(text, TermList.replace(text.text(), terms.replacements()), changed);
    }
    if (!changed.isEmpty()) {
      done.add(new Obligation(Kind.REPLACE, rule.id(), changed, "preferred terms were put in"));
    }
  }

  private void layOut(Rule rule, RuleBody.Format format) {
    List<String> changed = new ArrayList<>();
    for (Messages.Text text : texts(format.fields(), Messages.BODIES)) {
      String laidOut = text.text();
      laidOut = laidOut.startsWith(format.before()) ? laidOut : format.before() + laidOut;
      laidOut = laidOut.contains(format.after()) ? laidOut : laidOut + format.after();
      put(text, laidOut, changed);
    }
    if (!changed.isEmpty()) {
      done.add(new Obligation(Kind.FORMAT, rule.id(), changed, "the text was laid out"));
    }
  }

  private void append(Rule rule, RuleBody.Appended appended) {
    List<Messages.Text> texts = texts(appended.fields(), Messages.BODIES);
    String ending = appended.text().strip();
    if (texts.isEmpty() || texts.stream().anyMatch(text -> text.text().contains(ending))) {
      return;
    }
    List<String> changed = new ArrayList<>();
    Messages.Text text = texts.getFirst();
    put(text, text.text().stripTrailing() + "\n\n" + ending, changed);
    done.add(
        new Obligation(
            appended.disclaimer() ? Kind.DISCLAIMER : Kind.SIGNATURE,
            rule.id(),
            changed,
            "the " + appended.type() + " was put under the text"));
  }

  private List<Messages.Text> texts(List<FieldPath> fields, List<FieldPath> usual) {
    if (ofResult) {
      return List.of();
    }
    List<Messages.Text> texts = new ArrayList<>(Messages.at(input, fields, usual));
    texts.removeIf(text -> text.field().root() != FieldPath.Root.PARAMS);
    return texts;
  }

  private void put(Messages.Text text, String now, List<String> changed) {
    if (!now.equals(text.text())) {
      change(text.field().set(input.params(), StringValue.of(now)));
      changed.add(text.field().toString());
    }
  }

  private void change(ObjectValue params) {
    carried = params;
    input = input.withParams(params);
  }
}
