package dev.bylaw.policy.rule;

import dev.bylaw.expression.Expression;
import dev.bylaw.expression.Result;
import dev.bylaw.expression.Term;
import dev.bylaw.policy.data.Unreadable;
import dev.bylaw.policy.language.CompiledPolicy;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.Value;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Asks one rule about one request. Never throws for what the request holds. */
public final class RuleCheck {
  private static final int MOST_TERMS = 6;

  private RuleCheck() {}

  /** Whether a rule is about the request: its pattern and phase match and its guard holds. */
  public static @Nullable Outcome guard(Rule rule, Evaluation evaluation) {
    if (!rule.phase().holds(evaluation.isOfResult())
        || !rule.pattern().matches(evaluation.input())) {
      return Outcome.NOT_APPLICABLE;
    }
    if (rule.when().isEmpty()) {
      return null;
    }
    Result holds = rule.when().get().evaluate(evaluation);
    if (holds.isTrue()) {
      return null;
    }
    return holds.isFalse() ? Outcome.NOT_APPLICABLE : failed("when", holds);
  }

  /** What a rule comes to. */
  public static Outcome check(Rule rule, Evaluation evaluation) {
    Outcome guard = guard(rule, evaluation);
    return guard != null ? guard : demand(rule, evaluation);
  }

  /** What the demand of a rule comes to, its guard apart. */
  public static Outcome demand(Rule rule, Evaluation evaluation) {
    try {
      return switch (rule.body()) {
        case RuleBody.Condition condition -> condition(condition, evaluation);
        case RuleBody.Bound bound -> bound(bound, evaluation);
        case RuleBody.Cap(var spec) -> CapCheck.check(rule, spec, evaluation);
        case RuleBody.Listed listed -> ListCheck.check(rule, listed, evaluation);
        case RuleBody.Attachments attachments -> AttachmentCheck.check(attachments, evaluation);
        case RuleBody.Contents contents -> ContentCheck.contents(rule, contents, evaluation);
        case RuleBody.Appended appended -> ContentCheck.appended(rule, appended, evaluation);
        case RuleBody.Terms terms -> ContentCheck.terms(terms, evaluation);
        case RuleBody.Format format -> ContentCheck.format(rule, format, evaluation);
        case RuleBody.Judged judged -> ContentCheck.judged(judged, evaluation);
        case RuleBody.Retention retention -> GovernanceCheck.retention(rule, retention, evaluation);
        case RuleBody.Export export -> GovernanceCheck.export(export, evaluation);
        case RuleBody.Escalation escalation -> escalation(escalation, evaluation);
        case RuleBody.Foreign foreign -> foreign(foreign, evaluation);
      };
    } catch (Unreadable e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      // A defect of a rule must not open the door; it is told, not hidden.
      return new Outcome.Failed("the rule broke: " + e);
    }
  }

  private static Outcome condition(RuleBody.Condition condition, Evaluation evaluation) {
    Expression expression = condition.expression();
    Result result = expression.evaluate(evaluation);
    if (result.isTrue() == condition.require() && (result.isTrue() || result.isFalse())) {
      return Outcome.SATISFIED;
    }
    if (!result.isTrue() && !result.isFalse()) {
      return failed(condition.type(), result);
    }
    String message =
        condition.require()
            ? "`" + expression.text() + "` must hold"
            : "`" + expression.text() + "` must not hold";
    return new Outcome.Violated(message, terms(expression, evaluation));
  }

  private static Outcome.Failed failed(String key, Result result) {
    return switch (result) {
      case Result.Failed(_, var message, _) ->
          new Outcome.Failed("`" + key + "` could not be evaluated: " + message);
      case Result.Produced(var value) ->
          new Outcome.Failed(
              "`" + key + "` came to a " + value.kind().word() + ", not to true or false");
    };
  }

  private static String terms(Expression expression, Evaluation evaluation) {
    StringJoiner out = new StringJoiner("; ");
    int told = 0;
    for (Term term : expression.explain(evaluation)) {
      if (term.decisive() && told++ < MOST_TERMS) {
        out.add(shorten(term.toString()));
      }
    }
    return out.toString();
  }

  static String shorten(String text) {
    return text.length() <= 200 ? text : text.substring(0, 197) + "…";
  }

  private static Outcome bound(RuleBody.Bound bound, Evaluation evaluation) {
    Value value = bound.field().in(evaluation.input());
    if (!(value instanceof NumberValue number)) {
      return new Outcome.Failed(
          value == null
              ? "`" + bound.field() + "` is missing"
              : "`" + bound.field() + "` is a " + value.kind().word() + ", not a number");
    }
    int order = number.decimal().compareTo(bound.limit());
    boolean holds =
        switch (bound.relation()) {
          case MAX -> order <= 0;
          case MIN -> order >= 0;
          case BELOW -> order < 0;
          case ABOVE -> order > 0;
        };
    if (holds) {
      return Outcome.SATISFIED;
    }
    String limit = bound.limit().toPlainString();
    String relation =
        switch (bound.relation()) {
          case MAX -> "at most ";
          case MIN -> "at least ";
          case BELOW -> "less than ";
          case ABOVE -> "more than ";
        };
    String name = String.join(".", bound.field().keys());
    return new Outcome.Violated(
        "`" + name + "` must be " + relation + limit, name + " is " + shorten(number.toString()));
  }

  private static Outcome escalation(RuleBody.Escalation escalation, Evaluation evaluation) {
    if (!escalation.required()) {
      return Outcome.SATISFIED;
    }
    return evaluation.input().humanApproval()
        ? Outcome.SATISFIED
        : new Outcome.Violated("`" + evaluation.input().tool().text() + "` needs an approval", "");
  }

  private static Outcome foreign(RuleBody.Foreign foreign, Evaluation evaluation) {
    CompiledPolicy.Answer answer =
        foreign
            .policy()
            .evaluate(evaluation.input(), evaluation, evaluation.environment().budget());
    return switch (answer) {
      case CompiledPolicy.Answer.NotApplicable _ -> Outcome.NOT_APPLICABLE;
      case CompiledPolicy.Answer.Evaluated(var breaches) ->
          breaches.isEmpty() ? Outcome.SATISFIED : new Outcome.Breached(breaches);
    };
  }
}
