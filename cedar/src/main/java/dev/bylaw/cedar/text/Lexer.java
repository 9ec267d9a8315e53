package dev.bylaw.cedar.text;

import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;

/** Cuts text into tokens; the same for policies and schemas. */
public final class Lexer {
  private static final String[] SYMBOLS = {
    "::", "==", "!=", "<=", ">=", "||", "&&", "@", ".", ",", ";", ":", "(", ")", "{", "}", "[", "]",
    "<", ">", "+", "-", "*", "/", "%", "!", "=", "?"
  };

  private final Source source;
  private final String text;
  private final Diagnostics diagnostics;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.text = source.text();
    this.diagnostics = diagnostics;
  }

  /** All tokens, the last of them {@link Token.Kind#END}. */
  public static List<Token> tokens(Source source, Diagnostics diagnostics) {
    var lexer = new Lexer(source, diagnostics);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (skipBlanks()) {
      char c = text.charAt(at);
      if (CedarText.isIdentifierStart(c)) {
        take(Token.Kind.WORD, wordEnd(at));
      } else if (c >= '0' && c <= '9') {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
          end++;
        }
        take(Token.Kind.NUMBER, end);
      } else if (c == '"') {
        string();
      } else if (c == '?'
          && at + 1 < text.length()
          && CedarText.isIdentifierStart(text.charAt(at + 1))) {
        take(Token.Kind.SLOT, wordEnd(at + 1));
      } else {
        symbol();
      }
    }
    tokens.add(new Token(Token.Kind.END, "", text.length(), text.length()));
  }

  private void take(Token.Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), at, end));
    at = end;
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < text.length() && CedarText.isIdentifierPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private void string() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      diagnostics.error("C0102", source.span(at, at + 1), "this string never ends");
      at = text.length();
      return;
    }
    take(Token.Kind.STRING, end + 1);
  }

  private void symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        tokens.add(new Token(Token.Kind.SYMBOL, symbol, at, at + symbol.length()));
        at += symbol.length();
        return;
      }
    }
    int end = text.offsetByCodePoints(at, 1);
    String shown = text.substring(at, end);
    var hint = shown.equals("'") ? "strings are written in double quotes" : "";
    diagnostics.error("C0101", source.span(at, end), "unexpected character `" + shown + "`", hint);
    take(Token.Kind.BAD, end);
  }

  /** Whether something is left behind blanks and comments. */
  private boolean skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (c == '/' && text.startsWith("//", at)) {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else {
        return true;
      }
    }
    return false;
  }

  /** Unicode's White_Space. */
  public static boolean isBlank(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == '\u0085'
        || c == '\u00A0'
        || c == '\u1680'
        || (c >= '\u2000' && c <= '\u200A')
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u202F'
        || c == '\u205F'
        || c == '\u3000';
  }
}
