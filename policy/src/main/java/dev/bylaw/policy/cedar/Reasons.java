package dev.bylaw.policy.cedar;

import dev.bylaw.cedar.authorize.EvaluationException;
import dev.bylaw.cedar.authorize.Interpreter;
import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Policy;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Says which conditions of a policy are not as it needs them. */
final class Reasons {
  private static final int MOST = 3;

  private final Interpreter interpreter;

  Reasons(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /** What keeps a policy from applying, for people; empty if it applies. */
  List<String> against(Policy policy) {
    List<String> reasons = new ArrayList<>();
    if (!interpreter.scopeHolds(policy)) {
      reasons.add("its scope is about another principal or resource");
    }
    for (Template.Condition condition : policy.template().conditions()) {
      if (condition.unless()) {
        unless(condition.body(), reasons);
      } else {
        operands(condition.body()).forEach(each -> needs(each, true, reasons));
      }
    }
    return reasons;
  }

  /** An {@code unless} keeps a policy from applying where its body holds. */
  private void unless(Expr body, List<String> reasons) {
    needs(body, false, reasons);
  }

  private void needs(Expr expr, boolean wanted, List<String> reasons) {
    try {
      Value value = interpreter.value(expr);
      if (value instanceof Value.Bool(var truth) && truth == wanted) {
        return;
      }
      boolean told = value instanceof Value.Bool;
      reasons.add(
          text(expr.place()) + (told ? (wanted ? " is false" : " is true") : " is no boolean"));
    } catch (EvaluationException e) {
      reasons.add(text(expr.place()) + " cannot be evaluated: " + e.getMessage());
    }
  }

  private static List<Expr> operands(Expr body) {
    return body instanceof Expr.And(var operands, _) ? operands : List.of(body);
  }

  private static String text(Place place) {
    return place
        .span()
        .map(span -> "`" + oneLine(span.text()) + "` at " + span)
        .orElse("a condition");
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 199) + "…";
  }

  /** Some reasons as one text. */
  static String told(List<String> reasons) {
    String text = String.join("; ", reasons.subList(0, Math.min(MOST, reasons.size())));
    return reasons.size() > MOST ? text + "; and " + (reasons.size() - MOST) + " more" : text;
  }
}
