package dev.bylaw.cedar.format;

import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.text.Lexer;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;

/** Lays policies out. */
public final class Formatter {
  /** How long lines are, where they can be broken. */
  public static final int WIDTH = 80;

  /** How far lines are indented. */
  public static final int INDENT = 2;

  private final Source source;
  private final List<Token> tokens;
  private int at;
  private int commentsTaken;

  private Formatter(Source source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /**
   * The policies of a text laid out with the usual width and indentation.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if it cannot be parsed
   */
  public static String format(Source source) {
    return format(source, WIDTH, INDENT);
  }

  /**
   * The policies of a text laid out.
   *
   * @throws dev.bylaw.syntax.DiagnosticsException with every mistake, if it cannot be parsed
   */
  public static String format(Source source, int width, int indent) {
    var diagnostics = new Diagnostics();
    var before = PolicyParser.parse(source, diagnostics);
    diagnostics.throwIfErrors();
    var formatter = new Formatter(source, Lexer.tokens(source, diagnostics));
    String text = Layout.Writer.write(formatter.policies(), width, indent).strip();
    String formatted = text.isEmpty() ? "" : text + "\n";
    var after = PolicyParser.parse(Source.of(source.name(), formatted), diagnostics);
    if (!before.equals(after)) {
      throw new IllegalStateException("formatting changed the meaning of " + source.name());
    }
    return formatted;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean isNext(String symbol) {
    return peek().is(symbol);
  }

  private static Layout text(String text) {
    return new Layout.Text(text);
  }

  private static Layout sequence(List<Layout> parts) {
    return new Layout.Sequence(parts);
  }

  private Layout policies() {
    var parts = new ArrayList<Layout>();
    while (peek().kind() != Token.Kind.END) {
      if (!parts.isEmpty()) {
        comments(parts, true);
        parts.add(new Layout.EmptyLine());
      }
      parts.add(policy());
    }
    comments(parts);
    return sequence(parts);
  }

  /** The comments before the next token. */
  private void comments(List<Layout> into) {
    comments(into, false);
  }

  /**
   * Takes the comments before the next token.
   *
   * @param sameLine only those on the line of the token before
   */
  private void comments(List<Layout> into, boolean sameLine) {
    String text = source.text();
    boolean ownLine = at == 0 || commentsTaken > tokens.get(at - 1).end();
    int i = Math.max(commentsTaken, at == 0 ? 0 : tokens.get(at - 1).end());
    for (; i < peek().start(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        if (sameLine) {
          break;
        }
        ownLine = true;
      } else if (c == '/') {
        int end = i;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
          end++;
        }
        into.add(new Layout.Comment(text.substring(i, end).stripTrailing(), ownLine));
        i = end - 1;
      }
    }
    commentsTaken = i;
  }

  /** The next token with the comments before it. */
  private void take(List<Layout> into) {
    comments(into);
    into.add(text(peek().text()));
    at++;
  }

  private Layout policy() {
    var parts = new ArrayList<Layout>();
    while (isNext("@")) {
      take(parts);
      take(parts);
      if (isNext("(")) {
        take(parts);
        take(parts);
        take(parts);
      }
      parts.add(new Layout.NewLine());
    }
    take(parts);
    parts.add(text(" "));
    take(parts);
    scopes(parts);
    take(parts);
    while (!isNext(";")) {
      parts.add(new Layout.NewLine());
      parts.add(condition());
    }
    take(parts);
    return sequence(parts);
  }

  /** Between the parentheses: on one line if nothing is asked for, else one line each. */
  private void scopes(List<Layout> parts) {
    var inner = new ArrayList<Layout>();
    boolean plain = true;
    inner.add(new Layout.Break(""));
    while (!isNext(")")) {
      comments(inner);
      int start = at;
      Layout scope = scope();
      plain &= at == start + 1;
      inner.add(scope);
      if (isNext(",") && tokens.get(at + 1).is(")")) {
        comments(inner);
        at++;
      } else if (isNext(",")) {
        take(inner);
        inner.add(new Layout.Break(" "));
      }
    }
    Layout body = sequence(List.of(new Layout.Indented(sequence(inner)), new Layout.Break("")));
    parts.add(plain ? new Layout.Group(body) : body);
  }

  /** A variable and what is asked of it: the operands go to lines of their own before all else. */
  private Layout scope() {
    List<Layout> scope = new ArrayList<>();
    List<Layout> operand = null;
    while (!isNext(",") && !isNext(")")) {
      Token token = peek();
      if (token.is("==") || token.isWord("in") || token.isWord("is")) {
        if (operand == null) {
          scope.add(text(" "));
          take(scope);
        } else {
          scope.add(new Layout.Indented(sequence(operand)));
          scope = new ArrayList<>(List.of(new Layout.Group(sequence(scope))));
          scope.add(new Layout.Break(" "));
          take(scope);
          scope = new ArrayList<>(List.of(new Layout.Group(sequence(scope))));
        }
        operand = new ArrayList<>(List.of(new Layout.Break(" ")));
      } else {
        List<Layout> into = operand == null ? scope : operand;
        if (token.is("[")) {
          into.add(brackets("]"));
        } else {
          take(into);
        }
      }
    }
    if (operand != null) {
      scope.add(new Layout.Indented(sequence(operand)));
    }
    return new Layout.Group(sequence(scope));
  }

  private Layout condition() {
    var parts = new ArrayList<Layout>();
    take(parts);
    parts.add(new Layout.Break(" "));
    parts.add(block());
    return new Layout.Group(sequence(parts));
  }

  /** Between the braces: on one line if that has room for it, even if the word before does not. */
  private Layout block() {
    var parts = new ArrayList<Layout>();
    take(parts);
    var inner = new ArrayList<Layout>();
    inner.add(new Layout.Break(" "));
    inner.add(expression());
    parts.add(new Layout.Indented(sequence(inner)));
    parts.add(new Layout.Break(" "));
    take(parts);
    return new Layout.Group(sequence(parts));
  }

  /** Up to what closes it or separates it from the next. */
  private Layout expression() {
    var parts = new ArrayList<Layout>();
    while (true) {
      Token token = peek();
      if (token.is("&&") || token.is("||")) {
        parts.add(text(" "));
        take(parts);
        parts.add(new Layout.Break(" "));
      } else if (token.is("(") || token.is("[")) {
        parts.add(brackets(token.is("(") ? ")" : "]"));
      } else if (token.is("{")) {
        parts.add(brackets("}"));
      } else if (token.is(")")
          || token.is("]")
          || token.is("}")
          || token.is(",")
          || token.is(":")) {
        return sequence(parts);
      } else if (isConditional(token, "if")) {
        parts.add(conditional());
      } else if (token.isWord("then") || token.isWord("else")) {
        return sequence(parts);
      } else {
        operand(parts);
      }
    }
  }

  private boolean isConditional(Token token, String word) {
    return token.isWord(word)
        && !(at > 0 && (tokens.get(at - 1).is(".") || tokens.get(at - 1).isWord("has")));
  }

  private Layout conditional() {
    var parts = new ArrayList<Layout>();
    take(parts);
    parts.add(text(" "));
    parts.add(expression());
    for (int i = 0; i < 2; i++) {
      parts.add(new Layout.Indented(new Layout.Break(" ")));
      take(parts);
      parts.add(text(" "));
      parts.add(new Layout.Indented(expression()));
    }
    return new Layout.Group(sequence(parts));
  }

  /** A token that is no bracket, with the blanks it wants round it. */
  private void operand(List<Layout> parts) {
    Token token = peek();
    boolean sign = token.is("!") || (token.is("-") && isPrefix());
    boolean operator =
        !sign
            && (isBinary(token)
                || ((token.isWord("in")
                        || token.isWord("has")
                        || token.isWord("like")
                        || token.isWord("is"))
                    && !tokens.get(at - 1).is(".")));
    parts.add(text(operator ? " " : ""));
    take(parts);
    parts.add(text(operator ? " " : ""));
  }

  private static boolean isBinary(Token token) {
    return switch (token.text()) {
      case "==", "!=", "<", "<=", ">", ">=", "+", "-", "*" -> token.kind() == Token.Kind.SYMBOL;
      default -> false;
    };
  }

  /** Whether a minus begins an operand. */
  private boolean isPrefix() {
    Token before = tokens.get(at - 1);
    return switch (before.kind()) {
      case NUMBER, STRING, SLOT -> false;
      case SYMBOL -> !(before.is(")") || before.is("]") || before.is("}"));
      case WORD ->
          switch (before.text()) {
            case "in", "if", "then", "else" -> !tokens.get(at - 2).is(".");
            default -> false;
          };
      case BAD, END -> false;
    };
  }

  private Layout brackets(String close) {
    var parts = new ArrayList<Layout>();
    take(parts);
    if (isNext(close)) {
      take(parts);
      return sequence(parts);
    }
    boolean list = close.equals("]");
    String edge = close.equals("}") ? " " : "";
    var inner = new ArrayList<Layout>();
    if (!list) {
      inner.add(new Layout.Break(edge));
    }
    while (!isNext(close)) {
      inner.add(expression());
      if (isNext(":")) {
        take(inner);
        inner.add(text(" "));
      } else if (isNext(",")) {
        if (tokens.get(at + 1).is(close)) {
          comments(inner);
          at++;
          continue;
        }
        take(inner);
        inner.add(new Layout.Break(" "));
      }
    }
    if (list) {
      parts.add(new Layout.Shifted(sequence(inner)));
    } else {
      parts.add(new Layout.Indented(sequence(inner)));
      parts.add(new Layout.Break(edge));
    }
    take(parts);
    return new Layout.Group(sequence(parts));
  }
}
