package dev.bylaw.cedar.validate;

import dev.bylaw.cedar.policy.Expr;
import dev.bylaw.cedar.policy.ScopeExpr;
import dev.bylaw.cedar.policy.Template;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Value;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/** Warns of strings that look like others: text that runs backwards, and mixed scripts. */
final class ConfusableText {
  private static final Set<UnicodeScript> SCRIPTS_IN_USE =
      EnumSet.of(
          UnicodeScript.COMMON,
          UnicodeScript.INHERITED,
          UnicodeScript.ARABIC,
          UnicodeScript.ARMENIAN,
          UnicodeScript.BENGALI,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.CYRILLIC,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.ETHIOPIC,
          UnicodeScript.GEORGIAN,
          UnicodeScript.GREEK,
          UnicodeScript.GUJARATI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.HAN,
          UnicodeScript.HANGUL,
          UnicodeScript.HEBREW,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KANNADA,
          UnicodeScript.KATAKANA,
          UnicodeScript.KHMER,
          UnicodeScript.LAO,
          UnicodeScript.LATIN,
          UnicodeScript.MALAYALAM,
          UnicodeScript.MYANMAR,
          UnicodeScript.ORIYA,
          UnicodeScript.SINHALA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.THAANA,
          UnicodeScript.THAI,
          UnicodeScript.TIBETAN);

  private ConfusableText() {}

  static void check(Template template, TypeChecker.Report report) {
    check(ScopeExpr.of(Expr.Variable.PRINCIPAL, template.principal()), report);
    check(ScopeExpr.of(template.action()), report);
    check(ScopeExpr.of(Expr.Variable.RESOURCE, template.resource()), report);
    template.conditions().forEach(condition -> check(condition.body(), report));
  }

  private static void check(Expr expr, TypeChecker.Report report) {
    switch (expr) {
      case Expr.Literal(var value, var place) -> {
        if (value instanceof Value.Text(var text)) {
          check("string", text, place, report);
        } else if (value instanceof EntityUid uid) {
          name(uid.id(), place, report);
        }
      }
      case Expr.Like(_, var pattern, var place) ->
          pattern.parts().forEach(part -> check("string", part, place, report));
      case Expr.Attribute(_, var name, var place) -> name(name, place, report);
      case Expr.Has(_, var path, var place) -> path.forEach(each -> name(each, place, report));
      case Expr.RecordOf(var attributes, var place) ->
          attributes.keySet().forEach(each -> name(each, place, report));
      default -> {}
    }
    expr.children().forEach(child -> check(child, report));
  }

  private static boolean check(String what, String text, Place place, TypeChecker.Report report) {
    String subject = "the " + what + " " + CedarText.quote(text);
    if (text.codePoints().anyMatch(ConfusableText::turns)) {
      report.error("C0333", place, subject + " changes the direction of text", "");
      return true;
    }
    if (isMixed(text)) {
      report.error("C0334", place, subject + " mixes scripts", "");
      return true;
    }
    return false;
  }

  /** In a name, a character that is none of the letters and signs of names is odd, too. */
  private static void name(String text, Place place, TypeChecker.Report report) {
    OptionalInt odd = text.codePoints().filter(c -> !isUsual(c)).findFirst();
    if (!check("name", text, place, report) && odd.isPresent()) {
      String character = "U+%04X".formatted(odd.getAsInt());
      String message = "the name " + CedarText.quote(text) + " has the character " + character;
      report.error("C0335", place, message + ", which is easily taken for another", "");
    }
  }

  /**
   * Printable ASCII, and the letters, digits and marks of scripts in use that are no variants of
   * others: about what UTS 39 allows in identifiers.
   */
  private static boolean isUsual(int c) {
    if (c < 0x80) {
      return c >= ' ' && c < 0x7F;
    }
    String text = Character.toString(c);
    return Character.isUnicodeIdentifierPart(c)
        && !Character.isIdentifierIgnorable(c)
        && SCRIPTS_IN_USE.contains(UnicodeScript.of(c))
        && Normalizer.isNormalized(text, Normalizer.Form.NFKC);
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
