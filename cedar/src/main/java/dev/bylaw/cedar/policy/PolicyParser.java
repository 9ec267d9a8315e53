package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.policy.Template.Condition;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.cedar.text.TokenReader;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of policies.
 *
 * <p>After a mistake it goes on behind the next semicolon, so that every policy's mistakes are
 * reported.
 */
public final class PolicyParser {
  private final TokenReader tokens;
  private final ExprParser exprs;

  private PolicyParser(Source source, Diagnostics diagnostics) {
    this.tokens = new TokenReader(source, diagnostics);
    this.exprs = new ExprParser(tokens);
  }

  /**
   * The policies and templates of a text, called {@code policy0}, {@code policy1}, … in their
   * order. Those with mistakes are left out, but counted.
   */
  public static List<Template> parse(Source source, Diagnostics diagnostics) {
    return new PolicyParser(source, diagnostics).policies();
  }

  /** The one expression that a text is; null if it has mistakes. */
  public static @Nullable Expr parseExpression(Source source, Diagnostics diagnostics) {
    var parser = new PolicyParser(source, diagnostics);
    try {
      Expr expr = parser.exprs.expression();
      parser.exprs.refuseTooHigh(expr);
      if (!parser.tokens.atEnd()) {
        throw parser.tokens.unexpected("the end of the expression");
      }
      return diagnostics.hasErrors() ? null : expr;
    } catch (TokenReader.Unexpected reported) {
      return null;
    }
  }

  /**
   * The entity that a text such as {@code User::"alice"} is; null if it is none, as is reported.
   */
  public static @Nullable EntityUid parseEntity(Source source, Diagnostics diagnostics) {
    Expr expr = parseExpression(source, diagnostics);
    if (expr instanceof Expr.Literal(var value, _) && value instanceof EntityUid uid) {
      return uid;
    }
    if (expr != null) {
      diagnostics.error("C0130", source.span(), "expected an entity such as `User::\"alice\"`");
    }
    return null;
  }

  /**
   * The same, in its one normal form: without blanks, comments, and escapes that are not needed, as
   * Cedar's own tool wants it (RFC 9).
   */
  public static @Nullable EntityUid parseNormalEntity(Source source, Diagnostics diagnostics) {
    EntityUid uid = parseEntity(source, diagnostics);
    if (uid == null || uid.toString().equals(source.text()) || isNormal(uid, source.text())) {
      return uid;
    }
    diagnostics.error(
        "C0131",
        source.span(),
        "`Entity UID` needs to be normalized (e.g., whitespace removed): " + source.text(),
        "write `" + uid + "`");
    return null;
  }

  /** Whether it is the text of the entity, letters of any script as they are. */
  private static boolean isNormal(EntityUid uid, String text) {
    String start = uid.type() + "::\"";
    boolean plain = uid.id().chars().allMatch(c -> c >= ' ' && c != 0x7f && "\"'\\".indexOf(c) < 0);
    return plain && text.equals(start + uid.id() + '"');
  }

  private List<Template> policies() {
    var all = new ArrayList<Template>();
    for (int place = 0; !tokens.atEnd(); place++) {
      try {
        all.add(policy("policy" + place));
      } catch (TokenReader.Unexpected reported) {
        while (!tokens.atEnd() && !tokens.accept(";")) {
          tokens.next();
        }
      }
    }
    return all;
  }

  private Template policy(String id) {
    int start = tokens.peek().start();
    var annotations = annotations();
    Effect effect = effect();
    tokens.expect("(");
    Scope principal = scope("principal");
    tokens.expect(",");
    ActionScope action = actionScope();
    tokens.expect(",");
    Scope resource = scope("resource");
    tokens.accept(",");
    tokens.expect(")");
    var conditions = new ArrayList<Condition>();
    while (!tokens.peek().is(";")) {
      conditions.add(condition());
    }
    tokens.expect(";");
    return new Template(
        id, annotations, effect, principal, action, resource, conditions, tokens.placeFrom(start));
  }

  private SequencedMap<String, String> annotations() {
    var annotations = new LinkedHashMap<String, String>();
    while (tokens.accept("@")) {
      Token key = tokens.expectWord("the name of an annotation");
      String value = "";
      if (tokens.accept("(")) {
        value = tokens.expectString("a string in double quotes");
        tokens.expect(")");
      }
      if (annotations.putIfAbsent(key.text(), value) != null) {
        tokens.error("C0110", key, "annotation `@" + key.text() + "` is written twice", "");
      }
    }
    return annotations;
  }

  private Effect effect() {
    if (tokens.acceptWord("permit")) {
      return Effect.PERMIT;
    }
    if (tokens.acceptWord("forbid")) {
      return Effect.FORBID;
    }
    throw tokens.unexpectedWord("`permit` or `forbid`", List.of("permit", "forbid"));
  }

  private void scopeWord(String word) {
    if (!tokens.acceptWord(word)) {
      throw tokens.unexpectedWord("`" + word + "`", List.of(word));
    }
    if (tokens.peek().is(":")) {
      throw tokens.unexpected("`==`, `in`, `is` or `,`", "a type is tested with `is`");
    }
  }

  private Scope scope(String word) {
    scopeWord(word);
    if (tokens.accept("==")) {
      return new Scope.Equal(reference(word));
    }
    if (tokens.acceptWord("in")) {
      return new Scope.In(reference(word));
    }
    if (tokens.acceptWord("is")) {
      int start = tokens.peek().start();
      String type = tokens.expectPath("an entity type").intern();
      Place place = tokens.placeFrom(start);
      return tokens.acceptWord("in")
          ? new Scope.IsIn(type, place, reference(word))
          : new Scope.Is(type, place);
    }
    endOfScope("`==`, `in` or `is`");
    return new Scope.Any();
  }

  private void endOfScope(String operators) {
    if (tokens.peek().is("=")) {
      throw tokens.unexpected(operators, "equality is written `==`");
    }
    if (!tokens.peek().is(",") && !tokens.peek().is(")")) {
      throw tokens.unexpected(operators + " or `,`", "other conditions belong into `when { }`");
    }
  }

  private Scope.Reference reference(String word) {
    if (tokens.accept("(")) {
      var inner = reference(word);
      tokens.expect(")");
      return inner;
    }
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.SLOT) {
      tokens.next();
      if (!token.text().equals("?" + word)) {
        tokens.error("C0111", token, "expected the slot `?" + word + "`", "");
      }
      return new Scope.Reference.Gap(tokens.place(token));
    }
    EntityUid uid = entity();
    return new Scope.Reference.To(uid, tokens.placeFrom(token.start()));
  }

  private EntityUid entity() {
    String type = tokens.expectPath("an entity such as `User::\"alice\"`");
    if (!tokens.peek().is("::")) {
      throw tokens.unexpected("`::` and the id of the entity in double quotes");
    }
    tokens.next();
    String id = tokens.expectString("the id of the entity in double quotes");
    return ExprParser.entity(type, id);
  }

  private ActionScope actionScope() {
    scopeWord("action");
    int start = tokens.peek(1).start();
    if (tokens.accept("==")) {
      EntityUid uid = action();
      return new ActionScope.Equal(uid, tokens.placeFrom(start));
    }
    if (tokens.acceptWord("in")) {
      if (!tokens.accept("[")) {
        EntityUid uid = action();
        return new ActionScope.In(uid, tokens.placeFrom(start));
      }
      var actions = new ArrayList<EntityUid>();
      var places = new ArrayList<Place>();
      while (!tokens.accept("]")) {
        int first = tokens.peek().start();
        actions.add(action());
        places.add(tokens.placeFrom(first));
        if (!tokens.accept(",") && !tokens.peek().is("]")) {
          throw tokens.unexpected("`,` or `]`");
        }
      }
      return new ActionScope.InList(actions, places);
    }
    if (tokens.peek().isWord("is")) {
      throw tokens.unexpected("`==` or `in`", "`is` cannot stand in the scope of actions");
    }
    endOfScope("`==` or `in`");
    return new ActionScope.Any();
  }

  private EntityUid action() {
    if (tokens.accept("(")) {
      var inner = action();
      tokens.expect(")");
      return inner;
    }
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.SLOT) {
      throw tokens.unexpected("an action", "templates have no slot for actions");
    }
    EntityUid uid = entity();
    if (!uid.isAction()) {
      tokens.error(
          "C0112",
          token.start(),
          "expected an action, found an entity of type `" + uid.type() + "`",
          "the type of an action ends in `Action`");
    }
    return uid;
  }

  private Condition condition() {
    Token word = tokens.peek();
    boolean unless = word.isWord("unless");
    if (!unless && !word.isWord("when")) {
      throw tokens.unexpectedWord("`when`, `unless` or `;`", List.of("when", "unless"));
    }
    tokens.next();
    tokens.expect("{");
    if (tokens.peek().is("}")) {
      throw tokens.unexpected("a condition");
    }
    Expr body = exprs.expression();
    exprs.refuseTooHigh(body);
    exprs.refuseSlots(body);
    tokens.expect("}");
    return new Condition(unless, body, tokens.placeFrom(word.start()));
  }
}
