package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Value;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;

/** Warns of strings that look like others: text that runs backwards, and mixed scripts. */
final class ConfusableText {
  private ConfusableText() {}

  static void check(Template template, TypeChecker.Report report) {
    template.conditions().forEach(condition -> check(condition.body(), report));
  }

  private static void check(Expr expr, TypeChecker.Report report) {
    switch (expr) {
      case Expr.Literal(var value, var place) -> {
        if (value instanceof Value.Text(var text)) {
          check(text, place, report);
        } else if (value instanceof EntityUid uid) {
          check(uid.id(), place, report);
        }
      }
      case Expr.Like(_, var pattern, var place) ->
          pattern.parts().forEach(part -> check(part, place, report));
      case Expr.Attribute(_, var name, var place) -> check(name, place, report);
      case Expr.Has(_, var path, var place) -> path.forEach(name -> check(name, place, report));
      case Expr.RecordOf(var attributes, var place) ->
          attributes.keySet().forEach(name -> check(name, place, report));
      default -> {}
    }
    expr.children().forEach(child -> check(child, report));
  }

  private static void check(String text, Place place, TypeChecker.Report report) {
    if (text.codePoints().anyMatch(ConfusableText::turns)) {
      String message = "the string " + CedarText.quote(text) + " changes the direction of text";
      report.error("C0333", place, message, "");
    } else if (isMixed(text)) {
      report.error("C0334", place, "the string " + CedarText.quote(text) + " mixes scripts", "");
    }
  }

  private static boolean turns(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean isMixed(String text) {
    var scripts = EnumSet.noneOf(UnicodeScript.class);
    text.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
    scripts.remove(UnicodeScript.COMMON);
    scripts.remove(UnicodeScript.INHERITED);
    scripts.remove(UnicodeScript.UNKNOWN);
    if (scripts.contains(UnicodeScript.HIRAGANA) || scripts.contains(UnicodeScript.KATAKANA)) {
      // Japanese is written in all three.
      scripts.removeAll(EnumSet.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA));
      scripts.add(UnicodeScript.HAN);
    }
    return scripts.size() > 1;
  }
}
