package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Expression;
import dev.bylaw.rego.ast.Literal;
import dev.bylaw.rego.ast.Term;
import dev.bylaw.rego.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads bodies: literals, with what {@code not}, {@code some}, {@code every} and so on hold. */
final class Bodies {
  private final TokenStream tokens;
  private final Terms terms;

  Bodies(TokenStream tokens, Terms terms) {
    this.tokens = tokens;
    this.terms = terms;
    terms.connect(this);
  }

  Terms terms() {
    return terms;
  }

  /** Literals up to a closing token, which stays. */
  List<Literal> query(Kind close) {
    List<Literal> literals = new ArrayList<>();
    while (!tokens.at(close)) {
      literals.add(literal());
      if (tokens.at(Kind.SEMICOLON)) {
        tokens.advance();
        if (tokens.at(close)) {
          throw tokens.unexpected(""); // A semicolon stands between literals, not behind the last.
        }
      } else if (!tokens.at(close) && !tokens.startsNewLine()) {
        throw tokens.unexpected("\\n or ; or " + (close == Kind.EOF ? "eof" : close.word));
      }
    }
    return literals;
  }

  /** A body in braces. */
  List<Literal> braced() {
    tokens.expect(Kind.LBRACE);
    if (tokens.at(Kind.RBRACE)) {
      throw tokens.failure("found empty body");
    }
    tokens.enter();
    List<Literal> body = query(Kind.RBRACE);
    tokens.leave();
    tokens.expect(Kind.RBRACE);
    return body;
  }

  Literal literal() {
    tokens.enter();
    int start = tokens.peek().start();
    Literal inner = disjunction();
    List<Literal.With> withs = withs();
    tokens.leave();
    if (withs.isEmpty() && inner.withs().isEmpty()) {
      return inner;
    }
    List<Literal.With> all = new ArrayList<>(withs);
    all.addAll(inner.withs());
    return new Literal(inner.expression(), all, tokens.spanFrom(start));
  }

  List<Literal.With> withs() {
    List<Literal.With> withs = new ArrayList<>();
    while (tokens.atKeyword("with")) {
      int start = tokens.advance().start();
      Term target = terms.term();
      Term.Ref ref =
          switch (target) {
            case Term.Ref r when r.head() instanceof Term.Var -> r;
            case Term.Var v -> new Term.Ref(v, List.of(), v.span());
            default ->
                throw new SyntaxFailure(
                    target.span(),
                    "with keyword target must reference existing input, data, or a function");
          };
      if (!tokens.atWord("as")) {
        throw tokens.unexpected("as keyword");
      }
      tokens.advance();
      withs.add(new Literal.With(ref, terms.any(), tokens.spanFrom(start)));
    }
    return withs;
  }

  private boolean logical() {
    return tokens.isKeyword("and") || tokens.isKeyword("or");
  }

  /** One side of an operator: as a literal, and as an operand. */
  private record Side(Literal literal, Expression.Operand operand) {
    static Side of(Literal literal) {
      return new Side(literal, new Expression.Operand(List.of(literal), false, false));
    }
  }

  private Literal disjunction() {
    return either().literal;
  }

  private Side either() {
    int start = tokens.peek().start();
    Side left = both();
    while (tokens.atKeyword("or")) {
      tokens.advance();
      left = join(false, left, both(), start);
    }
    return left;
  }

  private Side both() {
    int start = tokens.peek().start();
    Side left = side();
    while (tokens.atKeyword("and")) {
      tokens.advance();
      left = join(true, left, side(), start);
    }
    return left;
  }

  private Side join(boolean conjunction, Side left, Side right, int start) {
    var expression =
        new Expression.Logical(conjunction, left.operand, right.operand, tokens.spanFrom(start));
    return Side.of(new Literal(expression, List.of(), tokens.spanFrom(start)));
  }

  private Side side() {
    if (logical()) {
      Side group = tokens.at(Kind.LBRACE) ? bracedSide() : null;
      if (group == null && tokens.at(Kind.LPAREN)) {
        group = parenthesisedSide();
      }
      if (group != null) {
        return group;
      }
    }
    return Side.of(simple());
  }

  /** A body in braces beside {@code and} or {@code or}; null if it is a term after all. */
  private @Nullable Side bracedSide() {
    int mark = tokens.mark();
    int depth = tokens.depth();
    boolean right = mark > 0 && isOperatorWord(tokens.before());
    try {
      List<Literal> body = braced();
      if (right ? !continues() : isOperatorWord(tokens.peek())) {
        Literal first = body.getFirst();
        return new Side(first, new Expression.Operand(body, true, false));
      }
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
    }
    tokens.reset(mark);
    return null;
  }

  private static boolean isOperatorWord(Token token) {
    return token.is("and") || token.is("or");
  }

  /** Whether the tokens go on with the term before them. */
  boolean continues() {
    return switch (tokens.peek().kind()) {
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_EQUAL,
          GREATER,
          GREATER_EQUAL,
          OR,
          AND,
          PLUS,
          MINUS,
          TIMES,
          DIVIDE,
          REMAINDER,
          UNIFY,
          ASSIGN ->
          true;
      case DOT, LBRACK -> !tokens.peek().spaced();
      case IDENT -> tokens.atKeyword("in");
      default -> false;
    };
  }

  /** {@code (a or b with …)}; null if the parentheses are those of a term. */
  private @Nullable Side parenthesisedSide() {
    int mark = tokens.mark();
    int depth = tokens.depth();
    try {
      tokens.advance();
      Literal inner = literal();
      if (tokens.at(Kind.RPAREN)) {
        tokens.advance();
        boolean plain = inner.expression() instanceof Expression.Plain && inner.withs().isEmpty();
        if (!plain && !continues()) {
          return new Side(inner, new Expression.Operand(List.of(inner), false, true));
        }
      }
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
    }
    tokens.reset(mark);
    return null;
  }

  private Literal simple() {
    int start = tokens.peek().start();
    if (tokens.atKeyword("not")) {
      return negation(start);
    }
    if (tokens.atKeyword("some")) {
      return some(start);
    }
    if (tokens.atKeyword("every")) {
      return every(start);
    }
    Term term = statement();
    return new Literal(new Expression.Plain(term), List.of(), tokens.spanFrom(start));
  }

  /** A term, or two with {@code =} or {@code :=}. */
  private Term statement() {
    int start = tokens.peek().start();
    Term left = terms.any();
    if (!tokens.at(Kind.UNIFY) && !tokens.at(Kind.ASSIGN)) {
      return left;
    }
    Token operator = tokens.advance();
    Term right = terms.any();
    return terms.call(operator.kind().word, List.of(left, right), start, operator);
  }

  private Literal negation(int start) {
    tokens.advance();
    if (tokens.atKeyword("not")) {
      throw tokens.failure("unexpected not keyword");
    }
    if (tokens.atKeyword("some")) {
      throw tokens.failure("unexpected some keyword: illegal negation of 'some'");
    }
    if (tokens.atKeyword("every")) {
      throw tokens.failure("unexpected every keyword: illegal negation of 'every'");
    }
    boolean wide = tokens.wideNot;
    List<Literal> body = null;
    boolean explicit = false;
    if (wide && tokens.at(Kind.LBRACE)) {
      body = negatedBraces();
      explicit = body != null;
    }
    if (wide && body == null && logical() && tokens.at(Kind.LPAREN)) {
      Side group = parenthesisedSide();
      body = group == null ? null : List.of(group.literal);
    }
    if (body == null) {
      int from = tokens.peek().start();
      Term term = statement();
      body = List.of(new Literal(new Expression.Plain(term), List.of(), tokens.spanFrom(from)));
    }
    return new Literal(new Expression.Not(body, wide, explicit), List.of(), tokens.spanFrom(start));
  }

  private @Nullable List<Literal> negatedBraces() {
    int mark = tokens.mark();
    int depth = tokens.depth();
    try {
      List<Literal> body = braced();
      if (!continues()) {
        return body;
      }
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
      tokens.reset(mark);
      if (!isTermInBraces()) {
        throw e;
      }
    }
    tokens.reset(mark);
    return null;
  }

  private boolean isTermInBraces() {
    int mark = tokens.mark();
    int depth = tokens.depth();
    try {
      terms.term();
      return true;
    } catch (SyntaxFailure e) {
      tokens.depth(depth);
      return false;
    } finally {
      tokens.reset(mark);
    }
  }

  private Literal some(int start) {
    tokens.advance();
    List<Term> names = new ArrayList<>();
    names.add(terms.belowMembership());
    while (tokens.at(Kind.COMMA)) {
      tokens.advance();
      names.add(terms.belowMembership());
    }
    if (tokens.atKeyword("in")) {
      if (names.size() > 2) {
        throw new SyntaxFailure(
            names.getFirst().span(), "illegal some: expected at most a key and a value");
      }
      tokens.advance();
      Term domain = terms.belowMembership();
      Term key = names.size() == 2 ? names.getFirst() : null;
      return new Literal(
          new Expression.SomeIn(key, names.getLast(), domain), List.of(), tokens.spanFrom(start));
    }
    List<Term.Var> variables = new ArrayList<>();
    for (Term name : names) {
      if (!(name instanceof Term.Var v)) {
        throw new SyntaxFailure(
            name.span(), "expected `x in xs` or `x, y in xs` expression or a variable");
      }
      variables.add(v);
    }
    if (tokens.atKeyword("with")) {
      throw tokens.failure("unexpected with keyword: expected \\n or ; or }");
    }
    return new Literal(new Expression.Some(variables), List.of(), tokens.spanFrom(start));
  }

  private Literal every(int start) {
    tokens.advance();
    Term value = terms.term();
    Term key = null;
    if (tokens.at(Kind.COMMA)) {
      tokens.advance();
      key = value;
      value = terms.term();
    }
    for (Term name : key == null ? List.of(value) : List.of(key, value)) {
      if (!(name instanceof Term.Var)) {
        throw new SyntaxFailure(name.span(), "illegal: expected `every` key or value to be a var");
      }
    }
    if (!tokens.atKeyword("in")) {
      throw tokens.failure("missing in keyword");
    }
    tokens.advance();
    Term domain = terms.belowMembership();
    if (!tokens.at(Kind.LBRACE)) {
      throw tokens.failure("missing body");
    }
    List<Literal> body = braced();
    return new Literal(
        new Expression.Every(key, value, domain, body), List.of(), tokens.spanFrom(start));
  }
}
