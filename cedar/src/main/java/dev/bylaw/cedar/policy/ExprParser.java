package dev.bylaw.cedar.policy;

import dev.bylaw.cedar.extension.ExtensionFunction;
import dev.bylaw.cedar.policy.Expr.BinaryOperator;
import dev.bylaw.cedar.policy.Expr.UnaryOperator;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.cedar.text.TokenReader;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.EntityUid;
import dev.bylaw.cedar.value.Value;
import dev.bylaw.syntax.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads expressions, by descent through the levels of precedence. */
final class ExprParser {
  /** How deep expressions nest at most; chains of one operator count once per link. */
  static final int DEEPEST = 200;

  private static final int HIGHEST = 500;
  private static final int MOST_SIGNS = 4;
  private static final Map<String, BinaryOperator> RELATIONS =
      Map.of(
          "==", BinaryOperator.EQUAL,
          "!=", BinaryOperator.NOT_EQUAL,
          "<", BinaryOperator.LESS,
          "<=", BinaryOperator.LESS_OR_EQUAL,
          ">", BinaryOperator.GREATER,
          ">=", BinaryOperator.GREATER_OR_EQUAL);
  private static final Map<String, BinaryOperator> METHODS =
      Map.of(
          "contains", BinaryOperator.CONTAINS,
          "containsAll", BinaryOperator.CONTAINS_ALL,
          "containsAny", BinaryOperator.CONTAINS_ANY,
          "getTag", BinaryOperator.GET_TAG,
          "hasTag", BinaryOperator.HAS_TAG);
  private static final Map<String, Expr.Variable> VARIABLES =
      Map.of(
          "principal", Expr.Variable.PRINCIPAL,
          "action", Expr.Variable.ACTION,
          "resource", Expr.Variable.RESOURCE,
          "context", Expr.Variable.CONTEXT);

  private final TokenReader tokens;
  private int depth;

  ExprParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  static EntityUid entity(String type, String id) {
    // A reserved name has been reported; the tree is thrown away.
    return EntityUid.of(CedarText.isName(type) ? type : "Reserved", id);
  }

  Expr expression() {
    if (++depth > DEEPEST) {
      throw tooDeep();
    }
    try {
      return tokens.peek().isWord("if") && !tokens.peek(1).is("::") ? conditional() : or();
    } finally {
      depth--;
    }
  }

  private TokenReader.Unexpected tooDeep() {
    tokens.error("C0120", tokens.peek(), "nested more than " + DEEPEST + " levels deep", "");
    return tokens.unexpected("a simpler expression");
  }

  private Expr conditional() {
    int start = tokens.next().start();
    Expr test = expression();
    expectWord("then");
    Expr yes = expression();
    expectWord("else");
    Expr no = expression();
    return new Expr.If(test, yes, no, tokens.placeFrom(start));
  }

  private void expectWord(String word) {
    if (!tokens.acceptWord(word)) {
      throw tokens.unexpected("`" + word + "`");
    }
  }

  private Expr or() {
    Expr first = and();
    if (!tokens.peek().is("||")) {
      return first;
    }
    var operands = new ArrayList<Expr>(List.of(first));
    while (tokens.accept("||")) {
      operands.add(and());
    }
    return new Expr.Or(operands, tokens.placeFrom(first.place().start()));
  }

  private Expr and() {
    Expr first = relation();
    if (!tokens.peek().is("&&")) {
      return first;
    }
    var operands = new ArrayList<Expr>(List.of(first));
    while (tokens.accept("&&")) {
      operands.add(relation());
    }
    return new Expr.And(operands, tokens.placeFrom(first.place().start()));
  }

  private Expr relation() {
    int start = tokens.peek().start();
    Expr left = sum();
    Token token = tokens.peek();
    BinaryOperator operator =
        token.isWord("in")
            ? BinaryOperator.IN
            : token.kind() == Token.Kind.SYMBOL ? RELATIONS.get(token.text()) : null;
    if (operator != null) {
      tokens.next();
      Expr right = sum();
      left = new Expr.Binary(operator, left, right, tokens.placeFrom(start));
    } else if (tokens.acceptWord("has")) {
      left = new Expr.Has(left, hasPath(), tokens.placeFrom(start));
    } else if (tokens.acceptWord("like")) {
      if (tokens.peek().kind() != Token.Kind.STRING) {
        throw tokens.unexpected("a pattern in double quotes");
      }
      var pattern = tokens.pattern(tokens.next());
      left = new Expr.Like(left, pattern, tokens.placeFrom(start));
    } else if (tokens.acceptWord("is")) {
      String type = tokens.expectPath("an entity type").intern();
      Expr container = tokens.acceptWord("in") ? sum() : null;
      left = new Expr.Is(left, type, container, tokens.placeFrom(start));
    }
    if (tokens.peek().is("=")) {
      throw tokens.unexpected("an operator", "equality is written `==`");
    }
    if (isRelation(tokens.peek())) {
      throw tokens.unexpected("`&&`, `||` or the end", "comparisons in a row need parentheses");
    }
    return left;
  }

  private static boolean isRelation(Token token) {
    return (token.kind() == Token.Kind.SYMBOL && RELATIONS.containsKey(token.text()))
        || token.isWord("in")
        || token.isWord("has")
        || token.isWord("like")
        || token.isWord("is");
  }

  private List<String> hasPath() {
    if (tokens.peek().kind() == Token.Kind.STRING) {
      return List.of(tokens.string(tokens.next()));
    }
    var path = new ArrayList<String>();
    do {
      path.add(tokens.expectName("the name of an attribute").text());
    } while (tokens.accept("."));
    return path;
  }

  private Expr sum() {
    int start = tokens.peek().start();
    Expr left = product();
    int links = 0;
    while (tokens.peek().is("+") || tokens.peek().is("-")) {
      link(++links);
      var operator = tokens.next().is("+") ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
      Expr right = product();
      left = new Expr.Binary(operator, left, right, tokens.placeFrom(start));
    }
    return left;
  }

  private Expr product() {
    int start = tokens.peek().start();
    Expr left = signed();
    int links = 0;
    while (true) {
      if (tokens.peek().is("/") || tokens.peek().is("%")) {
        throw tokens.unexpected("an operator", "Cedar has no division and no remainder");
      }
      if (!tokens.accept("*")) {
        return left;
      }
      link(++links);
      Expr right = signed();
      left = new Expr.Binary(BinaryOperator.MULTIPLY, left, right, tokens.placeFrom(start));
    }
  }

  private void link(int links) {
    if (depth + links > DEEPEST) {
      throw tooDeep();
    }
  }

  private Expr signed() {
    Token sign = tokens.peek();
    if (!sign.is("!") && !sign.is("-")) {
      return member();
    }
    int count = 0;
    while (tokens.accept(sign.text())) {
      count++;
    }
    if (count > MOST_SIGNS) {
      tokens.error(
          "C0121", sign.start(), "more than " + MOST_SIGNS + " `" + sign.text() + "` in a row", "");
    }
    boolean negative = sign.is("-");
    Expr operand = negative && isPlainNumber() ? null : member();
    if (operand == null) {
      Token number = tokens.next();
      operand = number(number, true);
      count--;
    }
    var operator = negative ? UnaryOperator.NEGATE : UnaryOperator.NOT;
    for (int i = 0; i < count; i++) {
      operand = new Expr.Unary(operator, operand, tokens.placeFrom(sign.start()));
    }
    return operand;
  }

  private boolean isPlainNumber() {
    return tokens.peek().kind() == Token.Kind.NUMBER
        && !tokens.peek(1).is(".")
        && !tokens.peek(1).is("[")
        && !tokens.peek(1).is("(");
  }

  private Expr number(Token token, boolean negative) {
    long value = 0;
    try {
      value = Long.parseLong(negative ? "-" + token.text() : token.text());
    } catch (NumberFormatException tooLarge) {
      tokens.error("C0122", token, "integer out of range", "at most 9223372036854775807");
    }
    return new Expr.Literal(new Value.Int(value), tokens.place(token));
  }

  private Expr member() {
    int start = tokens.peek().start();
    Expr target = primary();
    int links = 0;
    while (true) {
      if (tokens.accept(".")) {
        link(++links);
        Token name = tokens.expectName("the name of an attribute or method");
        target =
            tokens.peek().is("(")
                ? method(start, target, name)
                : new Expr.Attribute(target, name.text().intern(), tokens.placeFrom(start));
      } else if (tokens.accept("[")) {
        link(++links);
        String name = tokens.expectString("the name of an attribute in double quotes").intern();
        tokens.expect("]");
        target = new Expr.Attribute(target, name, tokens.placeFrom(start));
      } else if (tokens.peek().is("(")) {
        throw tokens.unexpected("an operator", "only functions and methods can be called");
      } else {
        return target;
      }
    }
  }

  private Expr method(int start, Expr target, Token name) {
    tokens.expect("(");
    List<Expr> arguments = list(")");
    Place place = tokens.placeFrom(start);
    BinaryOperator builtin = METHODS.get(name.text());
    if (builtin != null) {
      if (arity(name, 1, arguments)) {
        return new Expr.Binary(builtin, target, arguments.getFirst(), place);
      }
      return target;
    }
    if (name.text().equals("isEmpty")) {
      arity(name, 0, arguments);
      return new Expr.Unary(UnaryOperator.IS_EMPTY, target, place);
    }
    var function = ExtensionFunction.named(name.text()).orElse(null);
    if (function == null) {
      var known = new ArrayList<>(METHODS.keySet());
      known.add("isEmpty");
      known.addAll(ExtensionFunction.names(ExtensionFunction.Style.METHOD));
      String hint = DidYouMean.hint(name.text(), known);
      tokens.error("C0123", name, "unknown method `" + name.text() + "`", hint);
      return target;
    }
    if (function.style() == ExtensionFunction.Style.CONSTRUCTOR) {
      String hint = "write `" + name.text() + "(…)`";
      tokens.error("C0124", name, "`" + name.text() + "` is a function, not a method", hint);
    }
    var all = new ArrayList<Expr>();
    all.add(target);
    all.addAll(arguments);
    return new Expr.Call(function, all, place);
  }

  private boolean arity(Token name, int wanted, List<Expr> arguments) {
    if (arguments.size() == wanted) {
      return true;
    }
    tokens.error(
        "C0125",
        name,
        "`"
            + name.text()
            + "` takes "
            + wanted
            + " argument"
            + (wanted == 1 ? "" : "s")
            + ", found "
            + arguments.size(),
        "");
    return false;
  }

  private List<Expr> list(String close) {
    var elements = new ArrayList<Expr>();
    while (!tokens.accept(close)) {
      elements.add(expression());
      if (!tokens.accept(",") && !tokens.peek().is(close)) {
        throw tokens.unexpected("`,` or `" + close + "`");
      }
    }
    return elements;
  }

  private Expr primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> number(tokens.next(), false);
      case STRING -> {
        tokens.next();
        yield new Expr.Literal(new Value.Text(tokens.string(token)), tokens.place(token));
      }
      case SLOT -> slot(tokens.next());
      case WORD -> word(token);
      case SYMBOL, BAD, END -> symbol(token);
    };
  }

  private Expr symbol(Token token) {
    if (tokens.accept("(")) {
      Expr inner = expression();
      tokens.expect(")");
      return inner;
    }
    if (tokens.accept("[")) {
      return new Expr.SetOf(list("]"), tokens.placeFrom(token.start()));
    }
    if (tokens.accept("{")) {
      return record(token.start());
    }
    throw tokens.unexpected("an expression");
  }

  private Expr slot(Token token) {
    for (var slot : Expr.SlotId.values()) {
      if (slot.word().equals(token.text())) {
        return new Expr.Slot(slot, tokens.place(token));
      }
    }
    String hint = DidYouMean.hint(token.text(), List.of("?principal", "?resource"));
    tokens.error("C0126", token, "unknown slot `" + token.text() + "`", hint);
    return new Expr.Slot(Expr.SlotId.PRINCIPAL, tokens.place(token));
  }

  private Expr word(Token token) {
    boolean path = tokens.peek(1).is("::");
    if (!path && (token.text().equals("true") || token.text().equals("false"))) {
      tokens.next();
      return new Expr.Literal(Value.Bool.of(token.isWord("true")), tokens.place(token));
    }
    Expr.Variable variable = path ? null : VARIABLES.get(token.text());
    if (variable != null) {
      tokens.next();
      return new Expr.Var(variable, tokens.place(token));
    }
    if (token.text().equals("if")) {
      throw tokens.unexpected("an operand", "`if` needs parentheses here");
    }
    String name = tokens.expectPath("an expression");
    if (tokens.peek().is("::")) {
      tokens.next();
      if (tokens.peek().kind() != Token.Kind.STRING) {
        throw tokens.unexpected("the id of an entity in double quotes");
      }
      String id = tokens.expectString("the id of an entity in double quotes");
      return new Expr.Literal(entity(name, id), tokens.placeFrom(token.start()));
    }
    if (tokens.peek().is("(")) {
      return function(token, name);
    }
    tokens.error(
        "C0127", token.start(), "unknown variable `" + name + "`", didYouMeanVariable(name));
    return new Expr.Var(Expr.Variable.CONTEXT, tokens.placeFrom(token.start()));
  }

  private static String didYouMeanVariable(String name) {
    return DidYouMean.closest(name, VARIABLES.keySet())
        .map(close -> "did you mean `" + close + "`?")
        .orElse("did you mean the string `\"" + name + "\"`?");
  }

  private Expr function(Token token, String name) {
    tokens.expect("(");
    List<Expr> arguments = list(")");
    Place place = tokens.placeFrom(token.start());
    @Nullable ExtensionFunction function = ExtensionFunction.named(name).orElse(null);
    boolean isMethod = METHODS.containsKey(name) || name.equals("isEmpty");
    if (isMethod || (function != null && function.style() == ExtensionFunction.Style.METHOD)) {
      String hint = "write `e." + name + "(…)`";
      tokens.error("C0124", token, "`" + name + "` is a method, not a function", hint);
    } else if (function == null) {
      var known = ExtensionFunction.names(ExtensionFunction.Style.CONSTRUCTOR);
      String hint = DidYouMean.hint(name, known);
      tokens.error("C0123", token, "unknown function `" + name + "`", hint);
    }
    return new Expr.Call(function == null ? ExtensionFunction.DECIMAL : function, arguments, place);
  }

  private Expr record(int start) {
    var attributes = new LinkedHashMap<String, Expr>();
    while (!tokens.accept("}")) {
      Token key = tokens.peek();
      String name =
          key.kind() == Token.Kind.STRING
              ? tokens.string(tokens.next())
              : tokens.expectName("the name of an attribute").text();
      tokens.expect(":");
      if (attributes.put(name.intern(), expression()) != null) {
        tokens.error("C0128", key, "attribute `" + name + "` is written twice", "");
      }
      if (!tokens.accept(",") && !tokens.peek().is("}")) {
        throw tokens.unexpected("`,` or `}`");
      }
    }
    return new Expr.RecordOf(attributes, tokens.placeFrom(start));
  }

  /**
   * Refuses a tree that is higher than any program can walk by recursion: chains inside of chains
   * make one without nesting deeply.
   */
  void refuseTooHigh(Expr whole) {
    var level = List.of(whole);
    for (int height = 0; !level.isEmpty(); height++) {
      if (height > HIGHEST) {
        tokens.error(
            "C0120", level.getFirst().place().start(), "more than " + HIGHEST + " levels high", "");
        throw tokens.unexpected("a simpler expression");
      }
      var next = new ArrayList<Expr>();
      level.forEach(expr -> next.addAll(expr.children()));
      level = next;
    }
  }

  /** Reports the slots of a condition: only scopes can have them. */
  void refuseSlots(Expr expr) {
    if (expr instanceof Expr.Slot(var slot, var place)) {
      tokens.error(
          "C0129",
          place.start(),
          "slot `" + slot.word() + "` cannot stand in a condition",
          "slots belong into the scope");
    }
    expr.children().forEach(this::refuseSlots);
  }
}
