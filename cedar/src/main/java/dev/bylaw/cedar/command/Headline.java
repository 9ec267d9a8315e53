package dev.bylaw.cedar.command;

import dev.bylaw.cedar.text.Lexer;
import dev.bylaw.cedar.text.Token;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.Source;
import dev.bylaw.syntax.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * First lines as Cedar's own tool writes them, for scripts that look for them; what we have to say
 * ourselves follows.
 */
final class Headline {
  /** Columns of a terminal, without the mark and the margin. */
  private static final int WIDTH = 74;

  /** Symbols that policies have and schemas do not. */
  private static final Set<String> NOT_IN_SCHEMAS =
      Set.of("!=", "||", "&&", ".", "+", "-", "*", "/", "%", "!");

  /** What the grammar does not have comes before what has no meaning. */
  private static final Set<String> SYNTAX = Set.of("C0101", "C0102", "C0104", "C0105");

  private Headline() {}

  /** What is wrong with an expression, of the mistakes found in it. */
  static String ofExpression(List<Diagnostic> mistakes) {
    Diagnostic first = mistakes.getFirst();
    Source source = first.span().source();
    String stuck = FirstToken.inExpression(source);
    return stuck == null ? meaning(first, source) : stuck;
  }

  /** What is wrong with an entity such as {@code User::"alice"}. */
  static String ofEntity(List<Diagnostic> mistakes) {
    Diagnostic first = mistakes.getFirst();
    Source source = first.span().source();
    String stuck = FirstToken.inEntity(source);
    return stuck == null ? meaning(first, source) : stuck;
  }

  /** What is wrong with a schema in JSON: its form, or what it says. */
  static String ofJsonSchema(Source source, List<Diagnostic> mistakes) {
    String form = SchemaWords.mistake(source.text());
    return form.isEmpty() ? mistakes.getFirst().message() : form;
  }

  /** What is wrong with a schema in Cedar text. */
  static String ofSchema(List<Diagnostic> mistakes) {
    Diagnostic first =
        mistakes.stream()
            .filter(each -> SYNTAX.contains(each.code()))
            .min(Comparator.comparingInt(each -> each.span().start()))
            .orElse(mistakes.getFirst());
    return switch (first.code()) {
      case "C0230" ->
          first.message().replaceFirst("unknown action `(.*)`", "undeclared action: $1");
      case "C0231", "C0235" ->
          first.message().replaceFirst("unknown .*type `(.*)`", "failed to resolve type: $1");
      default -> "error parsing schema: " + schemaMistake(first);
    };
  }

  private static String schemaMistake(Diagnostic first) {
    return switch (first.code()) {
      case "C0101", "C0102" -> "invalid token";
      case "C0105" -> "`" + found(first) + "` is a reserved identifier";
      case "C0104" -> {
        String token = found(first);
        yield token.isEmpty()
            ? "unexpected end of input"
            : NOT_IN_SCHEMAS.contains(token)
                ? "invalid token"
                : token.equals("in") && first.message().startsWith("expected the name")
                    ? "`in` is a reserved identifier"
                    : "unexpected token `" + inSchemas(token) + "`";
      }
      case "C0110" -> "duplicate annotations: `" + found(first).replace("@", "") + "`";
      case "C0210" ->
          first.message().replaceFirst("namespace (`.*`) is .*", "duplicate namespace id: $1");
      case "C0222", "C0224", "C0225" ->
          first.message().replaceFirst("^(?:type|entity type|action) ", "");
      default -> first.message();
    };
  }

  /** The token as schemas have it: they compare nothing, and have no slots. */
  private static String inSchemas(String token) {
    boolean cut = token.startsWith("?") || token.equals("==");
    return cut || token.equals("<=") || token.equals(">=") ? token.substring(0, 1) : token;
  }

  private static String found(Diagnostic mistake) {
    Span span = mistake.span();
    return span.source().text().substring(span.start(), span.end());
  }

  /** What the grammar has and the language does not. */
  private static String meaning(Diagnostic mistake, Source source) {
    String text = found(mistake);
    return switch (mistake.code()) {
      case "C0104" -> construct(mistake, source);
      case "C0105" -> "this identifier is reserved and cannot be used: " + text;
      case "C0121" -> "too many occurrences of `" + text.charAt(0) + "`";
      case "C0122" -> "integer literal `" + text + "` is too large";
      case "C0123" ->
          mistake.message().startsWith("unknown method")
              ? "`" + text + "` is not a valid method"
              : mistake
                  .message()
                  .replaceFirst("unknown function (.*)", "$1 is not a valid function");
      case "C0125" ->
          mistake
              .message()
              .replaceFirst(
                  "(`.*`) takes (.*), found (.*)",
                  "call to $1 requires exactly $2, but got $3 arguments")
              .replaceFirst("got 1 arguments", "got 1 argument");
      case "C0126" -> "`" + text + "` is not a valid template slot";
      case "C0127" -> variable(text, mistake, source);
      case "C0128" ->
          "duplicate key `" + text.replaceFirst("^\"(.*)\"$", "$1") + "` in record literal";
      default -> mistake.message();
    };
  }

  private static List<Token> from(int offset, Source source) {
    List<Token> tokens = Lexer.tokens(source, new Diagnostics());
    return tokens.stream().dropWhile(each -> each.start() < offset).toList();
  }

  private static String variable(String name, Diagnostic mistake, Source source) {
    List<Token> next = from(mistake.span().end(), source);
    if (next.size() > 2 && next.get(0).is(".")) {
      String member = next.get(1).text();
      return next.get(2).is("(")
          ? "attempted to call `"
              + name
              + "."
              + member
              + "(...)`, but `"
              + name
              + "` does not have any methods"
          : "invalid member access `"
              + name
              + "."
              + member
              + "`, `"
              + name
              + "` has no fields or methods";
    }
    if (next.size() > 2 && next.get(0).is("[") && next.get(1).kind() == Token.Kind.STRING) {
      return "invalid indexing expression `"
          + name
          + "["
          + next.get(1).text()
          + "]`, `"
          + name
          + "` has no fields";
    }
    return "invalid variable: " + name;
  }

  /** A construct that only looks like one of the language. */
  private static String construct(Diagnostic mistake, Source source) {
    String token = found(mistake);
    Token before =
        Lexer.tokens(source, new Diagnostics()).stream()
            .takeWhile(each -> each.start() < mistake.span().start())
            .reduce((_, last) -> last)
            .orElse(new Token(Token.Kind.END, "", 0, 0));
    return switch (token) {
      case "=" -> "'=' is not a valid operator in Cedar";
      case "/" -> "division is not supported";
      case "%" -> "remainder/modulo is not supported";
      case "(" ->
          isVariable(before.text())
              ? "`" + before.text() + "(...)` is not a valid function call"
              : "function calls must be of the form `<name>(arg1, arg2, ...)`";
      case "==", "!=", "<", "<=", ">", ">=", "in" ->
          "multiple relational operators (>, ==, in, etc.) must be used with parentheses to make"
              + " ordering explicit";
      default ->
          before.isWord("like")
              ? "right hand side of a `like` expression must be a pattern literal, but got `"
                  + token
                  + "`"
              : before.isWord("is")
                  ? "right hand side of an `is` expression must be an entity type name, but got `"
                      + token
                      + "`"
                  : before.isWord("has")
                      ? "invalid RHS of a `has` operation: " + token
                      : before.is("[")
                          ? "the contents of an index expression must be a string literal"
                          : before.is("{") || before.is(",")
                              ? "invalid attribute name: " + token
                              : mistake.message();
    };
  }

  private static boolean isVariable(String word) {
    return Set.of("principal", "action", "resource", "context").contains(word);
  }

  /** The message over as many lines as it takes. */
  static String wrapped(String message) {
    var out = new StringBuilder();
    int line = 0;
    for (String word : message.split(" ", -1)) {
      boolean fits = line == 0 || line + 1 + word.length() <= WIDTH;
      out.append(line == 0 ? "" : fits ? " " : "\n  │ ").append(word);
      line = fits ? line + (line == 0 ? 0 : 1) + word.length() : word.length();
    }
    return out.toString();
  }
}
