package dev.bylaw.expression;

import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Diagnostics;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.syntax.Span;
import dev.cel.common.CelIssue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what dev.cel complains about in the words of a person who writes conditions. */
final class Complaints {
  static final String SYNTAX = "E0601";
  static final String UNKNOWN_VARIABLE = "E0602";
  static final String UNKNOWN_FUNCTION = "E0603";
  static final String OPERANDS = "E0604";
  static final String NO_CONDITION = "E0605";
  static final String LIMIT = "E0606";
  static final String UNSUPPORTED = "E0607";
  static final String ALWAYS_FAILS = "W0608";

  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern NO_OVERLOAD =
      Pattern.compile("found no matching overload for '([^']*)' applied to '(.*?)'(?: \\(cand.*)?");
  private static final Map<String, String> MISTYPED =
      Map.of("=", "==", "&", "&&", "|", "||", "and", "&&", "or", "||", "not", "!", "<>", "!=");

  private final Set<String> variables = new TreeSet<>();
  private final Set<String> functions = new TreeSet<>(Functions.names());

  Complaints(List<Variable> variables, List<HostFunction> functions) {
    variables.forEach(variable -> this.variables.add(variable.name()));
    functions.forEach(function -> this.functions.add(function.name()));
  }

  /** The first complaint of the parser; what it says after that is about its own recovery. */
  void syntax(CelIssue issue, Passage passage, Diagnostics diagnostics) {
    Tokens tokens = passage.tokens();
    int offset = offset(issue, passage);
    boolean atEnd = tokens.count() == 0 || offset >= tokens.end(tokens.count() - 1);
    int token = atEnd ? tokens.count() : tokens.at(offset);
    String found = tokens.text(token);
    if (issue.getMessage().startsWith("Expression recursion limit")) {
      diagnostics.error(LIMIT, passage.whole(), "nested too deep");
    } else if (issue.getMessage().startsWith("For input string")) {
      diagnostics.error(SYNTAX, passage.token(token), "a number out of range");
    } else if (atEnd) {
      diagnostics.error(SYNTAX, end(passage), "expected more, found the end of the condition");
    } else if (found.startsWith("'") || found.startsWith("\"")) {
      String problem =
          isClosed(found) ? "unexpected text " + brief(found) : "a text without an end";
      diagnostics.error(SYNTAX, passage.token(token), problem);
    } else {
      String meant = MISTYPED.get(found);
      diagnostics.error(
          SYNTAX,
          passage.token(token),
          "unexpected `" + brief(found) + "`",
          meant == null ? "" : "did you mean `" + meant + "`?");
    }
  }

  private static boolean isClosed(String text) {
    return text.length() > 1 && text.charAt(0) == text.charAt(text.length() - 1);
  }

  private static Span end(Passage passage) {
    int end = passage.text().stripTrailing().length();
    return passage.span(end, end);
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** All complaints of the type checker. */
  void check(List<CelIssue> issues, Passage passage, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    told(issues, passage, found);
    List<Diagnostic> inOrder = new ArrayList<>(found.all());
    inOrder.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().start()));
    diagnostics.addAll(inOrder);
  }

  private void told(List<CelIssue> issues, Passage passage, Diagnostics diagnostics) {
    Set<Integer> named = new HashSet<>();
    List<CelIssue> variablesLast = new ArrayList<>();
    for (CelIssue issue : issues) {
      Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
      if (undeclared.matches() && called(issue, passage) >= 0) {
        unknownFunction(issue, passage, named, diagnostics);
      } else {
        variablesLast.add(issue);
      }
    }
    for (CelIssue issue : variablesLast) {
      if (!named.contains(passage.tokens().at(offset(issue, passage)))) {
        other(issue, passage, diagnostics);
      }
    }
  }

  /** The token of the name before the bracket that an issue is at; -1 if it is at none. */
  private static int called(CelIssue issue, Passage passage) {
    int token = passage.tokens().at(offset(issue, passage));
    String text = passage.tokens().text(token);
    return text.equals("(") || text.equals("{") ? token - 1 : -1;
  }

  private void unknownFunction(
      CelIssue issue, Passage passage, Set<Integer> named, Diagnostics diagnostics) {
    Tokens tokens = passage.tokens();
    int last = called(issue, passage);
    int first = tokens.qualifiedStart(last);
    String root = tokens.text(first);
    boolean isMember =
        first == last
            || variables.contains(root)
            || DidYouMean.closest(root, variables).isPresent();
    String name =
        isMember
            ? tokens.text(last)
            : passage.text().substring(tokens.start(first), tokens.end(last));
    if (!isMember) {
      named.add(first);
    }
    Span span = passage.span(tokens.start(isMember ? last : first), tokens.end(last));
    if (tokens.text(last + 1).equals("{")) {
      diagnostics.error(UNSUPPORTED, span, "there are no types to make, as `" + name + "` here");
    } else {
      diagnostics.error(
          UNKNOWN_FUNCTION,
          span,
          "unknown function `" + name + "`",
          DidYouMean.hint(name, functions));
    }
  }

  private void other(CelIssue issue, Passage passage, Diagnostics diagnostics) {
    Tokens tokens = passage.tokens();
    int token = tokens.at(offset(issue, passage));
    Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
    if (undeclared.matches()) {
      String name = undeclared.group(1);
      String hint = DidYouMean.hint(name, variables);
      String all =
          "known are " + String.join(", ", variables.stream().map(v -> "`" + v + "`").toList());
      diagnostics.error(
          UNKNOWN_VARIABLE,
          passage.token(token),
          "unknown variable `" + name + "`",
          hint.isEmpty() && !variables.isEmpty() && variables.size() <= 12 ? all : hint);
      return;
    }
    Matcher overload = NO_OVERLOAD.matcher(issue.getMessage());
    if (overload.matches()) {
      operands(overload.group(1), overload.group(2), token, passage, diagnostics);
      return;
    }
    if (!issue.getMessage().startsWith("Message type resolution")) {
      diagnostics.error(OPERANDS, passage.token(token), issue.getMessage());
    }
  }

  private void operands(
      String function, String types, int token, Passage passage, Diagnostics diagnostics) {
    boolean isMember = types.indexOf(".(") > 0;
    String operator =
        switch (function) {
          case "@in" -> "in";
          case "_?_:_" -> "?:";
          case "_[_]" -> "[]";
          case "!_", "-_" -> function.substring(0, 1);
          default -> function.startsWith("_") ? function.replace("_", "") : function;
        };
    String told =
        types
            .replace("google.protobuf.Timestamp", "timestamp")
            .replace("google.protobuf.Duration", "duration")
            .replaceAll("%\\w+", "dyn")
            .replaceAll("^\\((.*)\\)$", "$1")
            .replace(".(", isMember ? " with (" : ".(");
    boolean mixed = told.contains("int") && told.contains("double");
    diagnostics.error(
        OPERANDS,
        passage.token(token),
        "`" + operator + "` cannot be applied to `" + told + "`",
        mixed ? "write the whole number with `.0`, or `double(…)` round it" : "");
  }

  private static int offset(CelIssue issue, Passage passage) {
    int line = issue.getSourceLocation().getLine();
    int start = 0;
    for (int i = 1; i < line; i++) {
      int lineBreak = passage.text().indexOf('\n', start);
      start = lineBreak < 0 ? start : lineBreak + 1;
    }
    int within = Math.max(0, issue.getSourceLocation().getColumn());
    int available = passage.text().codePointCount(start, passage.text().length());
    return passage.text().offsetByCodePoints(start, Math.min(within, available));
  }
}
