package dev.bylaw.policy.rule;

import dev.bylaw.content.EntityType;
import dev.bylaw.content.Finding;
import dev.bylaw.content.Findings;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules about what texts and values contain. */
final class ContentCheck {
  private ContentCheck() {}

  /** Personal data and secrets; what is to be redacted must be gone by now. */
  static Outcome contents(Rule rule, RuleBody.Contents contents, Evaluation evaluation)
      throws Unreadable {
    Outcome elsewhere = destination(rule, contents, evaluation);
    if (elsewhere != null) {
      return elsewhere;
    }
    Outcome forbidden = absent(contents, contents.forbid(), contents.everything(), evaluation);
    if (!forbidden.equals(Outcome.SATISFIED) || contents.redact().isEmpty()) {
      return forbidden;
    }
    return absent(contents, contents.redact(), true, evaluation);
  }

  /** Not applicable where the destination does not matter, failed where it cannot be told. */
  static @org.jspecify.annotations.Nullable Outcome destination(
      Rule rule, RuleBody.Contents contents, Evaluation evaluation) throws Unreadable {
    if (contents.destination().isEmpty()) {
      return null;
    }
    RuleBody.Destination wanted = contents.destination().get();
    Destinations found = Destinations.of(evaluation.input());
    if (found.isEmpty()) {
      return rule.pattern().isOpen()
          ? Outcome.NOT_APPLICABLE
          : new Outcome.Failed("the request names no destination");
    }
    boolean matters = found.any(wanted.inside(), wanted.list(), evaluation.named());
    return matters ? null : Outcome.NOT_APPLICABLE;
  }

  private static Outcome absent(
      RuleBody.Contents contents,
      Set<EntityType> types,
      boolean everything,
      Evaluation evaluation) {
    if (types.isEmpty()) {
      return Outcome.SATISFIED;
    }
    Set<String> found = new TreeSet<>();
    for (Value value : values(contents, evaluation)) {
      Findings findings = evaluation.findings(value, types);
      for (Finding finding : findings.all()) {
        found.add(
            finding.type().name() + (finding.path().isEmpty() ? "" : " at " + finding.path()));
      }
      Optional<String> gap = RuleEnvironment.gap(findings, everything);
      if (found.isEmpty() && gap.isPresent()) {
        return new Outcome.Failed(gap.get());
      }
    }
    if (found.isEmpty()) {
      return Outcome.SATISFIED;
    }
    String what = contents.secrets() ? "secrets" : "personal data";
    return new Outcome.Violated(
        "the action carries " + what, RuleCheck.shorten(String.join(", ", found)));
  }

  /** What is looked at: the fields, the result, or all parameters but the addresses sent to. */
  private static List<Value> values(RuleBody.Contents contents, Evaluation evaluation) {
    if (contents.fields().isEmpty()) {
      return List.of(
          evaluation.isOfResult() ? evaluation.carried() : evaluation.withoutRecipients());
    }
    return contents.fields().stream()
        .map(field -> field.in(evaluation.input()))
        .filter(value -> value != null)
        .toList();
  }

  /** A signature or disclaimer: by now it stands there. */
  static Outcome appended(Rule rule, RuleBody.Appended appended, Evaluation evaluation) {
    List<Messages.Text> texts = Messages.at(evaluation.input(), appended.fields(), Messages.BODIES);
    if (texts.isEmpty()) {
      return rule.pattern().isOpen()
          ? Outcome.NOT_APPLICABLE
          : new Outcome.Failed("the request has no text to put the " + appended.type() + " under");
    }
    for (Messages.Text text : texts) {
      if (text.text().contains(appended.text().strip())) {
        return Outcome.SATISFIED;
      }
    }
    return new Outcome.Violated("the " + appended.type() + " is missing", "");
  }

  /** Forbidden words are not there, and words to replace are there no more. */
  static Outcome terms(RuleBody.Terms terms, Evaluation evaluation) {
    List<String> everywhere =
        terms.fields().isEmpty()
            ? Messages.all(evaluation.carried())
            : Messages.at(evaluation.input(), terms.fields(), List.of()).stream()
                .map(Messages.Text::text)
                .toList();
    for (String text : everywhere) {
      Optional<String> found = terms.forbid().firstIn(text);
      if (found.isPresent()) {
        return new Outcome.Violated("`" + found.get() + "` must not be said", "");
      }
    }
    if (!evaluation.isOfResult()) {
      for (Messages.Text text : Messages.at(evaluation.input(), terms.fields(), Messages.TEXTS)) {
        Optional<String> left = terms.prefer().firstIn(text.text());
        if (left.isPresent()) {
          return new Outcome.Violated(
              "`" + left.get() + "` could not be replaced", "in " + text.field());
        }
      }
    }
    return Outcome.SATISFIED;
  }

  static Outcome format(Rule rule, RuleBody.Format format, Evaluation evaluation) {
    if (!format.templates().isEmpty()) {
      Value template = FieldPath.param("template").in(evaluation.input());
      boolean approved =
          template instanceof StringValue name && format.templates().contains(name.text());
      if (!approved && !(rule.pattern().isOpen() && template == null)) {
        return new Outcome.Violated(
            "the template must be one of " + String.join(", ", new TreeSet<>(format.templates())),
            template == null || template instanceof NullValue
                ? "no template"
                : RuleCheck.shorten(template.toString()));
      }
    }
    List<Messages.Text> texts = Messages.at(evaluation.input(), format.fields(), Messages.BODIES);
    boolean needsText =
        format.maxLength() >= 0 || !format.before().isEmpty() || !format.after().isEmpty();
    if (texts.isEmpty() && needsText && !rule.pattern().isOpen()) {
      return new Outcome.Failed("the request has no text to lay out");
    }
    for (Messages.Text text : texts) {
      int length = text.text().codePointCount(0, text.text().length());
      if (format.maxLength() >= 0 && length > format.maxLength()) {
        return new Outcome.Violated(
            "at most " + format.maxLength() + " characters", text.field() + " has " + length);
      }
      if (!text.text().startsWith(format.before()) || !text.text().contains(format.after())) {
        return new Outcome.Violated("the text is not laid out as it must be", "" + text.field());
      }
    }
    return Outcome.SATISFIED;
  }

  /** What only a classifier can tell. */
  static Outcome judged(RuleBody.Judged judged, Evaluation evaluation) {
    List<String> texts =
        judged.fields().isEmpty()
            ? Messages.all(evaluation.carried())
            : Messages.at(evaluation.input(), judged.fields(), List.of()).stream()
                .map(Messages.Text::text)
                .toList();
    for (String text : texts) {
      if (text.isBlank()) {
        continue;
      }
      TextClassifier.Answer answer =
          evaluation.environment().classifier().classify(judged.question(), judged.labels(), text);
      switch (answer) {
        case TextClassifier.Answer.Unavailable(var why) -> {
          return new Outcome.Failed(why);
        }
        case TextClassifier.Answer.Judged(var labels, var why) -> {
          Outcome outcome = judgement(judged, labels, why);
          if (!outcome.equals(Outcome.SATISFIED)) {
            return outcome;
          }
        }
      }
    }
    return Outcome.SATISFIED;
  }

  private static Outcome judgement(RuleBody.Judged judged, Set<String> labels, String why) {
    Set<String> wrong = new LinkedHashSet<>(labels);
    return switch (judged.question()) {
      case TONE, LANGUAGE -> {
        wrong.removeAll(judged.labels());
        yield wrong.isEmpty()
            ? Outcome.SATISFIED
            : new Outcome.Violated(
                "the "
                    + judged.type()
                    + " must be one of "
                    + String.join(", ", judged.labels())
                    + ", not "
                    + String.join(", ", wrong),
                why);
      }
      case TOPICS, PROMPT_INJECTION -> {
        if (!judged.labels().isEmpty()) {
          wrong.retainAll(judged.labels());
        }
        yield wrong.isEmpty()
            ? Outcome.SATISFIED
            : new Outcome.Violated(
                judged.question() == TextClassifier.Question.TOPICS
                    ? "the text is about " + String.join(", ", wrong)
                    : "the text tries to instruct the agent",
                why);
      }
    };
  }
}
