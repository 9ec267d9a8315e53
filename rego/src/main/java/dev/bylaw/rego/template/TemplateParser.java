package dev.bylaw.rego.template;

import dev.bylaw.rego.go.GoText;
import dev.bylaw.rego.template.Lexer.Kind;
import dev.bylaw.rego.template.Lexer.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a template and those it defines. */
final class TemplateParser {
  private static final int MOST_DEEP = 500;

  private final String text;
  private final List<Token> tokens;
  private final Map<String, List<Node>> defined = new HashMap<>();
  private final List<String> variables = new ArrayList<>(List.of("$"));
  private int next;
  private int ranges;
  private int depth;

  TemplateParser(String text) {
    this.text = text;
    this.tokens = new Lexer(text).tokens();
  }

  /** The templates by name; that of the whole text is under the empty one. */
  Map<String, List<Node>> parse() {
    List<Node> body = new ArrayList<>();
    while (!at(Kind.END)) {
      if (at(Kind.OPEN) && tokens.get(next + 1).is("define")) {
        next += 2;
        define();
      } else {
        Node node = node();
        if (node instanceof End end) {
          throw failure("unexpected " + end);
        }
        body.add(node);
      }
    }
    defined.put("", body);
    return defined;
  }

  /** {@code end}, or {@code else} and perhaps what stands behind it. */
  record End(int at, boolean isElse) implements Node {
    @Override
    public String toString() {
      return isElse ? "{{else}}" : "{{end}}";
    }
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token advance() {
    return tokens.get(next++);
  }

  private boolean at(Kind kind) {
    return peek().kind() == kind;
  }

  private TemplateException failure(String message) {
    return failure(tokens.get(Math.max(0, next - 1)).at(), message);
  }

  private TemplateException failure(int place, String message) {
    return new TemplateException(Literals.line(text, place) + ": " + message);
  }

  private static String shown(Token token) {
    return switch (token.kind()) {
      case END -> "EOF";
      case CLOSE -> "\"}}\"";
      case WORD, FIELD, VARIABLE, STRING, CHARACTER, NUMBER, SYMBOL, OPEN, TEXT ->
          Lexer.KEYWORDS.contains(token.text())
              ? "<" + token.text() + ">"
              : GoText.quote(token.text());
    };
  }

  private TemplateException unexpected(Token token, String context) {
    return failure(token.at(), "unexpected " + shown(token) + " in " + context);
  }

  private void close(String context) {
    Token token = advance();
    if (token.kind() != Kind.CLOSE) {
      throw unexpected(token, context);
    }
  }

  private void define() {
    Token name = advance();
    if (name.kind() != Kind.STRING) {
      throw unexpected(name, "define clause");
    }
    close("define clause");
    define(Literals.unquoted(name.text()));
  }

  /** The body of a template of its own, which knows no variable around it. */
  private void define(String name) {
    List<String> outer = new ArrayList<>(variables);
    variables.clear();
    variables.add("$");
    int loops = ranges;
    ranges = 0;
    List<Node> body = new ArrayList<>();
    End end = list(body);
    if (end.isElse) {
      throw failure("unexpected {{else}} in define clause");
    }
    ranges = loops;
    variables.clear();
    variables.addAll(outer);
    boolean empty = body.stream().allMatch(n -> n instanceof Node.Text t && t.text().isBlank());
    if (!empty || !defined.containsKey(name)) {
      defined.put(name, body);
    }
  }

  /** Reads up to an end, which is read, too. */
  private End list(List<Node> body) {
    while (true) {
      if (at(Kind.END)) {
        next++;
        throw failure("unexpected EOF");
      }
      Node node = node();
      if (node instanceof End end) {
        return end;
      }
      body.add(node);
    }
  }

  private Node node() {
    Token token = advance();
    if (token.kind() == Kind.TEXT) {
      return new Node.Text(token.at(), token.text());
    }
    Token word = peek();
    if (word.kind() == Kind.WORD && Lexer.KEYWORDS.contains(word.text())) {
      switch (word.text()) {
        case "if", "with", "range" -> {
          next++;
          return branch(word);
        }
        case "end" -> {
          next++;
          close("end");
          return new End(word.at(), false);
        }
        case "else" -> {
          next++;
          if (!peek().is("if") && !peek().is("with")) {
            close("else");
          }
          return new End(word.at(), true);
        }
        case "template" -> {
          next++;
          return call("template clause", false);
        }
        case "block" -> {
          next++;
          return call("block clause", true);
        }
        case "break", "continue" -> {
          next++;
          close("{{" + word.text() + "}}");
          if (ranges == 0) {
            throw failure(word.at(), "{{" + word.text() + "}} outside {{range}}");
          }
          return new Node.Jump(word.at(), word.text().equals("break"));
        }
        case "define" -> throw failure(word.at(), "unexpected {{define}}");
        default -> {}
      }
    }
    return new Node.Action(word.at(), pipe("command", Kind.CLOSE));
  }

  private Node branch(Token word) {
    if (++depth > MOST_DEEP) {
      throw failure(word.at(), "nested too deeply");
    }
    int known = variables.size();
    Node.Pipe pipe = pipe(word.text(), Kind.CLOSE);
    List<Node> body = new ArrayList<>();
    boolean loops = word.text().equals("range");
    ranges += loops ? 1 : 0;
    End end = list(body);
    ranges -= loops ? 1 : 0;
    List<Node> otherwise = null;
    if (end.isElse) {
      otherwise = new ArrayList<>();
      Token further = peek();
      if (further.is("if") || further.is("with")) {
        if (!further.text().equals(word.text())) {
          throw unexpected(further, "else");
        }
        next++;
        otherwise.add(branch(further)); // It ends with the same end.
      } else if (list(otherwise).isElse) {
        throw failure("expected end; found {{else}}");
      }
    }
    forget(known);
    depth--;
    return new Node.Branch(word.at(), word.text(), pipe, body, otherwise);
  }

  private void forget(int known) {
    variables.subList(known, variables.size()).clear();
  }

  private Node call(String context, boolean defines) {
    Token name = advance();
    if (name.kind() != Kind.STRING) {
      throw unexpected(name, context);
    }
    String called = Literals.unquoted(name.text());
    Node.Pipe pipe = null;
    if (defines || !at(Kind.CLOSE)) {
      pipe = pipe(context, Kind.CLOSE);
    } else {
      next++;
    }
    if (defines) {
      define(called);
    }
    return new Node.Call(name.at(), called, pipe);
  }

  /** Reads a pipeline and what ends it. */
  private Node.Pipe pipe(String context, Kind close) {
    int start = peek().at();
    List<String> names = new ArrayList<>();
    boolean assigns = declarations(context, names);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      Token token = peek();
      if (token.kind() == close && (close != Kind.SYMBOL || token.is(")"))) {
        next++;
        check(commands, context);
        return new Node.Pipe(start, names, assigns, commands);
      }
      if (token.kind() == Kind.CLOSE || token.is(")") || token.is("|")) {
        next++;
        throw token.is("|") || token.is(")")
            ? unexpected(token, context)
            : failure(token.at(), "unclosed left paren");
      }
      commands.add(command());
    }
  }

  private void check(List<Node.Command> commands, String context) {
    if (commands.isEmpty()) {
      throw failure("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).words().getFirst()) {
        case Node.Literal _, Node.Dot _, Node.Nil _ ->
            throw failure("non executable command in pipeline stage " + (i + 1));
        default -> {}
      }
    }
  }

  /** Variables that take the value of a pipeline; whether they were there before. */
  private boolean declarations(String context, List<String> names) {
    while (at(Kind.VARIABLE)) {
      Token variable = peek();
      Token after = tokens.get(next + 1);
      if (after.is(",")) {
        next += 2;
        names.add(variable.text());
        if (!context.equals("range") || names.size() > 1) {
          throw failure("too many declarations in " + context);
        }
      } else if (after.is(":=") || after.is("=")) {
        next += 2;
        names.add(variable.text());
        boolean assigns = after.is("=");
        for (String name : names) {
          if (!assigns) {
            variables.add(name);
          } else if (!variables.contains(name)) {
            throw failure("undefined variable " + GoText.quote(name));
          }
        }
        return assigns;
      } else {
        return false;
      }
    }
    return false;
  }

  private Node.Command command() {
    int start = peek().at();
    List<Node> words = new ArrayList<>();
    while (true) {
      words.add(operand());
      Token token = peek();
      if (token.is("|")) {
        next++;
        if (at(Kind.CLOSE) || peek().is(")")) {
          throw failure("missing value for command");
        }
        return new Node.Command(start, words);
      }
      if (token.kind() == Kind.CLOSE || token.is(")")) {
        return new Node.Command(start, words);
      }
      if (!token.spaced()) {
        throw unexpected(token, "operand");
      }
    }
  }

  private Node operand() {
    Node term = term();
    List<String> names = new ArrayList<>();
    int place = term.at();
    while (at(Kind.FIELD) && !peek().spaced()) {
      place = peek().at();
      names.add(advance().text().substring(1));
    }
    if (names.isEmpty()) {
      return term;
    }
    return switch (term) {
      case Node.Fields f -> {
        List<String> all = new ArrayList<>(f.names());
        all.addAll(names);
        yield new Node.Fields(place, f.head(), all);
      }
      case Node.Literal _, Node.Nil _, Node.Dot _ ->
          throw failure("unexpected . after term " + GoText.quote(term.toString()));
      default -> new Node.Fields(place, term, names);
    };
  }

  private Node term() {
    Token token = advance();
    int place = token.at();
    return switch (token.kind()) {
      case STRING -> new Node.Literal(place, Literals.unquoted(token.text()), token.text());
      case CHARACTER -> {
        String one = Literals.unquoted(token.text());
        if (one.codePointCount(0, one.length()) != 1) {
          throw failure(place, "malformed character constant: " + token.text());
        }
        yield new Node.Literal(place, (long) one.codePointAt(0), token.text());
      }
      case NUMBER -> {
        Object number = Literals.number(token.text());
        if (number == null) {
          throw failure(place, "bad number syntax: " + GoText.quote(token.text()));
        }
        yield new Node.Literal(place, number, token.text());
      }
      case FIELD -> new Node.Fields(place, null, List.of(token.text().substring(1)));
      case VARIABLE -> {
        if (!variables.contains(token.text())) {
          throw failure(place, "undefined variable " + GoText.quote(token.text()));
        }
        yield new Node.Variable(place, token.text());
      }
      case WORD -> word(token);
      case SYMBOL -> symbol(token);
      case END, CLOSE, OPEN, TEXT -> throw unexpected(token, "operand");
    };
  }

  private Node symbol(Token token) {
    if (token.is(".")) {
      return new Node.Dot(token.at());
    }
    if (!token.is("(")) {
      throw unexpected(token, "operand");
    }
    if (++depth > MOST_DEEP) {
      throw failure(token.at(), "nested too deeply");
    }
    Node.Pipe inner = pipe("parenthesized pipeline", Kind.SYMBOL);
    depth--;
    return inner;
  }

  private Node word(Token token) {
    return switch (token.text()) {
      case "true" -> new Node.Literal(token.at(), true, "true");
      case "false" -> new Node.Literal(token.at(), false, "false");
      case "nil" -> new Node.Nil(token.at());
      default -> {
        if (Lexer.KEYWORDS.contains(token.text())) {
          throw unexpected(token, "operand");
        }
        if (!Functions.NAMES.contains(token.text())) {
          throw failure(token.at(), "function " + GoText.quote(token.text()) + " not defined");
        }
        yield new Node.Identifier(token.at(), token.text());
      }
    };
  }

  static Map<String, List<Node>> parse(String text) {
    return new TemplateParser(text).parse();
  }
}
