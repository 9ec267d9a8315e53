package dev.bylaw.rego.parse;

import dev.bylaw.rego.ast.Dialect;
import dev.bylaw.rego.parse.Token.Kind;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tokens of a source with a place in them, and which words are keywords here. */
final class TokenStream {
  static final int MOST_DEEP = 400;

  private static final Set<String> ALWAYS =
      Set.of(
          "package", "import", "as", "default", "else", "not", "some", "with", "null", "true",
          "false");

  /** Keywords that a term may follow which begins with a bracket. */
  private static final Set<String> BEFORE_ARRAYS = Set.of("in", "if", "contains", "with", "as");

  final Source source;
  final Set<String> keywords = new HashSet<>(ALWAYS);

  /** Whether the rules of v1 hold: {@code if} and {@code contains} are required. */
  boolean strict;

  /** Whether {@code not} has the meaning of {@code future.keywords.not}. */
  boolean wideNot;

  private final List<Token> tokens;
  private int at;
  private int depth;
  private int wildcards;

  TokenStream(Source source, List<Token> tokens, Dialect dialect) {
    this.source = source;
    this.tokens = tokens;
    this.strict = dialect == Dialect.V1;
    if (strict) {
      keywords.addAll(Set.of("in", "if", "contains", "every"));
    }
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  /** The token before this place. */
  Token before() {
    return tokens.get(at - 1);
  }

  Token advance() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  boolean at(Kind kind) {
    return peek().kind() == kind;
  }

  /** Whether a word stands here. */
  boolean atWord(String word) {
    return peek().is(word);
  }

  /** Whether a keyword stands here that is enabled and not the head of a reference. */
  boolean atKeyword(String word) {
    return peek().is(word) && keywords.contains(word) && !isDotted(1) && !isKeyed(word);
  }

  /** Whether a keyword here is a name after all, since a constant key follows: {@code not["a"]}. */
  private boolean isKeyed(String word) {
    return !BEFORE_ARRAYS.contains(word) && isBracketed(1);
  }

  /** Whether {@code ["key"]} stands so far ahead, directly behind its predecessor. */
  boolean isBracketed(int ahead) {
    return peek(ahead).kind() == Kind.LBRACK
        && !peek(ahead).spaced()
        && peek(ahead + 1).kind() == Kind.STRING
        && peek(ahead + 2).kind() == Kind.RBRACK;
  }

  /** Whether the token so far ahead is a dot directly behind its predecessor. */
  boolean isDotted(int ahead) {
    return peek(ahead).kind() == Kind.DOT && !peek(ahead).spaced();
  }

  boolean isKeyword(String word) {
    return keywords.contains(word);
  }

  Token expect(Kind kind) {
    if (!at(kind)) {
      throw unexpected("\"" + kind.word + "\"");
    }
    return advance();
  }

  /** The line that the previous token ends in. */
  boolean startsNewLine() {
    return at == 0 || endLine(tokens.get(at - 1)) < peek().line();
  }

  private static int endLine(Token token) {
    int line = token.line();
    if (token.kind() == Kind.RAW_STRING) {
      line += (int) token.text().chars().filter(c -> c == '\n').count();
    }
    return line;
  }

  int previousEnd() {
    return at == 0 ? 0 : tokens.get(at - 1).end();
  }

  Span here() {
    return source.span(peek().start(), peek().end());
  }

  Span spanFrom(int start) {
    return source.span(start, Math.max(start, previousEnd()));
  }

  void enter() {
    if (++depth > MOST_DEEP) {
      throw failure("nested too deeply");
    }
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  void depth(int restored) {
    depth = restored;
  }

  String wildcard() {
    return "$" + wildcards++;
  }

  SyntaxFailure failure(String message) {
    return new SyntaxFailure(here(), message);
  }

  SyntaxFailure unexpected(String expected) {
    Token token = peek();
    String what =
        token.kind() == Kind.IDENT && keywords.contains(token.text())
            ? token.text() + " keyword"
            : token.kind().word + " token";
    return failure("unexpected " + what + (expected.isEmpty() ? "" : ": expected " + expected));
  }

  /** Goes on at the next token that starts a line, after a mistake at an offset. */
  void skipToLineStart(int offset) {
    depth = 0;
    while (at > 0 && peek().start() > offset) {
      at--;
    }
    if (!at(Kind.EOF)) {
      advance();
    }
    while (!at(Kind.EOF)) {
      int start = peek().start();
      boolean first = start == 0 || source.text().charAt(start - 1) == '\n';
      if (first && at(Kind.IDENT)) {
        return;
      }
      advance();
    }
  }
}
