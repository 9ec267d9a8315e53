package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.parse.Token.Kind;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.NullValue;
import dev.bylaw.value.NumberValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads terms. */
final class Terms {
  private static final int IN = 0;
  private static final int RELATION = 1;
  private static final int ANY_OF = 2;
  private static final int ALL_OF = 3;
  private static final int SUM = 4;
  private static final int PRODUCT = 5;

  private final TokenStream tokens;

  /** Terms read at a token before, so that going back costs nothing. */
  private final Map<Integer, Known> known = new HashMap<>();

  private @Nullable Bodies bodies;

  private record Known(@Nullable Term term, @Nullable SyntaxFailure failure, int end) {}

  Terms(TokenStream tokens) {
    this.tokens = tokens;
  }

  void connect(Bodies all) {
    bodies = all;
  }

  private Bodies bodies() {
    if (bodies == null) {
      throw new IllegalStateException("not connected");
    }
    return bodies;
  }

  /** A term with infix operators; where {@code key, value in x} may stand. */
  Term any() {
    return infix(IN, true);
  }

  /** A term with infix operators, in a list: a comma ends it. */
  Term inList() {
    return infix(IN, false);
  }

  /** A term with infix operators other than {@code in}. */
  Term belowMembership() {
    return infix(RELATION, false);
  }

  private Term infix(int level, boolean pair) {
    int start = tokens.peek().start();
    tokens.enter();
    Term left = term();
    Term key = null;
    while (true) {
      int found = level(tokens.peek());
      if (found == IN && level == IN) {
        tokens.advance();
        Term right = infix(RELATION, false);
        left = membership(key, left, right, start);
        key = null;
      } else if (found > IN && found >= level) {
        Token operator = tokens.advance();
        Term right = infix(found + 1, false);
        left = call(operator.kind().word, List.of(left, right), start, operator);
      } else if (pair && key == null && tokens.at(Kind.COMMA) && tokens.isKeyword("in")) {
        int mark = tokens.mark();
        Term second = pairValue();
        if (second == null) {
          tokens.reset(mark);
          break;
        }
        key = left;
        left = second;
      } else {
        break;
      }
    }
    tokens.leave();
    return left;
  }

  private @Nullable Term pairValue() {
    int depth = tokens.depth();
    try {
      tokens.advance();
      Term second = infix(RELATION, false);
      return tokens.atKeyword("in") ? second : null;
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
      return null;
    }
  }

  private Term membership(@Nullable Term key, Term value, Term domain, int start) {
    Span span = tokens.spanFrom(start);
    List<Term> arguments = key == null ? List.of(value, domain) : List.of(key, value, domain);
    String name = key == null ? "member_2" : "member_3";
    Term.Ref operator =
        new Term.Ref(new Term.Var("internal", span), List.of(Term.string(name, span)), span);
    return new Term.Call(operator, arguments, span);
  }

  private int level(Token token) {
    return switch (token.kind()) {
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> RELATION;
      case OR -> ANY_OF;
      case AND -> ALL_OF;
      case PLUS, MINUS -> SUM;
      case TIMES, DIVIDE, REMAINDER -> PRODUCT;
      case IDENT -> token.text().equals("in") && tokens.atKeyword("in") ? IN : -1;
      default -> -1;
    };
  }

  Term.Call call(String name, List<Term> arguments, int start, Token operator) {
    Span at = tokens.source.span(operator.start(), operator.end());
    return new Term.Call(
        new Term.Ref(new Term.Var(name, at), List.of(), at), arguments, tokens.spanFrom(start));
  }

  /** A term without infix operators. */
  Term term() {
    int mark = tokens.mark();
    Known before = known.get(mark);
    if (before == null) {
      int depth = tokens.depth();
      try {
        tokens.enter();
        Term term = finish(primary());
        tokens.leave();
        before = new Known(term, null, tokens.mark());
      } catch (SyntaxFailure e) {
        tokens.depth(depth);
        before = new Known(null, e, mark);
      }
      known.put(mark, before);
    }
    if (before.failure != null || before.term == null) {
      throw before.failure == null ? tokens.unexpected("") : before.failure;
    }
    tokens.reset(before.end);
    return before.term;
  }

  private Term primary() {
    Token token = tokens.peek();
    int start = token.start();
    return switch (token.kind()) {
      case IDENT -> word();
      case NUMBER -> {
        tokens.advance();
        yield number(token.text(), start);
      }
      case STRING, RAW_STRING -> {
        tokens.advance();
        yield Term.string(token.text(), tokens.spanFrom(start));
      }
      case TEMPLATE -> template();
      case MINUS -> negative();
      case LBRACK -> array();
      case LBRACE -> braces();
      case LPAREN -> {
        tokens.advance();
        Term inner = any();
        if (!tokens.at(Kind.RPAREN)) {
          throw new SyntaxFailure(
              tokens.source.span(start, start + 1), "non-terminated expression");
        }
        tokens.advance();
        yield inner;
      }
      default -> throw tokens.unexpected("");
    };
  }

  private Term word() {
    Token token = tokens.peek();
    Span span = tokens.here();
    boolean head = tokens.isDotted(1) || tokens.isBracketed(1);
    if (!head) {
      switch (token.text()) {
        case "null" -> {
          tokens.advance();
          return new Term.Scalar(NullValue.NULL, span);
        }
        case "true", "false" -> {
          tokens.advance();
          return new Term.Scalar(BooleanValue.of(token.text().equals("true")), span);
        }
        default -> {
          boolean call = tokens.peek(1).kind() == Kind.LPAREN && !tokens.peek(1).spaced();
          boolean allowed = token.text().equals("contains") && call;
          boolean operator = token.text().equals("and") || token.text().equals("or");
          if (tokens.isKeyword(token.text()) && !allowed && !(operator && call)) {
            throw tokens.unexpected("");
          }
        }
      }
    }
    tokens.advance();
    String name = token.text().equals("_") ? tokens.wildcard() : token.text();
    return new Term.Var(name, span);
  }

  private Term.Scalar number(String text, int start) {
    try {
      return new Term.Scalar(NumberValue.asWritten(text), tokens.spanFrom(start));
    } catch (ArithmeticException e) {
      throw new SyntaxFailure(tokens.spanFrom(start), "number out of range");
    }
  }

  private Term negative() {
    Token minus = tokens.advance();
    if (tokens.at(Kind.NUMBER)) {
      Token number = tokens.advance();
      return number("-" + number.text(), minus.start());
    }
    boolean constant = Set.of("true", "false", "null").contains(tokens.peek().text());
    if (!tokens.at(Kind.IDENT) || constant) {
      throw tokens.unexpected("number");
    }
    Term operand = term();
    Term zero = new Term.Scalar(NumberValue.of(0), operand.span());
    return call("minus", List.of(zero, operand), minus.start(), minus);
  }

  /** Keys and calls directly behind a term. */
  private Term finish(Term head) {
    int start = head.span().start();
    List<Term> path = new ArrayList<>();
    Term root = head;
    while (!tokens.peek().spaced()) {
      if (tokens.at(Kind.DOT)) {
        tokens.advance();
        if (!tokens.at(Kind.IDENT)) {
          throw tokens.unexpected("identifier");
        }
        Token key = tokens.advance();
        path.add(Term.string(key.text(), tokens.source.span(key.start(), key.end())));
      } else if (tokens.at(Kind.LBRACK)) {
        tokens.advance();
        path.add(any());
        tokens.expect(Kind.RBRACK);
      } else if (tokens.at(Kind.LPAREN) && root instanceof Term.Var) {
        Term.Ref operator = new Term.Ref(root, path, tokens.spanFrom(start));
        root = arguments(operator, start);
        path = new ArrayList<>();
      } else {
        break;
      }
    }
    if (!path.isEmpty() && root instanceof Term.Scalar scalar) {
      throw new SyntaxFailure(
          head.span(), "illegal ref (head cannot be " + scalar.value().kind().word() + ")");
    }
    boolean document =
        root instanceof Term.Var v && (v.name().equals("input") || v.name().equals("data"));
    return path.isEmpty() && !document ? root : new Term.Ref(root, path, tokens.spanFrom(start));
  }

  private Term arguments(Term.Ref operator, int start) {
    tokens.advance();
    List<Term> arguments = list(Kind.RPAREN);
    boolean emptySet =
        arguments.isEmpty() && operator.path().isEmpty() && operator.startsWith("set");
    return emptySet
        ? new Term.SetTerm(List.of(), tokens.spanFrom(start))
        : new Term.Call(operator, arguments, tokens.spanFrom(start));
  }

  /** Terms with commas, a trailing one allowed, up to and with the closing token. */
  private List<Term> list(Kind close) {
    List<Term> terms = new ArrayList<>();
    while (!tokens.at(close)) {
      terms.add(inList());
      if (tokens.at(Kind.COMMA)) {
        tokens.advance();
      } else if (!tokens.at(close)) {
        throw tokens.unexpected("\",\" or \"" + close.word + "\"");
      }
    }
    tokens.advance();
    return terms;
  }

  private Term array() {
    int start = tokens.advance().start();
    if (tokens.at(Kind.RBRACK)) {
      tokens.advance();
      return new Term.ArrayTerm(List.of(), tokens.spanFrom(start));
    }
    int mark = tokens.mark();
    Term head = head();
    if (head != null && tokens.at(Kind.OR)) {
      List<Literal> body = comprehensionBody(Kind.RBRACK);
      if (body != null) {
        return new Term.ArrayComprehension(head, body, tokens.spanFrom(start));
      }
    }
    tokens.reset(mark);
    return new Term.ArrayTerm(list(Kind.RBRACK), tokens.spanFrom(start));
  }

  /** A term that could be the head of a comprehension; null if there is none. */
  private @Nullable Term head() {
    int depth = tokens.depth();
    try {
      return term();
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
      return null;
    }
  }

  private @Nullable List<Literal> comprehensionBody(Kind close) {
    int depth = tokens.depth();
    try {
      tokens.advance();
      List<Literal> body = bodies().query(close);
      tokens.expect(close);
      return body.isEmpty() ? null : body;
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
      comprehensionFailure = e;
      return null;
    }
  }

  private @Nullable SyntaxFailure comprehensionFailure;

  private Term braces() {
    int start = tokens.advance().start();
    if (tokens.at(Kind.RBRACE)) {
      tokens.advance();
      return new Term.ObjectTerm(List.of(), tokens.spanFrom(start));
    }
    int mark = tokens.mark();
    Term head = head();
    if (head != null && tokens.at(Kind.OR)) {
      List<Literal> body = comprehensionBody(Kind.RBRACE);
      if (body != null) {
        return new Term.SetComprehension(head, body, tokens.spanFrom(start));
      }
    }
    SyntaxFailure guess = comprehensionFailure;
    comprehensionFailure = null;
    tokens.reset(mark);
    int depth = tokens.depth();
    try {
      head = inList();
    } catch (SyntaxFailure e) {
      throw guess != null && guess.span.start() > e.span.start() ? guess : e;
    }
    tokens.depth(depth);
    if (tokens.at(Kind.COLON)) {
      tokens.advance();
      return object(head, start);
    }
    if (!tokens.at(Kind.RBRACE) && !tokens.at(Kind.COMMA)) {
      if (guess != null && guess.span.start() > tokens.peek().start()) {
        throw guess;
      }
      throw tokens.unexpected("\",\" or \"}\"");
    }
    tokens.reset(mark);
    return new Term.SetTerm(list(Kind.RBRACE), tokens.spanFrom(start));
  }

  private Term object(Term firstKey, int start) {
    int mark = tokens.mark();
    Term value = head();
    if (value != null && tokens.at(Kind.OR)) {
      List<Literal> body = comprehensionBody(Kind.RBRACE);
      if (body != null) {
        return new Term.ObjectComprehension(firstKey, value, body, tokens.spanFrom(start));
      }
    }
    tokens.reset(mark);
    List<Term.Entry> entries = new ArrayList<>();
    entries.add(new Term.Entry(firstKey, inList()));
    while (!tokens.at(Kind.RBRACE)) {
      if (!tokens.at(Kind.COMMA)) {
        throw tokens.unexpected("\",\" or \"}\"");
      }
      tokens.advance();
      if (!tokens.at(Kind.RBRACE)) {
        Term key = inList();
        tokens.expect(Kind.COLON);
        entries.add(new Term.Entry(key, inList()));
      }
    }
    tokens.advance();
    return new Term.ObjectTerm(entries, tokens.spanFrom(start));
  }

  private Term template() {
    Token open = tokens.advance();
    List<Literal> parts = new ArrayList<>();
    while (!tokens.at(Kind.TEMPLATE_END)) {
      Token token = tokens.peek();
      switch (token.kind()) {
        case TEMPLATE_TEXT -> {
          tokens.advance();
          if (!token.text().isEmpty()) {
            parts.add(
                Literal.of(
                    Term.string(token.text(), tokens.source.span(token.start(), token.end()))));
          }
        }
        case TEMPLATE_EXPRESSION -> {
          tokens.advance();
          if (tokens.at(Kind.TEMPLATE_EXPRESSION_END)) {
            throw tokens.failure("invalid template-string expression: empty expression");
          }
          Term part = any();
          List<Literal.With> withs = bodies().withs();
          parts.add(new Literal(new dev.bylaw.rego.ast.Expression.Plain(part), withs, part.span()));
          tokens.expect(Kind.TEMPLATE_EXPRESSION_END);
        }
        default -> throw tokens.unexpected("");
      }
    }
    tokens.advance();
    return new Term.Template(parts, open.text().equals("`"), tokens.spanFrom(open.start()));
  }
}
