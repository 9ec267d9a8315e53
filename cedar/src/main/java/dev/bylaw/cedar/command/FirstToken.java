package dev.bylaw.cedar.command;

import dev.bylaw.cedar.text.Lexer;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first token at which Cedar's grammar for concrete syntax cannot go on. That grammar
 * takes more than the language has (any operand behind {@code has}, comparisons in a row, {@code
 * /}), and what it takes too much is another kind of mistake with another first line.
 */
final class FirstToken {
  private static final Set<String> RELATIONS = Set.of("<", "<=", ">=", ">", "!=", "==", "=");
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /** Deeper than this nobody means what is written; the parser has told so by itself. */
  private static final int DEEPEST = 1_000;

  private final List<Token> tokens;
  private final boolean open;
  private int at;
  private int depth;

  private FirstToken(List<Token> tokens, Diagnostics lexed) {
    this.tokens = tokens;
    this.open = lexed.all().stream().anyMatch(each -> each.code().equals("C0102"));
  }

  /** The text is not what the grammar wants. */
  private static final class Stuck extends RuntimeException {
    Stuck(String message) {
      super(message, null, false, false);
    }
  }

  /** What is told of an expression that is none by the grammar; null if it is one by it. */
  static @Nullable String inExpression(Source text) {
    var lexed = new Diagnostics();
    List<Token> tokens = Lexer.tokens(text, lexed);
    String stuck = run(new FirstToken(tokens, lexed), true);
    // Behind a mistake the parser goes on, and meets every token that is none.
    boolean invalid =
        lexed.hasErrors() || tokens.stream().anyMatch(each -> each.is("?") || isBad(each));
    return stuck != null && invalid ? "invalid token" : stuck;
  }

  /** The same of an entity; behind a mistake nothing is read. */
  static @Nullable String inEntity(Source text) {
    var lexed = new Diagnostics();
    return run(new FirstToken(Lexer.tokens(text, lexed), lexed), false);
  }

  /** The text is nested so deeply that nothing more is said of it. */
  private static final class TooDeep extends RuntimeException {
    TooDeep() {
      super("too deep", null, false, false);
    }
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw new TooDeep();
    }
  }

  private static @Nullable String run(FirstToken reader, boolean expression) {
    try {
      if (expression) {
        reader.expression();
      } else {
        reader.entity();
      }
      return reader.peek().kind() == Token.Kind.END ? null : reader.stuck().getMessage();
    } catch (Stuck found) {
      return found.getMessage();
    } catch (TooDeep nested) {
      return null;
    }
  }

  private Token peek() {
    return peek(0);
  }

  private Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  private static boolean isBad(Token token) {
    return token.kind() == Token.Kind.BAD;
  }

  private Stuck stuck() {
    Token token = peek();
    return new Stuck(
        isBad(token) || token.is("?") || (open && token.kind() == Token.Kind.END)
            ? "invalid token"
            : token.kind() == Token.Kind.END
                ? "unexpected end of input"
                : "unexpected token `" + token.text() + "`");
  }

  private boolean accept(String symbol) {
    boolean found = peek().is(symbol);
    at += found ? 1 : 0;
    return found;
  }

  private boolean acceptWord(String word) {
    boolean found = peek().isWord(word);
    at += found ? 1 : 0;
    return found;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw stuck();
    }
  }

  private void expectWord(String word) {
    if (!acceptWord(word)) {
      throw stuck();
    }
  }

  private void expectAnyWord() {
    if (peek().kind() != Token.Kind.WORD) {
      throw stuck();
    }
    at++;
  }

  private void expectString() {
    if (peek().kind() != Token.Kind.STRING) {
      throw stuck();
    }
    at++;
  }

  private void expression() {
    enter();
    if (peek().isWord("if") && !peek(1).is("::")) {
      at++;
      expression();
      expectWord("then");
      expression();
      expectWord("else");
      expression();
    } else {
      do {
        and();
      } while (accept("||"));
    }
    depth--;
  }

  private void and() {
    do {
      relation();
    } while (accept("&&"));
  }

  private void relation() {
    sum();
    if (acceptWord("has")) {
      if (peek().isWord("if") && !peek(1).is("::")) {
        at++;
        accesses();
      } else {
        sum();
      }
    } else if (acceptWord("like")) {
      sum();
    } else if (acceptWord("is")) {
      sum();
      if (acceptWord("in")) {
        sum();
      }
    } else {
      while (peek().isWord("in")
          || (peek().kind() == Token.Kind.SYMBOL && RELATIONS.contains(peek().text()))) {
        at++;
        sum();
      }
    }
  }

  private void sum() {
    do {
      product();
    } while (accept("+") || accept("-"));
  }

  private void product() {
    do {
      signed();
    } while (accept("*") || accept("/") || accept("%"));
  }

  private void signed() {
    String sign = peek().is("!") ? "!" : peek().is("-") ? "-" : "";
    while (!sign.isEmpty() && accept(sign)) {
      // each sign is one more
    }
    primary();
    accesses();
  }

  private void accesses() {
    while (true) {
      if (accept(".")) {
        expectAnyWord();
      } else if (accept("(")) {
        list(")");
      } else if (accept("[")) {
        expression();
        expect("]");
      } else {
        return;
      }
    }
  }

  private void list(String close) {
    while (!accept(close)) {
      expression();
      if (!accept(",") && !peek().is(close)) {
        throw stuck();
      }
    }
  }

  private void primary() {
    enter();
    Token token = peek();
    switch (token.kind()) {
      case NUMBER -> {
        if (new BigInteger(token.text()).compareTo(LARGEST) > 0) {
          throw new Stuck("integer parse error: number too large to fit in target type");
        }
        at++;
      }
      case STRING, SLOT -> at++;
      case WORD -> word(token);
      default -> {
        if (accept("(")) {
          expression();
          expect(")");
        } else if (accept("[")) {
          list("]");
        } else {
          expect("{");
          record();
        }
      }
    }
    depth--;
  }

  private void record() {
    while (!accept("}")) {
      if (peek().isWord("if") && peek(1).is(":")) {
        at++;
      } else {
        expression();
      }
      expect(":");
      expression();
      if (!accept(",") && !peek().is("}")) {
        throw stuck();
      }
    }
  }

  private static boolean isSpecial(Token word) {
    return word.isWord("if") || word.isWord("true") || word.isWord("false");
  }

  private void word(Token first) {
    if (!peek(1).is("::")) {
      if (first.isWord("if")) {
        throw stuck();
      }
      at++;
      return;
    }
    entityOrName(first);
  }

  private void entityOrName(Token first) {
    int words = 0;
    while (peek().kind() == Token.Kind.WORD && peek(1).is("::")) {
      at += 2;
      words++;
    }
    if (peek().kind() == Token.Kind.WORD) {
      at++;
    } else if (words == 1 && isSpecial(first)) {
      throw stuck();
    } else if (accept("{")) {
      while (!accept("}")) {
        expectAnyWord();
        expect(":");
        primary();
        if (!accept(",") && !peek().is("}")) {
          throw stuck();
        }
      }
    } else {
      expectString();
    }
  }

  private void entity() {
    if (peek().kind() != Token.Kind.WORD) {
      throw stuck();
    }
    if (!peek(1).is("::")) {
      at++;
      throw stuck();
    }
    int before = at;
    entityOrName(peek());
    if (at > before && tokens.get(at - 1).kind() == Token.Kind.WORD) {
      throw stuck();
    }
  }
}
