package dev.bylaw.cedar.format;

import dev.bylaw.cedar.policy.PolicyParser;
import dev.bylaw.cedar.text.Lexer;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Lays policies out. */
public final class Formatter {
  /** How long lines are, where they can be broken. */
  public static final int WIDTH = 80;

  /** How far lines are indented. */
  public static final int INDENT = 2;

  private static final Set<String> RELATIONS = Set.of("==", "!=", "<", "<=", ">", ">=");

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
    // Where there is no policy, the line break after the last one stands alone.
    String formatted = (before.isEmpty() && !text.isEmpty() ? "\n" : "") + text + "\n";
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
    var head = new ArrayList<Layout>();
    comments(parts);
    take(head);
    head.add(new Layout.Break(" "));
    take(head);
    parts.add(new Layout.Group(sequence(head)));
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
    boolean plain = isPlain();
    Layout edge = plain ? text("") : new Layout.NewLine();
    inner.add(edge);
    while (!isNext(")")) {
      comments(inner);
      inner.add(scope());
      if (isNext(",") && tokens.get(at + 1).is(")")) {
        comments(inner);
        at++;
      } else if (isNext(",")) {
        take(inner);
        inner.add(plain ? text(" ") : new Layout.NewLine());
      }
    }
    parts.add(new Layout.Indented(sequence(inner)));
    parts.add(edge);
  }

  /** Whether nothing is asked for, and nothing said in comments. */
  private boolean isPlain() {
    int end = at;
    while (!tokens.get(end).is(")")) {
      Token token = tokens.get(end++);
      if (token.kind() != Token.Kind.WORD && !token.is(",")) {
        return false;
      }
      boolean word = token.kind() == Token.Kind.WORD;
      if (word && tokens.get(end).kind() == Token.Kind.WORD) {
        return false;
      }
    }
    return source.text().substring(tokens.get(at - 1).end(), tokens.get(end).start()).indexOf('/')
        < 0;
  }

  /** A variable and what is asked of it: the operands go to lines of their own before all else. */
  private Layout scope() {
    var scope = new ArrayList<Layout>();
    take(scope);
    if (peek().isWord("is")) {
      var is = new ArrayList<Layout>(List.of(new Layout.Break(" ")));
      take(is);
      var asked = List.of(group(is), new Layout.Break(" "), path());
      scope.add(group(List.of(new Layout.Indented(sequence(asked)))));
    }
    if (isNext(",") || isNext(")")) {
      return sequence(scope);
    }
    scope.add(new Layout.Break(" "));
    take(scope);
    var operand = new Layout.Indented(sequence(List.of(new Layout.Break(" "), expression())));
    return group(List.of(group(scope), operand));
  }

  private Layout condition() {
    var parts = new ArrayList<Layout>();
    take(parts);
    parts.add(new Layout.Break(" "));
    parts.add(block());
    return group(parts);
  }

  /** Between the braces: on one line if that has room for it, even if the word before does not. */
  private Layout block() {
    var parts = new ArrayList<Layout>();
    take(parts);
    var inner = new ArrayList<Layout>();
    inner.add(new Layout.Break(" "));
    inner.add(group(List.of(expression())));
    var rest = new ArrayList<Layout>();
    rest.add(new Layout.Indented(sequence(inner)));
    rest.add(new Layout.Break(" "));
    take(rest);
    parts.add(group(rest));
    return sequence(parts);
  }

  private static Layout group(List<Layout> parts) {
    return new Layout.Group(sequence(parts));
  }

  private Layout expression() {
    if (!isNext("::", 1) && peek().isWord("if")) {
      var parts = new ArrayList<Layout>();
      for (int i = 0; i < 3; i++) {
        if (i > 0) {
          parts.add(new Layout.Break(" "));
        }
        take(parts);
        parts.add(new Layout.Indented(sequence(List.of(new Layout.Break(" "), expression()))));
      }
      return group(parts);
    }
    return chain(() -> chain(this::relation, Set.of("&&")), Set.of("||"));
  }

  /** Operands with operators at the ends of lines. */
  private Layout chain(Supplier<Layout> operand, Set<String> operators) {
    var parts = new ArrayList<Layout>();
    parts.add(operand.get());
    while (peek().kind() == Token.Kind.SYMBOL && operators.contains(peek().text())) {
      parts.add(text(" "));
      take(parts);
      parts.add(new Layout.Break(" "));
      parts.add(operand.get());
    }
    return sequence(parts);
  }

  private Layout relation() {
    var parts = new ArrayList<Layout>();
    parts.add(sum());
    Token token = peek();
    if (token.isWord("has") || token.isWord("like")) {
      parts.add(new Layout.Break(" "));
      take(parts);
      parts.add(new Layout.Break(" "));
      parts.add(new Layout.Indented(sum()));
      return group(parts);
    }
    if (token.isWord("is")) {
      parts.add(text(" "));
      take(parts);
      parts.add(text(" "));
      parts.add(new Layout.Indented(sum()));
      if (peek().isWord("in")) {
        parts.add(new Layout.Break(" "));
        take(parts);
        parts.add(text(" "));
        parts.add(new Layout.Indented(sum()));
      }
      return group(parts);
    }
    if (token.isWord("in")
        || (token.kind() == Token.Kind.SYMBOL && RELATIONS.contains(token.text()))) {
      parts.add(text(" "));
      take(parts);
      parts.add(text(" "));
      parts.add(sum());
    }
    return sequence(parts);
  }

  private Layout sum() {
    return group(List.of(chain(this::product, Set.of("+", "-"))));
  }

  private Layout product() {
    return group(List.of(chain(this::signed, Set.of("*"))));
  }

  private Layout signed() {
    var parts = new ArrayList<Layout>();
    while (isNext("!") || isNext("-")) {
      take(parts);
    }
    parts.add(member());
    return sequence(parts);
  }

  /** An operand and its attributes and calls; a line ends before a dot, but for the first. */
  private Layout member() {
    var accesses = new ArrayList<Layout>();
    Layout operand = primary();
    boolean name = false;
    for (boolean first = true; isNext(".") || isNext("(") || isNext("["); first = false) {
      if (!first && !(name && isNext("("))) {
        accesses.add(new Layout.Break(""));
      }
      name = isNext(".");
      if (name) {
        take(accesses);
        take(accesses);
      } else if (isNext("[")) {
        take(accesses);
        accesses.add(expression());
        take(accesses);
      } else {
        call(accesses);
      }
    }
    return group(List.of(operand, new Layout.Indented(sequence(accesses))));
  }

  private void call(List<Layout> parts) {
    take(parts);
    if (!isNext(")")) {
      var inner = new ArrayList<Layout>(List.of(new Layout.Break("")));
      elements(inner, ")");
      parts.add(new Layout.Indented(sequence(inner)));
      parts.add(new Layout.Break(""));
    }
    take(parts);
  }

  /** Up to the bracket that closes them; a comma before it goes away. */
  private void elements(List<Layout> into, String close) {
    while (!isNext(close)) {
      into.add(expression());
      if (isNext(":")) {
        take(into);
        into.add(text(" "));
        into.add(expression());
      }
      if (isNext(",") && tokens.get(at + 1).is(close)) {
        comments(into);
        at++;
      } else if (isNext(",")) {
        take(into);
        into.add(new Layout.Break(" "));
      }
    }
  }

  private Layout primary() {
    var parts = new ArrayList<Layout>();
    if (isNext("(")) {
      take(parts);
      parts.add(new Layout.Shifted(expression()));
      take(parts);
      return group(parts);
    }
    if (isNext("[")) {
      take(parts);
      var inner = new ArrayList<Layout>();
      elements(inner, "]");
      parts.add(new Layout.Shifted(sequence(inner)));
      take(parts);
      return sequence(parts);
    }
    if (isNext("{")) {
      take(parts);
      if (!isNext("}")) {
        var inner = new ArrayList<Layout>(List.of(new Layout.Break(" ")));
        elements(inner, "}");
        parts.add(group(List.of(new Layout.Indented(sequence(inner)), new Layout.Break(" "))));
      }
      take(parts);
      return sequence(parts);
    }
    return path();
  }

  /** A literal, a variable, a name or an entity. */
  private Layout path() {
    var parts = new ArrayList<Layout>();
    take(parts);
    while (isNext("::")) {
      take(parts);
      take(parts);
    }
    return sequence(parts);
  }

  private boolean isNext(String symbol, int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1)).is(symbol);
  }
}
