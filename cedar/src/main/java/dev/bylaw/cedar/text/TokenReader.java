package dev.bylaw.cedar.text;

import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.Collection;
import java.util.List;

/** Walks the tokens of a source. */
public final class TokenReader {
  /** The text is not what the grammar asks for at this place; it has been reported. */
  public static final class Unexpected extends RuntimeException {
    Unexpected() {
      super("reported", null, false, false);
    }
  }

  private final Source source;
  private final Diagnostics diagnostics;
  private final List<Token> tokens;
  private int at;

  /** At the first token of the source. */
  public TokenReader(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.tokens = Lexer.tokens(source, diagnostics);
  }

  /** The token to be read next. */
  public Token peek() {
    return tokens.get(at);
  }

  /** The token after the next one, and so on. */
  public Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  /** Reads a token; the last one again and again. */
  public Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  /** Whether all is read. */
  public boolean atEnd() {
    return peek().kind() == Token.Kind.END;
  }

  /** Reads the symbol if it is next. */
  public boolean accept(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      at++;
    }
    return found;
  }

  /** Reads the word if it is next. */
  public boolean acceptWord(String word) {
    boolean found = peek().isWord(word);
    if (found) {
      at++;
    }
    return found;
  }

  /** Reads the symbol. */
  public Token expect(String symbol) {
    if (!peek().is(symbol)) {
      throw unexpected("`" + symbol + "`");
    }
    return next();
  }

  /** Reads a word, reserved or not. */
  public Token expectWord(String what) {
    if (peek().kind() != Token.Kind.WORD) {
      throw unexpected(what);
    }
    return next();
  }

  /** Reads a word that may be a name; a reserved one is reported and read all the same. */
  public Token expectName(String what) {
    Token token = expectWord(what);
    if (CedarText.isReserved(token.text())) {
      error("C0105", token, "`" + token.text() + "` is reserved and cannot be " + what, "");
    }
    return token;
  }

  /** Reads a string literal. */
  public String expectString(String what) {
    if (peek().kind() != Token.Kind.STRING) {
      throw unexpected(what);
    }
    return string(next());
  }

  /** The string that a token of a string literal stands for. */
  public String string(Token token) {
    return StringLiteral.string(source, token.start(), token.end(), diagnostics);
  }

  /** The pattern that a token of a string literal stands for. */
  public Pattern pattern(Token token) {
    return StringLiteral.pattern(source, token.start(), token.end(), diagnostics);
  }

  /** Reads {@code A::B::C}; stops before a {@code ::} that no word follows. */
  public String expectPath(String what) {
    Token first = expectName(what);
    if (!peek().is("::") || peek(1).kind() != Token.Kind.WORD) {
      return first.text();
    }
    var path = new StringBuilder(first.text());
    while (peek().is("::") && peek(1).kind() == Token.Kind.WORD) {
      next();
      path.append("::").append(expectName(what).text());
    }
    return path.toString();
  }

  /** Reports that the next token is not what was expected. */
  public Unexpected unexpected(String expected) {
    return unexpected(expected, "");
  }

  /** Reports that the next token is not what was expected, with a way out. */
  public Unexpected unexpected(String expected, String hint) {
    Token found = peek();
    if (found.kind() != Token.Kind.BAD) {
      error("C0104", found, "expected " + expected + ", found " + found.shown(), hint);
    }
    return new Unexpected();
  }

  /** Reports that the next token is none of the words that can stand here. */
  public Unexpected unexpectedWord(String expected, Collection<String> words) {
    Token found = peek();
    return unexpected(
        expected, found.kind() == Token.Kind.WORD ? DidYouMean.hint(found.text(), words) : "");
  }

  /** Reports a mistake at a token. */
  public void error(String code, Token token, String message, String hint) {
    diagnostics.error(code, source.span(token.start(), token.end()), message, hint);
  }

  /** Reports a mistake from a token to the one that was read last. */
  public void error(String code, int start, String message, String hint) {
    diagnostics.error(code, span(start), message, hint);
  }

  /** The place from an offset to the end of the token that was read last. */
  public Place placeFrom(int start) {
    return Place.of(source, start, Math.max(start, lastEnd()));
  }

  /** The place of a token. */
  public Place place(Token token) {
    return Place.of(source, token.start(), token.end());
  }

  private Span span(int start) {
    return source.span(start, Math.max(start, lastEnd()));
  }

  private int lastEnd() {
    return at == 0 ? 0 : tokens.get(at - 1).end();
  }
}
